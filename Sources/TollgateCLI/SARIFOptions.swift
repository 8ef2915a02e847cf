import ArgumentParser
import Glibc
import Tollgate

/// What reports for services need to know besides the findings.
struct SARIFOptions: ParsableArguments {
  @Option(help: "Whom SARIF is written for.")
  var sarifProfile = Choice(SARIFProfile.generic)

  @Option(
    help: ArgumentHelp(
      "What tells several SARIF reports of one commit apart at GitHub, such as the name of a folder.",
      valueName: "name"))
  var category: String?

  /// Takes the rest from the variables of the pipeline that we run in.
  func apply(to options: inout RenderOptions) {
    options.sarifProfile = sarifProfile.value
    options.category = category
    options.azurePipeline = AzurePipeline(variable: Terminal.variable)
    options.commit = ["CI_COMMIT_SHA", "GITHUB_SHA", "BUILD_SOURCEVERSION"].lazy.compactMap(Terminal.variable).first {
      !$0.isEmpty
    }
    // A build that is to be the same each time says when it happens: https://reproducible-builds.org/specs/source-date-epoch/
    options.endTime = Terminal.variable("SOURCE_DATE_EPOCH").flatMap { Int($0) } ?? time(nil)
  }
}
