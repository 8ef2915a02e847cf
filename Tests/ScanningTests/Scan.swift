import Findings
import RulePacks
import Scanning
import Sources
import TestSupport

/// Scans text in memory with the built-in rules.
enum Scan {
  static let engine: Engine = {
    do {
      return Engine(library: try RuleLibrary(try RuleLibrary.builtIn()), tool: "tollgate", version: "test")
    } catch {
      preconditionFailure("the built-in packs: \(error)")
    }
  }()

  static func options(workers: Int = 1, key: [UInt8] = [1], maxFileBytes: Int = 10 << 20) -> Engine.Options {
    Engine.Options(maxFileBytes: maxFileBytes, workers: workers, fingerprintKey: key)
  }

  static func files(_ files: [(String, [UInt8])], options: Engine.Options = options()) async -> Report {
    await engine.scan(.memory(MemoryFiles(files.map { (SourcePath($0.0), $0.1) })), options: options)
  }

  static func bytes(_ bytes: [UInt8], options: Engine.Options = options()) async -> Report {
    await files([("file", bytes)], options: options)
  }

  static func text(_ text: String, options: Engine.Options = options()) async -> Report {
    await bytes(Array(text.utf8), options: options)
  }
}

extension Report {
  /// `rule line:column-line:column` of each finding.
  var places: [String] {
    findings.map { finding in
      let region = finding.location.region
      return "\(finding.ruleID) \(region.start.line):\(region.start.column)-\(region.end.line):\(region.end.column)"
    }
  }

  var ruleIDs: [String] { findings.map(\.ruleID) }
}

extension String {
  /// UTF-16 with a byte order mark.
  func utf16(isBigEndian: Bool) -> [UInt8] {
    ([0xFEFF] + Array(utf16)).flatMap { unit in
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
      return isBigEndian ? [high, low] : [low, high]
    }
  }
}

let github = "github-personal-access-token"
