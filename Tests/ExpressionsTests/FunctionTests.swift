import Expressions
import Testing

/// The standard extensions.
struct FunctionTests {
  @Test(arguments: [
    "'tacocat'.charAt(3) == 'o'", "'a©b'.indexOf('b') == 2 && 'abab'.lastIndexOf('ab') == 2 && 'a'.indexOf('b') == -1",
    "['a', 'b'].join('-') == 'a-b' && 'a-b-c'.split('-', 2) == ['a', 'b-c'] && 'äb'.split('') == ['ä', 'b']",
    "'aaa'.replace('a', 'b', 2) == 'bba' && 'ab'.replace('', '-') == '-a-b-' && 'aXa'.replace('a', '') == 'X'",
    "'tacocat'.substring(4) == 'cat' && 'tacocat'.substring(0, 4) == 'taco' && ' a\\n'.trim() == 'a'",
    "'ÄBc'.lowerAscii() == 'Äbc' && 'äbC'.upperAscii() == 'äBC' && 'aé'.reverse() == 'éa'",
    "strings.quote('a\"\\n') == '\"a\\\\\"\\\\n\"'",
    "'%s %d %x %.2f %e %b %%'.format(['a', 1, 255, 1.005, 1.0, true]) == 'a 1 ff 1.00 1.000000e+00 1 %'",
    "'%s'.format([{'b': [1, 2.5], 'a': null}]) == '{a: null, b: [1, 2.5]}'",
    "'abc'.startsWith('ab') && 'abc'.endsWith('bc') && 'abc'.contains('b') && !'abc'.startsWith('abcd')",
    "'abc'.matches('^a.c$') && matches('abc', 'b') && !'abc'.matches('a' + '$')",
    "size('äb') == 2 && 'äb'.size() == 2 && size(b'äb') == 3 && [1].size() == 1",
  ])
  func `text functions count code points`(source: String) throws {
    #expect(try evaluate(source).description == "true")
  }

  @Test(arguments: [
    "[1, 2, 3, 4].slice(1, 3) == [2, 3] && [3, 1, 2].sort() == [1, 2, 3] && [1, 2].reverse() == [2, 1]",
    "[[1, [2]], [3]].flatten() == [1, [2], 3] && [[1, [2]], [3]].flatten(2) == [1, 2, 3]",
    "[[1, 2], 3].flatten(0) == [[1, 2], 3]",
    "[1, 1.0, 'a', 1u, 'a', [1], [1.0]].distinct() == [1, 'a', [1]]",
    "lists.range(3) == [0, 1, 2] && [1, 2].first().value() == 1 && [1, 2].last() == optional.of(2)",
    "[].first() == optional.none() && [].last().hasValue() == false",
    "[{'n': 2}, {'n': 1}].sortBy(e, e.n) == [{'n': 1}, {'n': 2}] && ['bb', 'a'].sortBy(e, size(e)) == ['a', 'bb']",
    "sets.contains([1, 2], [2.0]) && sets.equivalent([1, 2, 2], [2u, 1]) && sets.intersects([1], [2, 1])",
    "!sets.contains([1], [2]) && !sets.equivalent([1], [1, 2]) && !sets.intersects([], [1])",
  ])
  func `list and set functions`(source: String) throws {
    #expect(try evaluate(source).description == "true")
  }

  @Test(arguments: [
    "math.greatest(1, 2.5, 2u) == 2.5 && math.least([3, 1u, 2]) == 1",
    "math.ceil(1.2) == 2.0 && math.floor(-1.2) == -2.0 && math.round(-1.5) == -2.0 && math.trunc(-1.7) == -1.0",
    "math.abs(-3) == 3 && math.sign(-2.5) == -1.0 && math.sqrt(16) == 4.0 && math.isNaN(0.0 / 0.0)",
    "math.bitAnd(6, 3) == 2 && math.bitOr(4, 1) == 5 && math.bitXor(6, 3) == 5 && math.bitNot(0) == -1",
    "math.bitShiftLeft(1, 4) == 16 && math.bitShiftRight(-1, 63) == 1 && math.bitShiftLeft(1, 64) == 0",
    "base64.encode(b'hello') == 'aGVsbG8=' && base64.decode('aGVsbG8') == b'hello'",
    "base64.encode(b'') == '' && base64.encode(b'ab') == 'YWI=' && base64.decode('YWI=') == b'ab'",
  ])
  func `math and encoders`(source: String) throws {
    #expect(try evaluate(source).description == "true")
  }

  @Test(arguments: [
    "string(ip('2001:DB8:0:0:1:0:0:1')) == '2001:db8::1:0:0:1' && string(ip('::')) == '::'",
    "isIP('1.2.3.4') && !isIP('1.2.3.256') && !isIP('01.2.3.4') && !isIP('1::2::3') && !isIP('fe80::1%eth0')",
    "ip('10.0.0.1').family() == 4 && ip('::1').isLoopback() && ip('169.254.169.254').isLinkLocalUnicast()",
    "ip.isCanonical('::1') && !ip.isCanonical('0::1') && ip('8.8.8.8').isGlobalUnicast()",
    "cidr('10.0.0.0/8').containsIP('10.255.0.1') && cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16')",
    "!cidr('10.0.0.0/8').containsCIDR('0.0.0.0/0') && cidr('0.0.0.0/0').containsIP('1.1.1.1')",
    "cidr('::/0').containsIP('::1') && !cidr('::/0').containsIP('1.1.1.1') && cidr('10.1.2.3/8').masked() == cidr('10.0.0.0/8')",
    "isCIDR('10.0.0.0/32') && !isCIDR('10.0.0.0/33') && !isCIDR('10.0.0.0/08') && cidr('10.1.0.0/16').prefixLength() == 16",
    "type(ip('1.1.1.1')) == net.IP && type(cidr('1.1.1.1/8')) == net.CIDR",
  ])
  func `network addresses`(source: String) throws {
    #expect(try evaluate(source).description == "true")
  }

  @Test func `functions of the embedding module join the standard ones`() throws {
    let table = FunctionTable.standard.adding([
      .method("shout") { (value, _) throws(ExpressionError) in
        guard case .string(let text) = value else { throw ExpressionError(.noSuchOverload, "shout") }
        return .string(text.uppercased())
      },
      // Another `string()`, for maps only: the standard one stays for the rest.
      .function("string") { (value, _) throws(ExpressionError) in
        guard case .map(let map) = value else { throw ExpressionError(.noSuchOverload, "string") }
        return .string("map of \(map.count)")
      },
    ])
    let environment = Environment(variables: ["x"], functions: table)
    let program = try Program(parsing: "x.shout() + string({}) + string(1)", in: environment)
    #expect(try program.evaluate(variables: [.string("a")]).description == "\"Amap of 01\"")
  }

  @Test func `a function can prepare itself for constants when the program is built`() throws {
    let glob = Function(
      "glob", isMethod: true, arity: 2...2,
      specialization: { (arguments) throws(ExpressionError) in
        guard case .string(let pattern)? = arguments[1] else { return nil }
        guard pattern.hasPrefix("*") else { throw ExpressionError(.pattern, "not a glob") }
        return .binary { (_, _, _) throws(ExpressionError) in .string("prepared") }
      },
      .binary { (_, _, _) throws(ExpressionError) in .string("late") })
    let environment = Environment(variables: ["x"], functions: .standard.adding([glob]))
    let values: [Value?] = [.string("a")]
    #expect(
      try Program(parsing: "x.glob('*')", in: environment).evaluate(variables: values).description == "\"prepared\"")
    #expect(try Program(parsing: "x.glob(x)", in: environment).evaluate(variables: values).description == "\"late\"")
    let error = #expect(throws: ExpressionError.self) { try Program(parsing: "  x.glob('a')", in: environment) }
    #expect(error?.code == .pattern && error?.position?.column == 5)
  }
}
