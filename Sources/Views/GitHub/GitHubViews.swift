internal import Documents
internal import Findings

/// What rules see of workflows and actions of GitHub.
enum GitHubViews {
  static let all = [workflow, job, step, action, expression]

  static let workflow = View(
    "github.workflow", "A workflow of GitHub Actions.", kinds: [.githubWorkflow],
    members: [
      View.Member("triggers", "the names of the events in `on`, however they are written"),
      View.Member(
        "exposed", "those of the triggers that anyone can set off and that run with the rights of the repository"),
      View.Member("permissions", "every scope with `read`, `write` or `none`; absent where none are declared"),
      View.Member(
        "undocumented", "the scopes of `permissions` that are written without a comment behind or above them"),
      View.Member("owned", "whether CODEOWNERS names an owner of the file; unknown where no other file can be read"),
      View.Member("jobs", "a list of the jobs, each as `github.job` has it"),
      View.Member("raw", "the file as it is written, `${{ }}` included"),
      View.Member("…", "every other key as it is written; texts with `${{ }}` are unknown"),
    ]
  ) { file in file.model(GitHubWorkflow.self).top.map { [$0] } ?? [] }

  static let job = View(
    "github.job", "A job of a workflow, with what it takes over from the workflow.", kinds: [.githubWorkflow],
    members: [
      View.Member("id", "its key under `jobs`"), View.Member("workflow", "as `github.workflow` has it"),
      View.Member("permissions", "its own or those of the workflow, every scope with `read`, `write` or `none`"),
      View.Member(
        "undocumented", "the scopes of `permissions` that are written without a comment behind or above them"),
      View.Member("env", "the variables of workflow and job, merged"),
      View.Member("labels", "the labels in `runs-on`, as they are written"), View.Member("needs", "always a list"),
      View.Member("if", "an expression: `text`, `contexts`, `functions`"),
      View.Member("uses", "the reusable workflow that it calls, as an action reference"),
      View.Member("container", "a mapping also where it is written as a text; its `image` is an image reference"),
      View.Member("services", "by name, each as `container`"),
      View.Member("environment", "a mapping also where it is written as a text"),
      View.Member("steps", "a list of the steps, each as `github.step` has it"),
      View.Member("raw", "the job as it is written"),
      View.Member("…", "every other key as it is written; texts with `${{ }}` are unknown"),
    ]
  ) { file in file.model(GitHubWorkflow.self).jobs }

  static let step = View(
    "github.step", "A step of a job or of a composite action, with what it takes over.",
    kinds: [.githubWorkflow, .githubAction],
    members: [
      View.Member("index", "counted from 0 in its job"), View.Member("job", "as `github.job` has it"),
      View.Member("workflow", "as `github.workflow` has it"), View.Member("action", "the composite action, in one"),
      View.Member(
        "uses", "an action reference: `owner`, `name`, `repository`, `path`, `ref`, `kind`, `local`, `comment`"),
      View.Member("run", "a script: `text`, `shell`, `expressions`, `commands`"),
      View.Member("shell", "the shell of `run`: its own, the default of job or workflow, or the runner's"),
      View.Member("env", "the variables of workflow, job and step, merged"),
      View.Member(
        "controls",
        "of those variables that hold a text which others decide on: who does, by name, as `control` of `github.expression`"
      ),
      View.Member("if", "an expression: `text`, `contexts`, `functions`"),
      View.Member("raw", "the step as it is written"),
      View.Member("…", "every other key as it is written (`with`, `name`, …); texts with `${{ }}` are unknown"),
    ]
  ) { file in file.model(GitHubWorkflow.self).steps }

  static let action = View(
    "github.action", "An action of GitHub: the metadata in action.yml.", kinds: [.githubAction],
    members: [
      View.Member("using", "what runs it: `composite`, `node20`, `docker`"),
      View.Member("image", "the image of a docker action, as an image reference"),
      View.Member("raw", "the file as it is written"), View.Member("…", "every other key as it is written"),
    ]
  ) { file in file.model(GitHubWorkflow.self).top.map { [$0] } ?? [] }

  static let expression = View(
    "github.expression", "A `${{ }}`, or an `if` without braces, at its own place.",
    kinds: [.githubWorkflow, .githubAction],
    members: [
      View.Member("text", "without the braces"),
      View.Member("contexts", "those that it reads, in lower case, such as `github.event.issue.title`"),
      View.Member(
        "flows", "those that can be part of its result; `env.NAME` is followed to what the file sets it to"),
      View.Member("functions", "those that it calls, in lower case"),
      View.Member(
        "sources",
        "what it is made of in the end, the gravest first, followed through `env`, outputs of steps and jobs, and inputs and outputs of actions and workflows of the same repository: each a `context` and its `control`"
      ),
      View.Member(
        "control",
        "who decides on the text, the gravest of the sources: `stranger` (anyone, in a run with the rights of the repository), `contributor` (anyone, in a run without them or after a merge), `member` (who may push or start it), `caller`, `unknown`, `none`"
      ),
      View.Member(
        "sinks",
        "of an input of an action or workflow of the same repository: the scripts there that it becomes a part of, each a `text` in a `path`"
      ),
      View.Member("place", "the key of the step, job or workflow that it stands under: `run`, `with`, `env`, `if`, …"),
      View.Member("key", "the nearest key, where it stands deeper: the name of an input or a variable"),
      View.Member("step", "as `github.step` has it"), View.Member("job", "as `github.job` has it"),
      View.Member("workflow", "as `github.workflow` has it"), View.Member("action", "as `github.action` has it"),
    ]
  ) { file in GitHubExpressionWalk.elements(of: file) }
}
