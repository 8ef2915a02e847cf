internal import Documents

// Property bags may hold anything (SARIF 2.1.0, 3.8), so what has another type than expected is another tool's affair
// and is taken as absent.

extension SARIFLog {
  /// The bag of a rule or a result.
  struct Properties {
    var tags: [String]?
    var precision: String?
    var securitySeverity: Double?
    var ruleLevel: String?
    var rulePhase: String?
    var rulePack: String?
    var tollgate: Own?

    init(_ node: Node) {
      for (key, value) in (try? node.members()) ?? [] {
        switch key {
        case "tags": tags = try? value.list { element throws(SARIFFault) in try element.string() }
        case "precision": precision = try? value.string()
        case "tollgate/level": ruleLevel = try? value.string()
        case "tollgate/phase": rulePhase = try? value.string()
        case "tollgate/pack": rulePack = try? value.string()
        case "tollgate": tollgate = try? Own(value)
        // GitHub asks for a string, some tools write a number.
        case "security-severity":
          let score = value.text.flatMap { Double($0) }
          securitySeverity = score.flatMap { $0.isFinite ? $0 : nil }
        default: break
        }
      }
    }
  }

  /// What we write of a result and SARIF has no word for.
  struct Own {
    var severity: String?
    var confidence: String?
    var level: String?
    var proof: String?
    var alsoMatched: [String]?
    var encodings: [String]?
    var state: String?
    var novelty: String?
    var provenance: Origin?

    init(_ node: Node) throws(SARIFFault) {
      for (key, value) in try node.members() {
        switch key {
        case "severity": severity = try value.string()
        case "confidence": confidence = try value.string()
        case "level": level = try value.string()
        case "proof": proof = try value.string()
        case "alsoMatched": alsoMatched = try value.list { element throws(SARIFFault) in try element.string() }
        case "encodings": encodings = try value.list { element throws(SARIFFault) in try element.string() }
        case "state": state = try value.string()
        case "novelty": novelty = try value.string()
        case "provenance": provenance = try Origin(value)
        default: break
        }
      }
    }
  }

  struct Origin {
    var blob = ""
    var commit: String?
    var authorDate: String?
    var inHead: Bool?

    init(_ node: Node) throws(SARIFFault) {
      for (key, value) in try node.members() {
        switch key {
        case "blob": blob = try value.string()
        case "commit": commit = try value.string()
        case "authorDate": authorDate = try value.string()
        case "inHead": inHead = try value.flag()
        default: break
        }
      }
      if blob.isEmpty { throw SARIFFault(node, "has no blob") }
    }
  }

  /// The bag of a suppression.
  struct SuppressionProperties {
    /// The tool whose comment it is.
    var tool: String?
    /// The exception of a policy that says so.
    var exception: String?

    init(_ node: Node) {
      for (key, value) in (try? node.members()) ?? [] where key == "tollgate" {
        for (key, value) in (try? value.members()) ?? [] {
          if key == "tool" { tool = try? value.string() }
          if key == "exception" { exception = try? value.string() }
        }
      }
    }
  }

  /// The bag of a run.
  struct RunProperties {
    var tollgate: Scan?

    init(_ node: Node) {
      for (key, value) in (try? node.members()) ?? [] where key == "tollgate" { tollgate = try? Scan(value) }
    }
  }

  /// What we write of a scan.
  struct Scan {
    var coverage: Coverage?
    var packs: [Pack]?

    init(_ node: Node) throws(SARIFFault) {
      for (key, value) in try node.members() {
        switch key {
        case "coverage": coverage = try Coverage(value)
        case "packs": packs = try value.list { element throws(SARIFFault) in try Pack(element) }
        default: break
        }
      }
    }
  }

  struct Coverage {
    var files = -1
    var bytes = -1

    init(_ node: Node) throws(SARIFFault) {
      var isWhole = (files: false, bytes: false)
      for (key, value) in try node.members() {
        switch key {
        case "files": (files, isWhole.files) = (try value.integer(), true)
        case "bytes": (bytes, isWhole.bytes) = (try value.integer(), true)
        default: break
        }
      }
      guard isWhole == (true, true) else { throw SARIFFault(node, "lacks files or bytes") }
    }
  }

  struct Pack {
    var name = ""
    var digest = ""
    var rules = 0

    init(_ node: Node) throws(SARIFFault) {
      var seen = 0
      for (key, value) in try node.members() {
        switch key {
        case "name": (name, seen) = (try value.string(), seen + 1)
        case "digest": (digest, seen) = (try value.string(), seen + 1)
        case "rules": (rules, seen) = (try value.integer(), seen + 1)
        default: break
        }
      }
      guard seen == 3 else { throw SARIFFault(node, "lacks name, digest or rules") }
    }
  }
}
