import Documents
import Expressions
import Findings
import FoundationEssentials
import RulePacks
import Shell
import Views

// Part of the package, and not one of its own, for what it measures is not public. `Package.swift` knows of it only when
// TOLLGATE_BENCHMARKS is set, so that no other build pays for it.

/// Reads paths from standard input, and measures readers and rules over those files, on one core.
@main
enum Microbenchmarks {
  struct File {
    var path: String
    var bytes: [UInt8]
    var recognition: FileRecognition
  }

  static func main() throws {
    var files: [File] = []
    while let path = readLine() {
      guard let data = try? Data(contentsOf: URL(filePath: path)), data.count <= 4 << 20 else { continue }
      let bytes = [UInt8](data)
      guard let recognition = FileRecognition(path: SourcePath(path), content: bytes.span) else { continue }
      files.append(File(path: path, bytes: bytes, recognition: recognition))
    }
    print("| reader | files | MB | MB/s | bytes a node |\n|---|---|---|---|---|")
    measure("YAML", files.filter { $0.recognition.format == .yaml }) { try? YAMLReader.read($0) }
    measure("JSON", files.filter { $0.recognition.format == .json }) { try? JSONReader.read($0) }
    measure("TOML", files.filter { $0.recognition.format == .toml }) { bytes in
      (try? DocumentReader.read(bytes, as: .toml))??.document
    }
    measure("Dockerfile", files.filter { $0.recognition.format == .dockerfile }) { DockerfileReader.read($0).document }
    measureShell(files.filter { $0.recognition.format == .shell })
    largeYAML()
    try reports()
    try rules(files)
    GateBenchmark.run()
  }

  /// The best of several runs: everything else that a machine does makes it slower only.
  static func best(of runs: Int = 5, _ body: () -> Void) -> Double {
    let clock = ContinuousClock()
    return (0..<runs).map { _ in clock.measure(body) }.min().map { $0 / .seconds(1) } ?? 0
  }

  static func measure(_ name: String, _ files: [File], _ read: ([UInt8]) -> Document?) {
    let size = files.reduce(0) { $0 + $1.bytes.count }
    guard size > 0 else { return }
    var nodes = 0
    var memory = 0
    for file in files {
      guard let document = read(file.bytes) else { continue }
      nodes += document.nodeCount
      memory += document.treeBytes
    }
    let seconds = best { for file in files { _ = read(file.bytes) } }
    row(name, files.count, size, seconds, "\(rounded(Double(memory) / Double(max(1, nodes))))")
  }

  static func measureShell(_ files: [File]) {
    let size = files.reduce(0) { $0 + $1.bytes.count }
    guard size > 0 else { return }
    let seconds = best { for file in files { _ = ShellScript(parsing: file.bytes) } }
    row("shell", files.count, size, seconds, "")
  }

  static func row(_ name: String, _ count: Int, _ bytes: Int, _ seconds: Double, _ more: String) {
    print(
      "| \(name) | \(count) | \(rounded(Double(bytes) / 1e6)) | \(rounded(Double(bytes) / 1e6 / seconds)) | \(more) |")
  }

  static func rounded(_ number: Double) -> Double { (number * 10).rounded() / 10 }

  /// A file of 5 MB like those that clusters are described by.
  static func largeYAML() {
    let object = """
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: example, labels: {app: web, tier: "front"}}
      spec:
        containers:
          - name: web
            image: nginx:1.27
            ports: [{containerPort: 80}]
            env:
              - {name: A, value: "1"}

      """
    let bytes = Array(String(repeating: object, count: 5_000_000 / object.utf8.count).utf8)
    guard let document = try? YAMLReader.read(bytes) else { return }
    let seconds = best(of: 3) { _ = try? YAMLReader.read(bytes) }
    print(
      "\nA YAML file of \(rounded(Double(bytes.count) / 1e6)) MB: \(document.nodeCount) nodes, tree "
        + "\(rounded(Double(document.treeBytes) / 1e6)) MB, read in \(rounded(seconds * 1000)) ms")
  }

  // MARK: Rules

  /// Three hundred rules over views of workflows and Dockerfiles, and 2,000 such files.
  static func rules(_ files: [File]) throws {
    let kinds: Set<FileKind> = [.githubWorkflow, .dockerfile]
    let real = files.filter { kinds.contains($0.recognition.kind) }
    guard !real.isEmpty else { return }
    let corpus = (0..<2_000).map { real[$0 % real.count] }
    let pack = try RulePackReader(checksPatterns: false).read(Array(packText.utf8), file: "benchmark")
    let size = corpus.reduce(0) { $0 + $1.bytes.count }
    func scan(_ rules: [DocumentRule]) -> (seconds: Double, matches: Int) {
      let set = DocumentRuleSet(rules)
      var matches = 0
      let seconds = best(of: 3) {
        matches = 0
        for file in corpus { matches += set.scan(file.bytes.span, path: SourcePath(file.path)).matches.count }
      }
      return (seconds, matches)
    }
    var elements = 0
    for file in corpus {
      guard
        let viewed = try? ViewedFile.read(
          file.bytes, path: SourcePath(file.path), recognition: file.recognition
        ).file
      else { continue }
      for view in ViewTable.all where view.kinds.contains(file.recognition.kind) && used.contains(view.name) {
        elements += view.elements(viewed).count
      }
    }
    let one = scan(Array(pack.documentRules.prefix(used.count)))
    let all = scan(pack.documentRules)
    let perView = pack.documentRules.count / used.count
    let evaluations = Double(elements * perView)
    print(
      """

      \(pack.documentRules.count) rules over \(used.count) views, \(corpus.count) files (\(real.count) different), \
      \(rounded(Double(size) / 1e6)) MB, \(elements) elements:
      - all rules: \(rounded(all.seconds * 1000)) ms, \(Int(Double(corpus.count) / all.seconds)) files/s, \
      \(all.matches) matches
      - one rule for each view: \(rounded(one.seconds * 1000)) ms, \(Int(Double(corpus.count) / one.seconds)) files/s
      - a rule and an element: \(rounded((all.seconds - one.seconds) * 1e9 / (evaluations * Double(perView - 1) / Double(perView)))) ns
      """)
  }

  static let used = [
    "github.workflow", "github.job", "github.step", "github.expression", "dockerfile.stage", "dockerfile.instruction",
    "shell.command",
  ]

  /// Conditions like those of real rules, each with another constant, so that nothing is the same twice.
  static var packText: String {
    let conditions: [String: [String]] = [
      "github.workflow": ["'NAME' in self.triggers", "has(self.permissions) && self.permissions.contents == 'NAME'"],
      "github.job": ["has(self.env) && 'NAME' in self.env", "has(self.labels) && self.labels.exists(l, l == 'NAME')"],
      "github.step": [
        "has(self.uses) && !self.uses.local && self.uses.kind != 'commit' && self.uses.repository == 'x/NAME'",
        "has(self.with) && 'NAME' in self.with",
      ],
      "github.expression": ["self.place == 'run' && self.flows.exists(f, f.startsWith('github.event.NAME'))"],
      "dockerfile.stage": [
        "has(self.image) && self.image.repository == 'library/NAME'", "!has(self.user) && self.index == -1",
      ],
      "dockerfile.instruction": ["self.instruction == 'COPY' && has(self.destination) && self.destination == '/NAME'"],
      "shell.command": [
        "has(self.name) && self.name == 'NAME' && self.pipeline.size() > 1", "'--NAME' in self.flags",
      ],
    ]
    var text = "pack: benchmark\nrules:\n"
    for number in 0..<43 {
      for view in used {
        let choices = conditions[view] ?? []
        let condition = choices[number % choices.count].replacing("NAME", with: "name-\(number)")
        text += """
            - {id: rule-\(view.replacing(".", with: "-"))-\(number), title: t, severity: low, confidence: high, level: audit, \
          phase: build, tags: [x], on: \(view), when: "\(condition)", message: m, why: w, fix: f, references: [], examples: []}

          """
      }
    }
    return text
  }
}
