import ArgumentParser
import Glibc
import Tollgate

/// `tollgate init`
struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Look at a repository and write a policy that fits, with a baseline of what is found there.",
    discussion: """
      EXAMPLES
        tollgate init
        tollgate init --pipeline github --hook

      Files that are there are not touched.
      """)

  @Argument(help: ArgumentHelp("The top of the repository.", valueName: "directory"), completion: .directory)
  var directory = "."

  @Option(
    help: ArgumentHelp(
      "Write the file that runs the gate in a pipeline too: github or gitlab; may be repeated.", valueName: "pipeline"),
    transform: { text in
      guard let pipeline = PolicyDraft.Pipeline(rawValue: text) else {
        throw ValidationError("--pipeline is github or gitlab")
      }
      return pipeline
    })
  var pipeline: [PolicyDraft.Pipeline] = []

  @Flag(help: "Let git ask before each commit and push.")
  var hook = false

  @Flag(help: "Write no baseline: what is found today stops the next one who scans everything.")
  var noBaseline = false

  @OptionGroup(title: "RULES") var rules: RuleOptions

  func run() async throws {
    let draft = try await PolicyDraft(directory: directory)
    let policyPath = "\(directory)/.tollgate.yml"
    if unsafe access(policyPath, F_OK) == 0 {
      throw Failure("\(policyPath) is there already; edit it, and try it by tollgate policy test")
    }
    try OutputFile.create(policyPath, Array(draft.text.utf8))
    try Terminal.writeOutput("wrote \(policyPath)\n")
    if !noBaseline { try await writeBaseline() }
    for pipeline in pipeline {
      let path = "\(directory)/\(pipeline.path)"
      OutputFile.makeDirectories(above: path)
      try OutputFile.create(path, Array(PolicyDraft.text(of: pipeline).utf8))
      try Terminal.writeOutput("wrote \(path)\n")
    }
    if hook {
      let hooks = try GitHooks(directory: directory)
      try hooks.install(program: HookCommand.InstallCommand.program)
      for status in hooks.status { try Terminal.writeOutput("installed \(status.name): \(status.path)\n") }
    }
    for found in draft.pipelines where !pipeline.contains(found) {
      try Terminal.writeOutput("for the pipeline: tollgate init --pipeline \(found.rawValue) writes \(found.path)\n")
    }
    try Terminal.writeOutput("next: tollgate policy test, then commit these files\n")
  }

  private func writeBaseline() async throws {
    let request = ScanRequest(.paths([directory]))
    let gate = try ScanGate(GateRequest(stage: .main, asOf: .today), for: request)
    let scanner = try PolicyScanner(gate.configuration(from: rules.configuration))
    let report = try await scanner.scan(gate.request(from: request))
    if let reason = report.incompleteReason {
      Terminal.writeError("no baseline was written, for the scan is incomplete: \(reason)\n")
      return
    }
    let store = try BaselineStore(gate, file: "\(directory)/.tollgate/baseline", key: RuleOptions.fingerprintKey)
    guard store.baseline == nil else { return }
    let baseline = store.created(from: report, on: .today)
    guard baseline.openCount > 0 else { return }
    try store.write(baseline)
    try Terminal.writeOutput("wrote \(store.path): \(baseline.openCount) known findings\n")
  }
}
