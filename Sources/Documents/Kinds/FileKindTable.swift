/// The names that tell what a file is. The first row with a pattern that matches decides.
///
/// A pattern without `/` is for the last component of the path, one with `/` for as many of the last ones; `*` stands for
/// any text within a component. Upper and lower case are the same.
enum FileKindTable {
  struct Row: Sendable {
    /// `nil`: the name says that the file is none of the kinds below.
    var kind: FileKind?
    var format: FileFormat
    var patterns: [String]

    init(_ kind: FileKind?, _ format: FileFormat, _ patterns: String...) {
      self.kind = kind
      self.format = format
      self.patterns = patterns
    }
  }

  static let rows: [Row] = [
    // Templates and notes that carry the name of what is made of them.
    Row(nil, .template, "*.j2", "*.jinja", "*.jinja2", "*.erb", "*.mustache", "*.hbs", "*.tmpl"),
    Row(nil, .template, "*.md", "*.rst", "*.adoc", "*.html", "*.dockerignore", "*.orig", "*.rej"),

    // Notes and settings about Dockerfiles.
    Row(.yaml, .yaml, "Dockerfile-*.yaml", "Dockerfile-*.yml", "Dockerfile.*.yaml", "Dockerfile.*.yml"),
    Row(.json, .json, "Dockerfile-*.json", "Dockerfile.*.json"),

    // https://docs.docker.com/build/concepts/dockerfile/#filename
    Row(.dockerfile, .dockerfile, "Dockerfile", "*.Dockerfile", "Dockerfile.*", "Dockerfile-*", "Containerfile"),
    Row(.dockerfile, .dockerfile, "Containerfile.*", "*.Containerfile"),
    // https://docs.docker.com/compose/intro/compose-application-model/#the-compose-file
    Row(.compose, .yaml, "docker-compose*.yml", "docker-compose*.yaml", "compose*.yml", "compose*.yaml"),

    // Pipelines
    Row(.githubWorkflow, .yaml, ".github/workflows/*.yml", ".github/workflows/*.yaml"),
    Row(.dependabot, .yaml, ".github/dependabot.yml", ".github/dependabot.yaml"),
    Row(.githubAction, .yaml, "action.yml", "action.yaml"),
    Row(.gitlabCI, .yaml, ".gitlab-ci.yml", ".gitlab-ci.yaml", "*.gitlab-ci.yml", "*.gitlab-ci.yaml"),
    Row(.azurePipelines, .yaml, "azure-pipelines*.yml", "azure-pipelines*.yaml"),
    Row(.bitbucketPipelines, .yaml, "bitbucket-pipelines.yml"),
    Row(.circleCI, .yaml, ".circleci/config.yml", ".circleci/config.yaml"),
    Row(.jenkinsfile, .groovy, "Jenkinsfile", "Jenkinsfile.*", "*.Jenkinsfile"),
    Row(.renovate, .json, "renovate.json", ".renovaterc", ".renovaterc.json"),
    Row(.renovate, .jsonc, "renovate.json5"),
    Row(.preCommit, .yaml, ".pre-commit-config.yaml", ".pre-commit-config.yml"),

    // Clusters and clouds; content decides on the rest.
    Row(.helmChart, .yaml, "Chart.yaml", "Chart.yml"),
    Row(.kustomization, .yaml, "kustomization.yaml", "kustomization.yml", "Kustomization"),
    Row(.terraform, .json, "*.tf.json", "*.tfvars.json", "*.tofu.json"),
    Row(.terraform, .hcl, "*.tf", "*.tfvars", "*.tofu"),
    Row(.hcl, .hcl, "*.hcl", "*.nomad"),

    // Packages and their registries
    Row(.npmrc, .keyValue(.npmrc), ".npmrc", "npmrc"),
    Row(.pypirc, .keyValue(.ini), ".pypirc"),
    Row(.netrc, .keyValue(.netrc), ".netrc", "_netrc"),
    Row(.packageJSON, .json, "package.json"),
    Row(.tsconfig, .jsonc, "tsconfig.json", "tsconfig.*.json", "tsconfig-*.json", "jsconfig.json"),
    Row(.devcontainer, .jsonc, "devcontainer.json", ".devcontainer.json"),
    Row(.pyproject, .toml, "pyproject.toml"),
    Row(.cargo, .toml, "Cargo.toml", ".cargo/config.toml"),
    Row(.mavenPOM, .xml, "pom.xml", "*.pom"),
    Row(.mavenSettings, .xml, ".m2/settings.xml", "settings.xml", "settings-security.xml"),
    Row(.nugetConfig, .xml, "nuget.config"),

    // Settings
    Row(.editorconfig, .keyValue(.editorconfig), ".editorconfig"),
    Row(.dotenv, .keyValue(.dotenv), ".env", ".env.*", "*.env", ".envrc", ".flaskenv"),
    Row(.ini, .keyValue(.ini), "*.ini", "*.cfg", "*.conf", ".gitconfig", ".gitmodules", ".git/config", ".flake8"),
    Row(
      .ini, .keyValue(.ini), ".coveragerc", ".pylintrc", ".hgrc", ".s3cfg", ".aws/credentials", ".aws/config",
      "pip.conf"),
    Row(.properties, .keyValue(.properties), "*.properties"),

    // Programs
    Row(
      .shell, .shell, "*.sh", "*.bash", "*.zsh", "*.ksh", ".bashrc", ".bash_profile", ".profile", ".zshrc", ".zshenv"),
    Row(.makefile, .makefile, "Makefile", "makefile.*", "GNUmakefile", "BSDmakefile", "*.mk", "*.mak"),

    // Formats
    Row(.json, .jsonc, ".vscode/*.json", "*.code-workspace", "*.jsonc", ".eslintrc.json", ".eslintrc", ".babelrc"),
    Row(.yaml, .yaml, "*.yml", "*.yaml", ".yamllint", ".clang-format", ".clang-tidy"),
    Row(.json, .json, "*.json", "*.sarif", "*.ipynb", "*.webmanifest", ".prettierrc"),
    Row(.toml, .toml, "*.toml", "Cargo.lock", "poetry.lock", "uv.lock", "Pipfile", "Gopkg.lock"),
    Row(
      .xml, .xml, "*.xml", "*.csproj", "*.vbproj", "*.fsproj", "*.props", "*.targets", "*.nuspec", "*.plist", "*.xsd"),
    Row(.xml, .xml, "web.config", "app.config", "packages.config"),
  ]

  /// What keys at the top of a document of a generic format tell, in the order in which they are tried.
  struct ContentRow: Sendable {
    var kind: FileKind
    /// The keys that one document must have at its top, or an element of its list if `isList`.
    var keys: [String]
    var isList = false
  }

  static let contentRows: [ContentRow] = [
    // https://kubernetes.io/docs/concepts/overview/working-with-objects/#required-fields
    ContentRow(kind: .kubernetes, keys: ["apiVersion", "kind"]),
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
    ContentRow(kind: .cloudformation, keys: ["AWSTemplateFormatVersion"]),
    ContentRow(kind: .cloudformation, keys: ["Resources", "Transform"]),
    ContentRow(kind: .cloudformation, keys: ["Resources", "Parameters"]),
    ContentRow(kind: .cloudformation, keys: ["Resources", "Outputs"]),
    // https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_intro.html
    ContentRow(kind: .ansible, keys: ["hosts", "tasks"], isList: true),
    ContentRow(kind: .ansible, keys: ["hosts", "roles"], isList: true),
    ContentRow(kind: .ansible, keys: ["import_playbook"], isList: true),
  ]

  /// Programs that a first line `#!` names and that read shell scripts.
  static let shells: Set<String> = ["sh", "bash", "dash", "ash", "ksh", "mksh", "zsh"]
}
