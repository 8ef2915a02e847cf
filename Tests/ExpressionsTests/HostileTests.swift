import Expressions
import Foundation
import Testing

/// Whatever the text, there is an error or a value, never a crash and never an endless run.
struct HostileTests {
  @Test(arguments: [
    (String(repeating: "(", count: 40_000), ""), (String(repeating: "[", count: 40_000), ""),
    (String(repeating: "{1:", count: 15_000), ""),
    (String(repeating: "(", count: 300), "1" + String(repeating: ")", count: 300)),
    ("1", String(repeating: "+1", count: 10_000)), ("a", String(repeating: ".b", count: 10_000)),
    ("a", String(repeating: "[0]", count: 10_000)), (String(repeating: "true?1:", count: 5_000), "1"),
    (String(repeating: "[1].map(x,", count: 500), "x" + String(repeating: ")", count: 500)),
    (String(repeating: "!", count: 40_000), "("), (String(repeating: "-", count: 40_000), "x ?"),
    (String(repeating: "a.", count: 20_000), "b{"), ("1 " + String(repeating: "*-", count: 20_000), "("),
    (String(repeating: " ", count: 200_000), "1"),
  ])
  func `deep or long expressions are errors`(head: String, tail: String) {
    #expect(throws: ExpressionError.self) {
      try Program(parsing: head + tail, in: Environment.tested("a", checking: .deferred))
    }
  }

  /// Dispatch and Foundation give their threads half a megabyte on some systems.
  @Test(arguments: [
    String(repeating: "(", count: 62) + "1" + String(repeating: ")", count: 62),
    String(repeating: "[1].map(x,", count: 62) + "x" + String(repeating: ")", count: 62),
    String(repeating: "[", count: 62) + "1" + String(repeating: "]", count: 62) + " == [x]",
    "x" + String(repeating: " + 1", count: 125), "[x]" + String(repeating: ".map(y, y)", count: 125),
    String(repeating: "1 == 1 || true && 1 + 1 * (", count: 30) + "x" + String(repeating: ")", count: 30) + " == 1",
    String(repeating: "x == 1 ? 2 : ", count: 62) + "3",
    String(repeating: "size([", count: 31) + "x" + String(repeating: "])", count: 31),
    String(repeating: "cel.bind(y, x, ", count: 62) + "y" + String(repeating: ")", count: 62),
  ])
  func `the deepest expressions fit on a small stack`(source: String) async {
    let result: String? = await withCheckedContinuation { continuation in
      let thread = Thread {
        let value = try? evaluate(source, [("x", .int(0))])
        continuation.resume(returning: value?.description)
      }
      // Without optimisation frames are several times as large.
      #if DEBUG
        thread.stackSize = 4 << 20
      #else
        thread.stackSize = 512 << 10
      #endif
      thread.start()
    }
    #expect(result != nil)
  }

  @Test func `long chains of logic are not deep`() throws {
    let source = Array(repeating: "true", count: 5_000).joined(separator: " && ")
    #expect(try evaluate(source).description == "true")
  }

  @Test(arguments: [
    "lists.range(9223372036854775807)",
    "lists.range(1000).all(a, lists.range(1000).all(b, lists.range(1000).all(c, true)))",
    "cel.bind(a, 'xxxxxxxxxxxxxxxx', cel.bind(b, a+a+a+a+a+a+a+a, cel.bind(c, b+b+b+b+b+b+b+b, cel.bind(d, c+c+c+c+c+c+c+c, "
      + "cel.bind(e, d+d+d+d+d+d+d+d, cel.bind(f, e+e+e+e+e+e+e+e, cel.bind(g, f+f+f+f+f+f+f+f, g+g+g+g+g+g+g+g)))))))",
    "lists.range(2000).map(x, 'abc').join('0123456789').replace('', lists.range(2000).map(x, 'abc').join())",
    "lists.range(3000).map(x, [x]).distinct()", "sets.equivalent(lists.range(5000), lists.range(5000).reverse())",
    "cel.bind(a, 1/0, cel.bind(b, a==1||a==2||a==3, cel.bind(c, b||b||b||b, cel.bind(d, c||c||c||c, cel.bind(e, d||d||d||d, "
      + "cel.bind(f, e||e||e||e, cel.bind(g, f||f||f||f, cel.bind(h, g||g||g||g, cel.bind(i, h||h||h||h, i||i||i||i)))))))))",
    "cel.bind(a, lists.range(2000).map(x, 'aaaaaaaa').join(), lists.range(10000).exists(x, int(a) == 1 || a.startsWith(a + 'b')))",
    "cel.bind(a, lists.range(2000).map(x, 'aaaaaaaa').join(), lists.range(10000).map(x, a).sort())",
    "cel.bind(a, lists.range(2000).map(x, 'aaaaaaaa').join(), lists.range(10000).exists(x, {a: 1}[a + ''] == 2))",
    "cel.bind(a, lists.range(2000).map(x, 'aaaaaaaa').join(), '%s'.format([lists.range(10000).map(x, a)]))",
    "cel.bind(a, lists.range(2000).map(x, 'aaaaaaaa').join(), lists.range(10000).exists(x, duration(a) == 1 || timestamp(a) == 1))",
  ])
  func `work without end hits the limit`(source: String) {
    let error = #expect(throws: ExpressionError.self) { try evaluate(source, steps: 100_000) }
    #expect(error?.code == .costExceeded, "\(String(describing: error))")
  }

  @Test func `values that are nested deeply are compared and shown up to a limit`() {
    var deep: Value = .int(1)
    for _ in 0..<2_000 { deep = .list([deep]) }
    for source in ["x == y", "'%s'.format([x])", "x in [y]", "[x, y].distinct()"] {
      let error = #expect(throws: ExpressionError.self) { try evaluate(source, [("x", deep), ("y", deep)]) }
      #expect(error?.code == .depthExceeded)
    }
    #expect((try? evaluate("x.flatten(3000)", [("x", deep)]).description) == "[1]")
  }

  @Test(arguments: 0..<8)
  func `random words never crash`(seed: Int) {
    let words = [
      "1", "0", "-9223372036854775808", "18446744073709551615u", "1.5e300", "'a'", "'é'", "b'\\xff'", "\"\"", "null",
      "true", "false",
      "a", "m", "l", "u", "+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", "&&", "||", "!", "?", ":", ".", ",", "(",
      ")",
      "[", "]", "{", "}", "[?", ".?", "in", "has(", ".all(x,", ".exists(x,", ".map(x,", ".filter(x,", ".sortBy(x,", "x",
      "cel.bind(x,", "size(", "int(", "string(", "timestamp(", "duration(", "optional.of(", ".value()", ".orValue(",
      ".optMap(x,", "'%s %d %.3f'.format(", ".split(", ".replace(", ".substring(", ".indexOf(", ".slice(", ".flatten()",
      "lists.range(", "math.greatest(", "math.bitShiftLeft(", "base64.decode(", "ip(", "cidr(", "'10.0.0.0/8'",
      "[1, 2]",
      "{'a': 1}", "'2024-02-29T00:00:00Z'", "'-1h'", ".getHours(", "'+01:00'", "cel.block([", "cel.index(0)", "`a b`",
      "r'\\'",
      "'''", "\\", "é", "\u{0}", "//", "\n", "strings.quote(", "sets.contains(", ".transformMap(x, y,", ".reverse()",
      ".matches(",
    ]
    var generator = SeededGenerator(state: UInt64(seed + 1))
    let environment = Environment.tested("a", "m", "l", "u", checking: .deferred)
    let values: [Value?] = [
      .int(3), .map([("a", .int(1))]), .list([.string("a"), .int(2)]), .unknown(Unknown("u")),
    ]
    var evaluated = 0
    for _ in 0..<1_000 {
      let count = Int.random(in: 1...14, using: &generator)
      let source = (0..<count).map { _ in words.randomElement(using: &generator) ?? "" }.joined()
      // Closing what is open makes more of them whole.
      let open = source.filter { $0 == "(" }.count - source.filter { $0 == ")" }.count
      for text in [source, source + String(repeating: ")", count: max(0, open))] {
        guard let program = try? Program(parsing: text, in: environment) else { continue }
        evaluated += 1
        _ = try? program.evaluate(variables: values, steps: 10_000).description
      }
    }
    #expect(evaluated > 20)
  }

  @Test func `random bytes and cut expressions never crash`() {
    var generator = SeededGenerator(state: 99)
    let source = Array("self.a['b'].exists(x, x.startsWith('é') && 0x1Fu > 1.5e3) ? {?'k': b'\\xff'} : [1, -2u]".utf8)
    for _ in 0..<5_000 {
      var bytes = source
      for _ in 0..<Int.random(in: 0...3, using: &generator) {
        bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 0...127, using: &generator)
      }
      bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &generator)))
      let program = try? Program(
        parsing: String(decoding: bytes, as: UTF8.self), in: Environment.tested("self", checking: .deferred))
      _ = try? program?.evaluate(variables: [.map([])])
    }
  }
}

/// https://prng.di.unimi.it/splitmix64.c
private struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
