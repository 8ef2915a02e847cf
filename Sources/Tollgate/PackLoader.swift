internal import Findings
internal import RulePacks
internal import Sources

/// Finds and reads pack files.
enum PackLoader {
  /// A pack file larger than this is a mistake.
  private static let maxPackBytes = 64 << 20

  static func packs(for configuration: PolicyScanner.Configuration) throws(RulePackError) -> [RulePack] {
    var packs = configuration.usesBuiltInRules ? try RuleLibrary.builtInPacks.get() : []
    var diagnostics: [PackDiagnostic] = []
    for path in configuration.rulePaths {
      do throws(RulePackError) {
        packs += try self.packs(at: path)
      } catch {
        diagnostics += error.diagnostics
      }
    }
    guard diagnostics.isEmpty else { throw RulePackError(diagnostics: diagnostics) }
    return packs
  }

  /// The pack in a file, or the packs in a directory, checked.
  static func packs(at path: String) throws(RulePackError) -> [RulePack] {
    let files: [(name: String, bytes: [UInt8])]
    do throws(PackFiles.Failure) {
      files = try PackFiles.read(path, limit: maxPackBytes)
    } catch {
      throw failure(error.description, file: path)
    }
    var packs: [RulePack] = []
    var diagnostics: [PackDiagnostic] = []
    for (name, bytes) in files {
      do throws(RulePackError) {
        packs.append(try RulePackReader().read(bytes, file: name))
      } catch {
        diagnostics += error.diagnostics
      }
    }
    guard diagnostics.isEmpty else { throw RulePackError(diagnostics: diagnostics) }
    return packs
  }

  private static func failure(_ message: String, file: String) -> RulePackError {
    RulePackError(
      diagnostics: [PackDiagnostic(file: file, position: Position(line: 1, column: 1), message: message)])
  }
}
