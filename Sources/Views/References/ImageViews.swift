internal import Documents
internal import Expressions

/// The images that files name, of whatever kind the files are.
enum ImageViews {
  static let all = [reference]

  static let reference = View(
    "image.reference", "A container image that a file names, at its own place.",
    kinds: [.dockerfile, .githubWorkflow, .githubAction, .gitlabCI, .compose, .kubernetes],
    members: [View.Member("image", "the image reference; unknown where it depends on something that is")]
      + ImageReference.members + [
        View.Member(
          "place", "what it is for: `from`, `copy`, `mount`, `container`, `service`, `step`, `action`, `job`, `pod`")
      ]
  ) { file in
    switch file.kind {
    case .dockerfile: dockerfile(file)
    case .githubWorkflow, .githubAction: gitHub(file)
    case .kubernetes: kubernetes(file)
    case .gitlabCI: gitLab(file)
    case .compose:
      file.model(ComposeFile.self).services.compactMap {
        element(of: $0.record, place: "service", identity: $0.identity)
      }.filter { $0.origin.file === file.origin }
    default: []
    }
  }

  /// An element for the image in a member of a record.
  static func element(of record: ViewRecord, member: String = "image", place: String, identity: [String])
    -> ViewElement?
  {
    guard let value = record.member(member), let origin = record.origin(of: member) else { return nil }
    return element(value, at: origin, place: place, identity: identity)
  }

  static func element(_ value: Value, at origin: Origin, place: String, identity: [String]) -> ViewElement? {
    var fields = [ViewRecord.Field("image", value, at: origin), ViewRecord.Field("place", .string(place))]
    switch value {
    case .object(let object):
      guard let image = object as? ImageReference else { return nil }
      for member in ImageReference.members {
        if let value = image.member(member.name) { fields.append(ViewRecord.Field(member.name, value, at: origin)) }
      }
    case .unknown(let unknown):
      for member in ImageReference.members {
        fields.append(ViewRecord.Field(member.name, .unknown(unknown), at: origin))
      }
    default: return nil
    }
    return ViewElement(ViewRecord(fields), at: origin, identity: identity + [place])
  }

  private static func dockerfile(_ file: ViewedFile) -> [ViewElement] {
    let model = file.model(DockerfileModel.self)
    let records = DockerfileRecords(dockerfile: model.dockerfile, file: model.file)
    var elements = model.stages.compactMap { element(of: $0.record, place: "from", identity: $0.identity) }
    for instruction in model.dockerfile.instructions {
      for flag in instruction.flags {
        let isMount = flag.name == "mount" && instruction.name == "RUN"
        guard isMount || (flag.name == "from" && (instruction.name == "COPY" || instruction.name == "ADD")) else {
          continue
        }
        var text = flag.expansion?.text
        if isMount {
          text = text?.split(separator: ",").first { $0.hasPrefix("from=") }.map { String($0.dropFirst(5)) }
        }
        guard let text, !records.isStage(text, before: instruction) else { continue }
        let origin = Origin(file.origin, flag.range)
        guard let image = ImageReference(text, at: origin) else { continue }
        let name = instruction.stage.map(records.stageName) ?? ""
        if let element = element(.object(image), at: origin, place: isMount ? "mount" : "copy", identity: [name]) {
          elements.append(element)
        }
      }
    }
    return elements.sorted { $0.origin.place.lowerBound < $1.origin.place.lowerBound }
  }

  private static func gitHub(_ file: ViewedFile) -> [ViewElement] {
    let model = file.model(GitHubWorkflow.self)
    var elements: [ViewElement] = []
    if file.kind == .githubAction, let top = model.top,
      let element = element(of: top.record, place: "action", identity: top.identity)
    {
      elements.append(element)
    }
    for job in model.jobs {
      if case .map(let map)? = job.record.member("container"), let container = map as? ViewRecord,
        let element = element(of: container, place: "container", identity: job.identity)
      {
        elements.append(element)
      }
      if case .map(let map)? = job.record.member("services"), let services = map as? ViewRecord {
        for service in services.fields {
          if case .value(.map(let map)) = service.content, let record = map as? ViewRecord,
            let element = element(of: record, place: "service", identity: job.identity + [service.name])
          {
            elements.append(element)
          }
        }
      }
    }
    for step in model.steps {
      guard case .object(let uses)? = step.record.member("uses"),
        let image = (uses as? ActionReference)?.member("image"),
        let origin = step.record.origin(of: "uses"),
        let element = element(image, at: origin, place: "step", identity: step.identity)
      else { continue }
      elements.append(element)
    }
    return elements.sorted { $0.origin.place.lowerBound < $1.origin.place.lowerBound }
  }

  /// What several jobs take over from `default` stands in one place, and is one image.
  private static func gitLab(_ file: ViewedFile) -> [ViewElement] {
    var elements: [ViewElement] = []
    var places: Set<Range<Int>> = []
    func add(_ value: Value?, _ place: String, _ identity: [String]) {
      guard let value, let origin = MemberPath("name")?.origin(in: value), origin.file === file.origin,
        case .map(let map) = value, let name = map.member("name"), places.insert(origin.place).inserted,
        let element = element(name, at: origin, place: place, identity: identity)
      else { return }
      elements.append(element)
    }
    for job in file.model(GitLabPipeline.self).jobs {
      add(job.record.member("image"), "job", job.identity)
      guard case .list(let services)? = job.record.member("services") else { continue }
      for index in 0..<services.count { add(services.element(at: index), "service", job.identity) }
    }
    return elements.sorted { $0.origin.place.lowerBound < $1.origin.place.lowerBound }
  }

  /// The containers of a pod stand under these keys, however deep the pod stands in an object.
  private static let containerKeys: Set<String> = ["containers", "initContainers", "ephemeralContainers"]

  private static func kubernetes(_ file: ViewedFile) -> [ViewElement] {
    var elements: [ViewElement] = []
    func visit(_ node: Node, identity: [String]) {
      for entry in node.entries ?? [] {
        let key = entry.key.text ?? ""
        if containerKeys.contains(key) {
          for container in entry.value.elements ?? [] {
            guard let image = container.entry("image"), let text = image.value.text else { continue }
            let origin = Origin(image, in: file.origin)
            let value = ImageReference(text, at: origin).map { Value.object($0) } ?? .unknown(Unknown(text))
            if let element = element(
              value, at: origin, place: "pod", identity: identity + [container["name"]?.text ?? ""])
            {
              elements.append(element)
            }
          }
        } else {
          visit(entry.value, identity: identity)
        }
      }
      for element in node.elements ?? [] { visit(element, identity: identity) }
    }
    for root in file.document?.roots ?? [] {
      visit(root, identity: [root["kind"]?.text ?? "", root["metadata"]?["name"]?.text ?? ""])
    }
    return elements
  }
}
