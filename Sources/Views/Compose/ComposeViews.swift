internal import Documents

/// What rules see of Compose files.
enum ComposeViews {
  static let all = [file, service]

  static let file = View(
    "compose.file",
    "A Compose file with the override beside it; an override whose base is there yields nothing by itself.",
    kinds: [.compose],
    members: [
      View.Member("services", "a list of the services, each as `compose.service` has it"),
      View.Member("raw", "the file as it is written, without its override"),
      View.Member("…", "every other key (`networks`, `volumes`, `secrets`, …), merged, variables filled in"),
    ]
  ) { file in file.model(ComposeFile.self).top.map { [$0] } ?? [] }

  static let service = View(
    "compose.service", "A service of a Compose file, with what it extends and what the override brings.",
    kinds: [.compose],
    members: [
      View.Member("name", "its key under `services`"), View.Member("file", "as `compose.file` has it"),
      View.Member("image", "an image reference"),
      View.Member("build", "a mapping also where it is written as a text; `args` and `labels` are maps"),
      View.Member("ports", "a list: `target`, `published`, `host_ip`, `protocol`"),
      View.Member("volumes", "a list: `type`, `source`, `target`, `read_only`"),
      View.Member("environment", "a map; null for a variable that is passed on"), View.Member("labels", "a map"),
      View.Member("command", "a text or a list of words"), View.Member("entrypoint", "a text or a list of words"),
      View.Member(
        "scripts", "`entrypoint` and `command` where each is one text, or a text for a shell's `-c`: `text`, `commands`"
      ),
      View.Member("depends_on", "a map by service, each with `condition`"),
      View.Member("env_file", "a list: `path`, `required`"), View.Member("networks", "a map by network"),
      View.Member("secrets", "a list: `source`, `target`"), View.Member("configs", "a list: `source`, `target`"),
      View.Member("raw", "the service as it is written"),
      View.Member("…", "every other key, merged, variables filled in; unknown where what it extends is not to be had"),
    ]
  ) { file in file.model(ComposeFile.self).services }
}
