/// The run of an Azure pipeline, as GitHub Advanced Security for Azure DevOps wants it in a log: a run of SARIF that names
/// none, or another thing, is dropped.
///
/// The facts are those of the rules GHAzDO1019 and GHAzDO1020 of the SARIF Multitool (microsoft/sarif-sdk).
public struct AzurePipeline: Hashable, Sendable {
  static let prefix = "azuredevops/pipeline/build/"

  /// What tells the logs of two runs apart.
  public var id: String
  public var definitionID: String
  public var definitionName: String
  public var phaseID: String
  public var phaseName: String

  /// - Parameter variable: the value of an environment variable of the pipeline's job.
  /// - Returns: `nil` outside of a pipeline, or where a variable is missing.
  public init?(variable: (String) -> String?) {
    func first(_ names: String...) -> String? {
      names.lazy.compactMap(variable).first { !$0.isEmpty }
    }
    guard let isPipeline = first("TF_BUILD"), isPipeline.lowercased() == "true" || isPipeline == "1",
      let organization = first("SYSTEM_COLLECTIONURI").flatMap(Self.organization),
      let project = first("SYSTEM_TEAMPROJECTID"), let definition = first("BUILD_DEFINITIONID", "SYSTEM_DEFINITIONID"),
      let name = first("BUILD_DEFINITIONNAME"), let phase = first("SYSTEM_PHASEID", "SYSTEM_JOBID"),
      let phaseName = first("SYSTEM_PHASENAME", "SYSTEM_JOBNAME"), let branch = first("BUILD_SOURCEBRANCH"),
      let build = first("BUILD_BUILDID")
    else { return nil }
    id = Self.prefix + [organization, project, definition, phase, branch, build].joined(separator: "/")
    (definitionID, definitionName, phaseID, self.phaseName) = (definition, name, phase, phaseName)
  }

  /// The organization in `https://dev.azure.com/NAME/` or `https://NAME.visualstudio.com/`.
  private static func organization(_ address: String) -> String? {
    let parts = address.split(separator: "/")
    guard parts.count >= 2 else { return nil }
    let host = parts[1].lowercased()
    if host == "dev.azure.com" || host == "vsrm.dev.azure.com" { return parts.count > 2 ? String(parts[2]) : nil }
    guard host.hasSuffix(".visualstudio.com") else { return nil }
    return parts[1].split(separator: ".").first.map(String.init)
  }
}
