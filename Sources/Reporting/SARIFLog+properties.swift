// Property bags may hold anything (SARIF 2.1.0, 3.8), so what has another type than expected is another tool's affair
// and is taken as absent.

extension SARIFLog {
  /// The bag of a rule or a result.
  struct Properties: Decodable {
    var tags: [String]?
    var precision: String?
    var securitySeverity: Double?
    var ruleLevel: String?
    var rulePhase: String?
    var rulePack: String?
    var tollgate: Own?

    enum CodingKeys: String, CodingKey {
      case tags, precision, tollgate
      case securitySeverity = "security-severity"
      case ruleLevel = "tollgate/level"
      case rulePhase = "tollgate/phase"
      case rulePack = "tollgate/pack"
    }

    init(from decoder: any Decoder) throws {
      guard let container = try? decoder.container(keyedBy: CodingKeys.self) else { return }
      tags = try? container.decode([String].self, forKey: .tags)
      precision = try? container.decode(String.self, forKey: .precision)
      ruleLevel = try? container.decode(String.self, forKey: .ruleLevel)
      rulePhase = try? container.decode(String.self, forKey: .rulePhase)
      rulePack = try? container.decode(String.self, forKey: .rulePack)
      tollgate = try? container.decode(Own.self, forKey: .tollgate)
      // GitHub asks for a string, some tools write a number.
      let text = try? container.decode(String.self, forKey: .securitySeverity)
      let score = text.flatMap { Double($0) } ?? (try? container.decode(Double.self, forKey: .securitySeverity))
      securitySeverity = score.flatMap { $0.isFinite ? $0 : nil }
    }
  }

  /// What we write of a result and SARIF has no word for.
  struct Own: Decodable {
    var severity: String?
    var confidence: String?
    var level: String?
    var proof: String?
    var novelty: String?
    var provenance: Origin?
  }

  struct Origin: Decodable {
    var blob: String
    var commit: String?
    var authorDate: String?
    var inHead: Bool?
  }

  /// The bag of a suppression.
  struct SuppressionProperties: Decodable {
    var exception: String?

    enum CodingKeys: CodingKey { case tollgate }
    private struct Own: Decodable { var exception: String? }

    init(from decoder: any Decoder) throws {
      guard let container = try? decoder.container(keyedBy: CodingKeys.self) else { return }
      exception = (try? container.decode(Own.self, forKey: .tollgate))?.exception
    }
  }

  /// The bag of a run.
  struct RunProperties: Decodable {
    var tollgate: Scan?

    enum CodingKeys: CodingKey { case tollgate }

    init(from decoder: any Decoder) throws {
      guard let container = try? decoder.container(keyedBy: CodingKeys.self) else { return }
      tollgate = try? container.decode(Scan.self, forKey: .tollgate)
    }
  }

  /// What we write of a scan.
  struct Scan: Decodable {
    var coverage: Coverage?
    var packs: [Pack]?
  }

  struct Coverage: Decodable {
    var files: Int
    var bytes: Int
  }

  struct Pack: Decodable {
    var name: String
    var digest: String
    var rules: Int
  }
}
