internal import Documents

/// What rules see of Dockerfiles.
enum DockerfileViews {
  static let all = [stage, instruction]

  static let stage = View(
    "dockerfile.stage", "A build stage: a FROM and what follows it, with what holds at its end.", kinds: [.dockerfile],
    members: [
      View.Member("index", "counted from 0"), View.Member("name", "what stands behind AS; absent without"),
      View.Member("final", "whether it is the last one, which makes the image"),
      View.Member("image", "the base image as an image reference, after ARG; absent for a stage on an earlier one"),
      View.Member("base", "the name or number of the earlier stage that it goes on from"),
      View.Member("platform", "of FROM"),
      View.Member("instructions", "a list, each as `dockerfile.instruction` has it"),
      View.Member("user", "the last USER, also that of the stage that it goes on from; absent without"),
      View.Member("workdir", "the last WORKDIR, in the same way"), View.Member("stopsignal", "the last STOPSIGNAL"),
      View.Member("entrypoint", "the arguments of the last ENTRYPOINT"),
      View.Member("command", "the arguments of the last CMD"),
      View.Member("healthcheck", "the arguments of the last HEALTHCHECK; absent without"),
      View.Member("ports", "all of EXPOSE"), View.Member("environment", "the variables of ENV, by name"),
      View.Member("labels", "those of LABEL, by name"),
    ]
  ) { file in file.model(DockerfileModel.self).stages }

  static let instruction = View(
    "dockerfile.instruction", "An instruction of a Dockerfile.", kinds: [.dockerfile],
    members: [
      View.Member("instruction", "its name in upper case"), View.Member("index", "counted from 0 in the file"),
      View.Member("stage", "as `dockerfile.stage` has it; absent before the first FROM"),
      View.Member("text", "what stands behind the flags, as it is written, on one line"),
      View.Member("form", "`shell`, or `exec` for a list of JSON"),
      View.Member("flags", "by name without dashes, such as `self.flags.from`"),
      View.Member("arguments", "words, after ARG and ENV where Docker fills them in; the command of a RUN is one"),
      View.Member("variables", "what ENV, ARG and LABEL set, by name; an ARG without default is unknown"),
      View.Member("image", "of FROM, as an image reference"), View.Member("sources", "of COPY and ADD"),
      View.Member("destination", "of COPY and ADD"),
      View.Member("script", "of RUN, CMD, ENTRYPOINT and HEALTHCHECK: `text`, `shell`, `commands`"),
      View.Member("onbuild", "whether it stands behind ONBUILD"),
    ]
  ) { file in file.model(DockerfileModel.self).instructions }
}
