internal import Documents
internal import Expressions
internal import Findings

/// What jobs take over from other keys: `extends` and `!reference`.
/// https://docs.gitlab.com/ci/yaml/#extends
/// https://docs.gitlab.com/ci/yaml/yaml_optimization/#reference-tags
struct GitLabTemplates {
  private static let maxExtends = 11
  private static let maxReferences = 10
  /// How many entries and elements may be copied for one pipeline: templates that take over templates multiply.
  private static let maxCopies = 500_000

  private let file: ViewedFile
  private let top: [String: MergedTree.Entry]
  private let hasReferences: Bool
  private var resolved: [String: MergedTree] = [:]
  private var running: Set<String> = []
  private var copies = 0

  init(_ file: ViewedFile, top: [String: MergedTree.Entry], hasReferences: Bool) {
    self.file = file
    self.top = top
    self.hasReferences = hasReferences
  }

  /// A job or a template with all that it extends.
  mutating func job(_ name: String, depth: Int = 0) -> MergedTree {
    if let known = resolved[name] { return known }
    guard let entry = top[name] else { return .unknown(Unknown("extends: \(name)")) }
    let job = dereferenced(entry.value)
    guard let extends = job["extends"] else {
      resolved[name] = job
      return job
    }
    guard depth < Self.maxExtends, running.insert(name).inserted else {
      if entry.origin.file === file.origin {
        let what = running.contains(name) ? "extends itself" : "extends over more than \(Self.maxExtends) levels"
        file.note("\(name) \(what)", at: entry.origin.place.lowerBound)
      }
      return job.opened(by: Unknown("extends: \(name)"))
    }
    defer { running.remove(name) }
    var base = MergedTree.empty
    for parent in extends.elements ?? [extends] {
      guard let parent = parent.text else { continue }
      let template = self.job(parent, depth: depth + 1)
      guard spend(copies > Self.maxCopies ? 0 : template.weight) else {
        return job.opened(by: Unknown("extends: \(name)"))
      }
      if case .unknown(let unknown) = template {
        base = base.opened(by: unknown)
      } else {
        base = template.merged(over: base)
      }
    }
    let merged = job.merged(over: base)
    resolved[name] = merged
    return merged
  }

  /// Counts what is copied; `false` when it is too much.
  mutating func spend(_ count: Int) -> Bool {
    copies += count
    if copies > Self.maxCopies {
      file.note("the templates of the pipeline repeat too much: some of it is unknown", at: 0)
    }
    return copies <= Self.maxCopies
  }

  // MARK: !reference

  /// The value with what its `!reference` tags name; a list within a list becomes part of it.
  mutating func dereferenced(_ tree: MergedTree) -> MergedTree {
    hasReferences ? dereferenced(tree, references: 0, depth: 0) : tree
  }

  private mutating func dereferenced(_ tree: MergedTree, references: Int, depth: Int) -> MergedTree {
    guard depth < MergedTree.maxDepth else { return tree }
    if tree.tag == "!reference" { return target(of: tree, references: references, depth: depth) }
    if let elements = tree.elements {
      var flat: [MergedTree] = []
      for element in elements {
        let value = dereferenced(element, references: references, depth: depth + 1)
        let inner = element.tag == "!reference" ? value.elements : nil
        guard spend(inner?.count ?? 1) else { return .unknown(Unknown("!reference")) }
        flat += inner ?? [value]
      }
      return .sequence(flat)
    }
    guard let entries = tree.entries else { return tree }
    guard spend(entries.count) else { return .unknown(Unknown("!reference")) }
    return .mapping(
      entries.map { entry in
        var entry = entry
        entry.value = dereferenced(entry.value, references: references, depth: depth + 1)
        return entry
      }, others: tree.others)
  }

  private mutating func target(of reference: MergedTree, references: Int, depth: Int) -> MergedTree {
    let names = (reference.elements ?? []).compactMap(\.text)
    let unknown = MergedTree.unknown(Unknown("!reference \(names)"))
    guard references < Self.maxReferences, let first = names.first, var target = top[first]?.value else {
      return unknown
    }
    for name in names.dropFirst() {
      if target.tag == "!reference" {
        target = self.target(of: target, references: references + 1, depth: depth + 1)
      }
      guard let next = target[name] else { return unknown }
      target = next
    }
    return dereferenced(target, references: references + 1, depth: depth + 1)
  }
}
