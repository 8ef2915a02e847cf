// What of SARIF 2.1.0 is read. A wrong type anywhere in here is an error with its place: to leave out a result that is
// not understood would turn a gate green. Everything else in a log is passed over.

struct SARIFLog: Decodable {
  var version: String?
  var runs: [Run]?

  struct Run: Decodable {
    var tool: Tool?
    var invocations: [Invocation]?
    var artifacts: [Artifact]?
    var results: [Result]?
    var properties: RunProperties?
  }

  struct Tool: Decodable {
    var driver: Component?
    var extensions: [Component]?
  }

  struct Component: Decodable {
    var name: String?
    var guid: String?
    var version: String?
    var semanticVersion: String?
    var rules: [Descriptor]?
  }

  struct Descriptor: Decodable {
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

  struct Text: Decodable {
    var text: String?
    var markdown: String?
    var id: String?
    var arguments: [String]?
  }

  struct Configuration: Decodable {
    var level: String?
  }

  struct Invocation: Decodable {
    var executionSuccessful: Bool?
    var toolExecutionNotifications: [Notice]?
    var toolConfigurationNotifications: [Notice]?
  }

  struct Notice: Decodable {
    var level: String?
    var message: Text?
    var descriptor: Reference?
    var locations: [Location]?
  }

  struct Reference: Decodable {
    var id: String?
    var index: Int?
    var guid: String?
    var toolComponent: ComponentReference?
  }

  struct ComponentReference: Decodable {
    var index: Int?
    var name: String?
    var guid: String?
  }

  struct Artifact: Decodable {
    var location: ArtifactLocation?
  }

  struct Result: Decodable {
    var ruleId: String?
    var ruleIndex: Int?
    var rule: Reference?
    var kind: String?
    var level: String?
    var message: Text?
    var locations: [Location]?
    var relatedLocations: [Location]?
    var partialFingerprints: [String: String]?
    var suppressions: [Suppression]?
    var baselineState: String?
    var properties: Properties?
  }

  struct Location: Decodable {
    var physicalLocation: PhysicalLocation?
    var message: Text?
  }

  struct PhysicalLocation: Decodable {
    var artifactLocation: ArtifactLocation?
    var region: Region?
    var contextRegion: Region?
  }

  struct ArtifactLocation: Decodable {
    var uri: String?
    var index: Int?
  }

  struct Region: Decodable {
    var startLine: Int?
    var startColumn: Int?
    var endLine: Int?
    var endColumn: Int?
    var snippet: Text?
  }

  struct Suppression: Decodable {
    var kind: String?
    var status: String?
    var justification: String?
    var properties: SuppressionProperties?
  }
}
