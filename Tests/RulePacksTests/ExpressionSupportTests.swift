import Expressions
import Testing

@testable import RulePacks

/// The functions that need a library, as the expressions of rules have them.
struct ExpressionSupportTests {
  @Test(arguments: [
    ("'aé1é22'.find('é[0-9]')", "\"é1\""), ("'aé1é22'.findAll('[0-9]+|é')", "[é, 1, é, 22]"),
    ("'ab'.findAll('x*')", "[, , ]"), ("'éa'.findAll('')", "[, , ]"), ("'aab'.findAll('a*')", "[aa, ]"),
    ("'a1b2'.findAll('(?<=[a-z])[0-9]', 1)", "[1]"), ("'ab'.findAll(r'a\\Kb')", "[b]"), ("'a'.find('b')", "\"\""),
    ("entropy('abcd')", "2"), ("'a'.findAll('a', 0)", "[]"),
  ])
  func `patterns are PCRE2's, entropy is that of the filters`(source: String, result: String) throws {
    let environment = ExpressionSupport.environment
    let program = try Program(parsing: source, in: environment)
    #expect(try program.evaluate(with: Bindings(environment)).description == result)
  }
}
