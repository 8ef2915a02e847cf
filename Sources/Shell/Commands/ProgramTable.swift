/// What is known of the commonest programs: which of their flags take a value, which of them start others.
///
/// From the manual pages of each, as of 2026; a flag that is missing here makes its value an operand.
enum ProgramTable {
  /// Flags whose value is the next word, long ones also with `=`.
  static let flagsWithValues: [String: Set<String>] = [
    "curl": [
      "-o", "--output", "-H", "--header", "-d", "--data", "--data-binary", "--data-raw", "--data-urlencode", "-u",
      "--user", "-X", "--request", "-A", "--user-agent", "-e", "--referer", "-F", "--form", "-T", "--upload-file", "-x",
      "--proxy", "-b", "--cookie", "-c", "--cookie-jar", "-m", "--max-time", "--connect-timeout", "--retry",
      "--retry-delay", "--retry-max-time", "-w", "--write-out", "-E", "--cert", "--key", "--cacert", "--capath", "-K",
      "--config", "--resolve", "-r", "--range", "--url", "--ciphers", "-z", "--time-cond", "--proto", "--output-dir",
    ],
    "wget": [
      "-O", "--output-document", "-P", "--directory-prefix", "-o", "--output-file", "-T", "--timeout", "-t", "--tries",
      "-U", "--user-agent", "--header", "--user", "--password", "--post-data", "--post-file", "-i", "--input-file",
      "-e",
      "--execute", "-w", "--wait",
    ],
    "apt-get": ["-o", "--option", "-t", "--target-release", "-c", "--config-file", "-a"],
    "apt": ["-o", "--option", "-t", "--target-release", "-c", "--config-file", "-a"],
    "apk": ["-t", "--virtual", "-X", "--repository", "-p", "--root", "--repositories-file", "--keys-dir"],
    "dnf": ["--enablerepo", "--disablerepo", "--repo", "--setopt", "--releasever", "-x", "--exclude", "--installroot"],
    "yum": ["--enablerepo", "--disablerepo", "--setopt", "--releasever", "-x", "--exclude", "-c", "--installroot"],
    "pip": pip, "pip3": pip,
    "npm": [
      "--registry", "--prefix", "-C", "-w", "--workspace", "--tag", "--loglevel", "--cache", "--omit", "--include",
    ],
    "git": ["-C", "-c", "--git-dir", "--work-tree", "-b", "--branch", "--depth", "-m", "--message", "-o", "--origin"],
    "tar": ["-f", "--file", "-C", "--directory", "--exclude", "--strip-components", "-T", "--files-from", "-I"],
    "docker": [
      "-H", "--host", "-f", "--file", "-t", "--tag", "--build-arg", "-v", "--volume", "-e", "--env", "--env-file", "-p",
      "--publish", "--name", "--network", "-u", "--user", "-w", "--workdir", "--mount", "--platform", "--target",
      "--password", "--username", "--entrypoint", "--cap-add", "--security-opt", "-l", "--label", "--secret",
    ],
    "ssh": ["-i", "-p", "-o", "-l", "-F", "-L", "-R", "-D", "-J", "-c", "-E", "-W"],
    "scp": ["-i", "-P", "-o", "-F", "-J", "-c", "-l"],
    "chown": ["--from", "--reference"], "chmod": ["--reference"],
    "useradd": [
      "-u", "--uid", "-g", "--gid", "-G", "--groups", "-d", "--home-dir", "--home", "-s", "--shell", "-c", "--comment",
      "-b", "--base-dir", "-p", "--password", "-k", "--skel",
    ],
    "adduser": ["-u", "--uid", "-G", "-g", "--gid", "-h", "--home", "-s", "--shell", "--gecos", "--ingroup"],
    "su": ["-c", "--command", "-s", "--shell", "-g", "--group", "-G", "-w"],
    "gpg": ["--keyserver", "--homedir", "--passphrase", "-o", "--output", "-u", "--local-user", "-r", "--recipient"],
    "python": ["-m", "-c", "-W", "-X"], "python3": ["-m", "-c", "-W", "-X"],
    "make": ["-C", "--directory", "-f", "--file", "-I", "-o", "-W"],
    "kubectl": [
      "-n", "--namespace", "-f", "--filename", "--context", "--kubeconfig", "-l", "--selector", "-o", "--output",
    ],
    "helm": ["-n", "--namespace", "-f", "--values", "--set", "--version", "--kube-context"],
    "mysql": ["-u", "--user", "-h", "--host", "-P", "--port", "-D", "-e"],
    "psql": ["-U", "-h", "-p", "-d", "-c", "-f", "-v"],
    "install": ["-m", "--mode", "-o", "--owner", "-g", "--group", "-t", "-S"],
    "mkdir": ["-m", "--mode"],
  ]

  private static let pip: Set<String> = [
    "-r", "--requirement", "-c", "--constraint", "-e", "--editable", "-i", "--index-url", "--extra-index-url", "-f",
    "--find-links", "-t", "--target", "--prefix", "--root", "--trusted-host", "--cache-dir", "--timeout", "--retries",
    "--proxy", "--cert", "--platform", "--python-version", "--no-binary", "--only-binary", "-d", "--dest", "--src",
    "--progress-bar", "--log",
  ]

  /// How a program that starts another one takes its own arguments.
  struct Wrapper {
    /// Flags whose value is the next word.
    var flagsWithValues: Set<String> = []
    /// Operands before the command: the duration of `timeout`.
    var operands = 0
    /// Whether `NAME=value` may stand before the command.
    var takesAssignments = false
    /// With one of these it starts nothing.
    var queries: Set<String> = []
  }

  static let wrappers: [String: Wrapper] = [
    "sudo": Wrapper(
      flagsWithValues: [
        "-u", "--user", "-g", "--group", "-h", "--host", "-p", "--prompt", "-C", "-r", "-t", "-T", "-U", "-D", "-R",
      ], takesAssignments: true, queries: ["-l", "--list", "-v", "--validate", "-k", "-K", "-V", "--version"]),
    "doas": Wrapper(flagsWithValues: ["-u", "-C"], queries: ["-L"]),
    "env": Wrapper(
      flagsWithValues: ["-u", "--unset", "-C", "--chdir"], takesAssignments: true, queries: ["--version", "--help"]),
    "exec": Wrapper(flagsWithValues: ["-a"]), "command": Wrapper(queries: ["-v", "-V"]), "builtin": Wrapper(),
    "nohup": Wrapper(), "time": Wrapper(flagsWithValues: ["-f", "--format", "-o", "--output"]),
    "nice": Wrapper(flagsWithValues: ["-n", "--adjustment"]),
    "ionice": Wrapper(flagsWithValues: ["-c", "--class", "-n", "--classdata"]),
    "timeout": Wrapper(flagsWithValues: ["-s", "--signal", "-k", "--kill-after"], operands: 1),
    "xargs": Wrapper(
      flagsWithValues: [
        "-I", "-n", "--max-args", "-P", "--max-procs", "-L", "--max-lines", "-d", "--delimiter", "-a", "--arg-file",
        "-s", "-E",
      ]),
    "busybox": Wrapper(queries: ["--list", "--install"]), "setsid": Wrapper(),
    "stdbuf": Wrapper(flagsWithValues: ["-i", "-o", "-e"]), "chroot": Wrapper(operands: 1),
    "gosu": Wrapper(operands: 1), "su-exec": Wrapper(operands: 1), "tini": Wrapper(), "dumb-init": Wrapper(),
    "unbuffer": Wrapper(), "catchsegv": Wrapper(), "fakeroot": Wrapper(), "eatmydata": Wrapper(),
  ]

  static let shells: Set<String> = ["sh", "bash", "dash", "ash", "ksh", "mksh", "zsh"]
}
