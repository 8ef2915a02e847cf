/// What a file is for. Rules name kinds by their raw values.
package enum FileKind: String, Sendable, CaseIterable {
  case dockerfile, compose
  case githubWorkflow = "github-workflow"
  case githubAction = "github-action"
  case gitlabCI = "gitlab-ci"
  case azurePipelines = "azure-pipelines"
  case bitbucketPipelines = "bitbucket-pipelines"
  case circleCI = "circleci"
  case jenkinsfile, kubernetes
  case helmTemplate = "helm-template"
  case helmChart = "helm-chart"
  case kustomization, dependabot, renovate
  case preCommit = "pre-commit"
  case npmrc, pypirc, netrc
  case packageJSON = "package-json"
  case tsconfig, devcontainer, terraform, cloudformation, ansible, pyproject, cargo
  case mavenPOM = "maven-pom"
  case mavenSettings = "maven-settings"
  case nugetConfig = "nuget-config"
  case editorconfig, dotenv, ini, properties, shell, makefile, yaml, json, toml, xml, hcl
}

/// How a file is written, and so which reader is for it.
package enum FileFormat: Hashable, Sendable {
  case yaml, json, jsonc, toml, xml, hcl, dockerfile, shell, makefile, groovy
  case keyValue(KeyValueReader.Dialect)
  /// Text with holes that only a template engine fills: no reader takes it.
  case template
}
