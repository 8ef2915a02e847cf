// What of SARIF 2.1.0 is read. A wrong type anywhere in here is an error with its place: to leave out a result that is
// not understood would turn a gate green. Everything else in a log is passed over.

struct SARIFLog {
  var version: String?
  var runs: [Run]?

  struct Run {
    var tool: Tool?
    var invocations: [Invocation]?
    var artifacts: [Artifact]?
    var results: [Result]?
    var properties: RunProperties?
  }

  struct Tool {
    var driver: Component?
    var extensions: [Component]?
  }

  struct Component {
    var name: String?
    var guid: String?
    var version: String?
    var semanticVersion: String?
    var rules: [Descriptor]?
  }

  struct Descriptor {
    var id: String?
    var guid: String?
    var name: String?
    var shortDescription: Text?
    var fullDescription: Text?
    var help: Text?
    var helpUri: String?
    var messageStrings: [String: Text]?
    var defaultConfiguration: Configuration?
    var properties: Properties?
  }

  struct Text {
    var text: String?
    var markdown: String?
    var id: String?
    var arguments: [String]?
  }

  struct Configuration {
    var level: String?
  }

  struct Invocation {
    var executionSuccessful: Bool?
    var toolExecutionNotifications: [Notice]?
    var toolConfigurationNotifications: [Notice]?
  }

  struct Notice {
    var level: String?
    var message: Text?
    var descriptor: Reference?
    var locations: [Location]?
  }

  struct Reference {
    var id: String?
    var index: Int?
    var guid: String?
    var toolComponent: ComponentReference?
  }

  struct ComponentReference {
    var index: Int?
    var name: String?
    var guid: String?
  }

  struct Artifact {
    var location: ArtifactLocation?
  }

  struct Result {
    var ruleId: String?
    var ruleIndex: Int?
    var rule: Reference?
    var kind: String?
    var level: String?
    var message: Text?
    var locations: [Location]?
    var relatedLocations: [Location]?
    var fingerprints: [String: String]?
    var partialFingerprints: [String: String]?
    var suppressions: [Suppression]?
    var baselineState: String?
    var fixes: [Fix]?
    var properties: Properties?
  }

  struct Fix {
    var description: Text?
    var artifactChanges: [ArtifactChange]?
  }

  struct ArtifactChange {
    var artifactLocation: ArtifactLocation?
    var replacements: [Replacement]?
  }

  struct Replacement {
    var deletedRegion: Region?
    var insertedContent: Text?
  }

  struct Location {
    var physicalLocation: PhysicalLocation?
    var message: Text?
  }

  struct PhysicalLocation {
    var artifactLocation: ArtifactLocation?
    var region: Region?
    var contextRegion: Region?
  }

  struct ArtifactLocation {
    var uri: String?
    var index: Int?
  }

  struct Region {
    var startLine: Int?
    var startColumn: Int?
    var endLine: Int?
    var endColumn: Int?
    var byteOffset: Int?
    var byteLength: Int?
    var snippet: Text?
  }

  struct Suppression {
    var kind: String?
    var status: String?
    var justification: String?
    var properties: SuppressionProperties?
  }
}
