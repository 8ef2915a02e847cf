import Glibc

/// The exit codes. 64, 70 and 78 are those of sysexits.h.
enum Exit: Int32 {
  case success = 0
  /// The gate failed.
  case failed = 1
  /// Something was not scanned that had to be, or a report could not be read.
  case incomplete = 2
  /// Wrong use.
  case usage = 64
  /// A bug.
  case bug = 70
  /// An error in a rule pack, a policy, an exception or a baseline.
  case configuration = 78

  static func now(_ exit: Exit) -> Never { now(code: exit.rawValue) }

  static func now(code: Int32) -> Never { Glibc.exit(code) }

  /// The table for help texts.
  static let help = """
    EXIT CODES
      0   passed, or scanned completely
      1   the gate failed: a finding blocks
      2   incomplete: nothing was scanned, or the scanner failed on some input
      64  wrong use    70  a bug in tollgate    78  an error in a rule pack or a policy
    """
}
