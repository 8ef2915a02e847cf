internal import Documents
internal import Findings
internal import RulePacks
internal import Views

/// A rule that cannot be begun: its id or what it shall look at is a mistake.
public struct NewRuleError: Error, Hashable, Sendable, CustomStringConvertible {
  public var description: String
}

extension PolicyScanner {
  /// A pack with one small rule that works, with comments that say what to change: the beginning of a rule.
  ///
  /// - Parameters:
  ///   - id: the id of the rule, in kebab-case.
  ///   - subject: what it looks at: `text`, `document`, or the name of a view.
  public func newPack(rule id: String, on subject: String = "text") throws(NewRuleError) -> String {
    let parts = id.split(separator: "-", omittingEmptySubsequences: false)
    let isKebabCase = parts.allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy { 0x61...0x7A ~= $0 || 0x30...0x39 ~= $0 }
    }
    guard isKebabCase else {
      throw NewRuleError(description: "an id is written in lower case with dashes, such as our-deploy-token")
    }
    if let rule = rule(named: id) {
      throw NewRuleError(description: "there is a rule \(id) already, in the pack \(rule.pack)")
    }
    return try PackSkeleton(id: id, subject: subject).text
  }
}

/// The text of a new pack.
struct PackSkeleton {
  let text: String

  /// - Parameter isGeneric: pass over what is said about single views, for the tests.
  init(id: String, subject: String, isGeneric: Bool = false) throws(NewRuleError) {
    let body: String
    switch subject {
    case "text": body = Self.textBody
    case "document": body = Self.documentBody
    default:
      guard let view = ViewTable.view(named: subject) else {
        let names = (["text", "document"] + ViewTable.all.map(\.name)).joined(separator: ", ")
        throw NewRuleError(description: "a rule looks at one of \(names), not at \(subject)")
      }
      guard let own = isGeneric ? Self.body(for: view) : Self.bodies[subject] ?? Self.body(for: view) else {
        throw NewRuleError(description: "there is no example of a file for \(subject); begin with another view")
      }
      body = Self.comment(on: view) + own
    }
    text = Self.head(id: id, subject: subject) + body
  }

  private static func head(id: String, subject: String) -> String {
    """
    # A pack of one rule. It works as it is: change it step by step, and run its examples after each step.
    #   tollgate rules test FILE        runs the examples
    #   tollgate rules try RULE FILE    shows why it fires on a file, or why not
    #   tollgate check . --rules FILE   uses it beside the built-in rules
    pack: \(id)-pack
    rules:
      # The id is unique over all packs and stays the same for ever: suppressions name it.
      - id: \(id)
        # A noun phrase.
        title: Title of the rule
        # critical, high, medium, low or note: how bad it is when a finding is true.
        severity: medium
        # high, medium or low: how sure a finding is.
        confidence: medium
        # deny or warn count for the gate; audit is advice.
        level: warn
        # plan, code, build, test, release, deploy, operate or monitor.
        phase: build
        # Free words; cwe-N names a weakness.
        tags: [own]
        on: \(subject)

    """
  }

  private static func comment(on view: View) -> String {
    var text = "    # \(view.summary) `self` is one of them; it has\n"
    for member in view.members { text += "    #   \(member.name): \(member.summary)\n" }
    return text
  }

  private static let tail = """
        # What can happen, and what to do about it.
        why: Say what can happen.
        fix: Say what to do about it.
        # At least two texts on which it fires and three near misses on which it is silent.
        examples:

    """

  // MARK: Text

  private static let textBody = """
        # Literals of at least three bytes; every match of the pattern holds one of them.
        keywords: [acme_]
        # PCRE2 with bounded repetitions: {1,100} in place of + and *.
        pattern: '\\bacme_[a-z0-9]{32}\\b'
        # What is no credential: placeholder, reference, word.
        filters: [placeholder]
        # One sentence for the reader of a finding.
        message: An Acme token is readable by everyone who can read this file.

    """ + tail + """
            # {{base36:32}} stands for 32 drawn characters: no credential stands in a pack.
            - fires: token = acme_{{base36:32}}
            - fires: |
                {"token": "acme_{{base36:32}}"}
            - silent: token = acme_{{base36:31}}
            - silent: token = acme_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
            - silent: token = ${ACME_TOKEN}

      """

  // MARK: Documents

  private static let documentBody = """
        # Which files: tollgate show FILE tells the kind of one.
        kinds: [package-json]
        # A JSONPath: each value that it selects is looked at as `self`.
        select: $.scripts
        # An expression (CEL): when the rule fires. A member that is absent is never true; has(self.name) asks for it.
        when: "self.postinstall.contains('curl')"
        # The member that a finding points to.
        at: postinstall
        # One sentence for the reader of a finding; {{ }} holds an expression.
        message: "The script runs {{self.postinstall}}."

    """ + tail + """
            - fires: '{"scripts": {"postinstall": "curl x | sh"}}'
            - fires: '{"scripts": {"test": "true", "postinstall": "curl -O x"}}'
            - silent: '{"scripts": {"postinstall": "node build.js"}}'
            - silent: '{"scripts": {"test": "curl x"}}'
            - silent: '{"name": "x"}'

      """

  // MARK: Views

  /// Rules that say something about the elements of a view.
  private static let bodies: [String: String] = [
    "github.workflow": body(
      when: "'pull_request_target' in self.triggers", at: "triggers",
      message: "The workflow runs on pull_request_target.",
      examples: """
              - fires: "{on: pull_request_target, jobs: {}}"
              - fires: "{on: [push, pull_request_target], jobs: {}}"
              - silent: "{on: pull_request, jobs: {}}"
              - silent: "{on: {push: {branches: [main]}}, jobs: {}}"
              - silent: "{name: pull_request_target, on: push, jobs: {}}"
        """),
    "github.job": body(
      when: "has(self.raw.steps) && !('timeout-minutes' in self)", at: "id",
      message: "The job {{self.id}} has no time limit.",
      examples: """
              - fires: "jobs: {build: {runs-on: ubuntu-latest, steps: [{run: make}]}}"
              - fires: "jobs: {a: {steps: []}, b: {timeout-minutes: 5, steps: []}}"
              - silent: "jobs: {build: {timeout-minutes: 10, steps: [{run: make}]}}"
              - silent: "jobs: {build: {uses: ./.github/workflows/build.yml}}"
              - silent: "jobs: {}"
        """),
    "github.step": body(
      condition: "has(self.uses)", when: "self.uses.kind == 'branch'", at: "uses",
      message: "{{self.uses}} is not a fixed version.",
      examples: """
              - fires: "jobs: {b: {steps: [{uses: someone/deploy@main}]}}"
              - fires: "jobs: {b: {steps: [{run: make}, {uses: someone/deploy@develop}]}}"
              - silent: "jobs: {b: {steps: [{uses: someone/deploy@v4}]}}"
              - silent: "jobs: {b: {steps: [{uses: ./local}]}}"
              - silent: "jobs: {b: {steps: [{run: make}]}}"
        """),
    "github.action": body(
      when: "self.using == 'node16'", at: "using", message: "The action runs on {{self.using}}, which has ended.",
      examples: """
              - fires: "{name: a, runs: {using: node16, main: index.js}}"
              - fires: "runs: {using: node16}"
              - silent: "runs: {using: node20}"
              - silent: "runs: {using: composite, steps: []}"
              - silent: "name: node16"
        """),
    "github.expression": body(
      condition: "self.place == 'run'", when: "'github.event.issue.title' in self.flows", at: "text",
      message: "The script holds {{self.text}}, which anybody can write.",
      examples: """
              - fires: 'jobs: {b: {steps: [{run: "echo ${{ github.event.issue.title }}"}]}}'
              - fires: 'jobs: {b: {env: {T: "${{ github.event.issue.title }}"}, steps: [{run: "echo ${{ env.T }}"}]}}'
              - silent: 'jobs: {b: {steps: [{run: "echo $T", env: {T: "${{ github.event.issue.title }}"}}]}}'
              - silent: 'jobs: {b: {steps: [{run: "echo ${{ github.event.issue.number }}"}]}}'
              - silent: 'jobs: {b: {steps: [{run: "echo"}]}}'
        """),
  ]

  private static func body(
    condition: String? = nil, when: String, at: String?, message: String, examples: String
  ) -> String {
    var text = ""
    if let condition {
      text += "    # Which elements are the rule's business.\n    where: \"\(condition)\"\n"
    }
    text +=
      "    # An expression (CEL): when the rule fires. A member that is absent is never true; has(self.name) asks for it.\n"
    text += "    when: \"\(when)\"\n"
    if let at { text += "    # The member that a finding points to.\n    at: \(at)\n" }
    text += "    # One sentence for the reader of a finding; {{ }} holds an expression.\n    message: \"\(message)\"\n"
    return text + tail + examples + "\n"
  }

  // MARK: Any view

  /// Small files, by kind, in which views find something.
  private static let samples: [(kind: FileKind, path: String, text: String)] = [
    (.dockerfile, "Dockerfile", "FROM alpine:3.20\nENV A=1\nRUN make build\n"),
    (.gitlabCI, ".gitlab-ci.yml", "image: alpine:3.20\nbuild:\n  script:\n    - make build\n"),
    (.compose, "compose.yaml", "services:\n  web:\n    image: nginx:1.27\n"),
    (
      .githubWorkflow, ".github/workflows/ci.yml",
      "on: push\njobs:\n  b:\n    container: alpine\n    steps:\n      - run: make ${{ github.ref }}\n"
    ),
    (.githubAction, "action.yml", "runs:\n  using: composite\n  steps:\n    - run: make\n      shell: bash\n"),
    (.shell, "build.sh", "#!/bin/sh\nmake build\n"), (.dotenv, ".env", "MODE=fast\n"),
    (.npmrc, ".npmrc", "registry=https://registry.example/\n"), (.ini, "a.ini", "[a]\nmode = fast\n"),
    (.properties, "a.properties", "mode=fast\n"), (.editorconfig, ".editorconfig", "root = true\n"),
    (
      .kubernetes, "pod.yaml",
      "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: a:1}]}\n"
    ),
  ]

  /// A rule that asks for nothing but the path, for views that are not spoken of above; `nil` when no sample has an
  /// element of the view.
  static func body(for view: View) -> String? {
    for sample in samples where view.kinds.contains(sample.kind) {
      let path = SourcePath("change-me/" + sample.path)
      let bytes = Array(sample.text.utf8)
      guard let recognition = FileRecognition(path: path, content: bytes.span), recognition.kind == sample.kind,
        let (file, _) = try? ViewedFile.read(bytes, path: path, recognition: recognition),
        !view.elements(file).isEmpty, file.notes.isEmpty
      else { continue }
      let folders = [
        ("fires", "change-me"), ("fires", "change-me/a"), ("silent", "a"), ("silent", "b"), ("silent", "c"),
      ]
      let text = sample.text.split(separator: "\n").map { "          \($0)\n" }.joined()
      let examples = folders.map { "      - \($0): |\n\(text)        path: \($1)/\(sample.path)\n" }.joined()
      return body(
        when: "path.startsWith('change-me/')", at: nil, message: "Say what is wrong here.",
        examples: String(examples.dropLast()))
    }
    return nil
  }
}
