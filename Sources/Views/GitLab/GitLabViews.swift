internal import Documents

/// What rules see of pipelines of GitLab.
enum GitLabViews {
  static let all = [pipeline, job]

  static let pipeline = View(
    "gitlab.pipeline", "A pipeline of GitLab CI/CD, with what its local includes bring.", kinds: [.gitlabCI],
    members: [
      View.Member("stages", "a list of the names; GitLab's own where none are declared"),
      View.Member(
        "includes",
        "what it includes: `kind` (`local`, `remote`, `project`, `template`, `component`) and the fields that are written"
      ),
      View.Member("variables", "the texts of the global variables; unknown where they depend on a variable of the run"),
      View.Member("workflow", "as it is written"),
      View.Member("jobs", "a list of the jobs, each as `gitlab.job` has it"),
      View.Member("raw", "the file as it is written, without what it includes"),
      View.Member("…", "the other global keywords (`default`, `image`, `cache`, …), merged"),
    ]
  ) { file in file.model(GitLabPipeline.self).pipeline.map { [$0] } ?? [] }

  static let job = View(
    "gitlab.job",
    "A job of a pipeline, with what it takes over by `default`, `extends`, `!reference` and local includes.",
    kinds: [.gitlabCI],
    members: [
      View.Member("name", "its key"), View.Member("pipeline", "as `gitlab.pipeline` has it"),
      View.Member("stage", "`test` where none is written"),
      View.Member("image", "a mapping also where it is written as a text; its `name` is an image reference"),
      View.Member("services", "a list, each as `image`"),
      View.Member("environment", "a mapping also where it is written as a text"),
      View.Member("needs", "always a list of the names of jobs"),
      View.Member("variables", "the texts of the variables of pipeline and job, merged"),
      View.Member(
        "controls",
        "who decides on the texts of variables: `contributor` or `member` by name, for predefined ones, for those made of them, and for those that jobs report in dotenv files"
      ),
      View.Member("before_script", "a flat list of texts"), View.Member("script", "a flat list of texts"),
      View.Member("after_script", "a flat list of texts"),
      View.Member("scripts", "all of them in the order in which they run, as scripts: `text`, `shell`, `commands`"),
      View.Member("raw", "the job as it is written"),
      View.Member(
        "…",
        "every other key (`rules`, `only`, `tags`, `artifacts`, …), merged; unknown where a template is not to be had"),
    ]
  ) { file in file.model(GitLabPipeline.self).jobs }
}
