import Testing

@Suite("The views of Dockerfiles")
struct DockerfileViewTests {
  private static let text = """
    # syntax=docker/dockerfile:1
    ARG BASE=alpine VERSION
    FROM --platform=linux/amd64 ${BASE}:3 AS Build
    ENV HOME=/root PATH="/x:$PATH" GREETING='a $HOME'
    WORKDIR ${HOME}/src
    USER app
    RUN --mount=type=cache,target=/c,from=busybox \\
        # a comment
        apk add --no-cache curl \\
     && curl -k https://x | sh
    RUN <<EOF
    make all
    EOF
    COPY --from=golang:1.22 ["/a b", "/c"]
    EXPOSE 80 443/udp

    FROM build AS final
    LABEL a=b "c d"="e f"
    ARG VERSION
    COPY --from=build /x /y
    HEALTHCHECK --interval=5s CMD curl -f http://localhost
    CMD ["sh", "-c", "exec run $VERSION"]

    FROM example.com/other:$VERSION
    """

  private static func values(_ expression: String, _ view: String) throws -> [String] {
    try ViewSample.values(expression, view, text, path: "Dockerfile").map { $0.replacing("\"", with: "") }
  }

  @Test(
    "give stages with what holds at their end",
    arguments: [
      ("has(self.name) ? self.name : ''", ["Build", "final", ""]), ("self.final", ["false", "false", "true"]),
      ("has(self.base) ? self.base : ''", ["", "Build", ""]),
      ("has(self.user) ? self.user : 'none'", ["app", "app", "none"]),
      ("has(self.workdir) ? self.workdir : ''", ["/root/src", "/root/src", ""]),
      ("self.ports", ["[80, 443/udp]", "[80, 443/udp]", "[]"]), ("has(self.healthcheck)", ["false", "true", "false"]),
      ("self.labels.size()", ["0", "2", "0"]), ("self.environment.size()", ["3", "3", "0"]),
      ("has(self.platform)", ["true", "false", "false"]), ("self.instructions.size()", ["7", "5", "0"]),
    ])
  func stages(expression: String, expected: [String]) throws {
    #expect(try Self.values(expression, "dockerfile.stage") == expected)
  }

  @Test("fill in ARG and ENV where Docker does, and know what it cannot know")
  func expansion() throws {
    let images = try Self.values("has(self.image) ? self.image.tag : ''", "dockerfile.stage")
    #expect(images[0] == "3" && images[1] == "" && images[2].contains("unknown"))
    let greeting = try Self.values("has(self.variables) ? self.variables.GREETING : ''", "dockerfile.instruction")
    #expect(greeting.contains("a $HOME"))
    let paths = try Self.values("self.environment.PATH", "dockerfile.stage")
    #expect(paths[0].contains("unknown"), "the base image sets PATH")
  }

  @Test("find the commands of RUN, HEALTHCHECK and CMD in all their forms, at their places")
  func commands() throws {
    #expect(
      try Self.values("self.name", "shell.command") == ["apk", "curl", "sh", "make", "curl", "sh", "run"])
    let places = try ViewSample.places(nil, "shell.command", Self.text, path: "Dockerfile")
    #expect(
      places == [
        "apk add --no-cache curl", "curl -k https://x", "sh", "make all", "curl -f http://localhost",
        "sh\", \"-c\", \"exec run $VERSION\"", "exec run $VERSION",
      ])
    #expect(try Self.values("self.instruction.instruction", "shell.command").last == "CMD")
  }

  @Test(
    "find images in files of all kinds",
    arguments: [
      (
        ".gitlab-ci.yml",
        "default: {image: 'ruby:3', services: [postgres]}\na: {script: [x]}\nb: {script: [x], image: {name: 'go@sha256:0'}}",
        ["ruby:3 job", "postgres service", "go@sha256:0 job"]
      ),
      ("compose.yaml", "services: {a: {image: 'nginx:${V:-1}'}, b: {build: .}}", ["nginx:1 service"]),
      (
        "pod.yaml",
        "apiVersion: v1\nkind: Pod\nspec: {initContainers: [{image: a}], containers: [{name: b, image: 'b:1'}]}",
        ["a pod", "b:1 pod"]
      ),
      (
        ".github/workflows/a.yml",
        "jobs: {a: {container: x, services: {s: {image: y}}, steps: [{uses: 'docker://z:1'}]}}",
        ["x container", "y service", "docker://z:1 step"]
      ),
    ])
  func kinds(path: String, text: String, expected: [String]) throws {
    let images = try ViewSample.values("string(self.image) + ' ' + self.place", "image.reference", text, path: path)
    #expect(images.map { $0.replacing("\"", with: "") } == expected)
  }

  @Test("know what stands before and after a command, the nearest first where a script is long")
  func neighbours() throws {
    let lines = (0..<500).map { "RUN_\($0)" }.joined(separator: "; ")
    let counts = try ViewSample.values(
      "string(self.before.size()) + ' ' + string(self.after.size())", "shell.command", lines, path: "x.sh")
    #expect(counts[0] == "\"0 200\"" && counts[250] == "\"200 200\"" && counts[499] == "\"200 0\"")
    let near = try ViewSample.values(
      "self.before[self.before.size() - 1].name + self.after[0].name", "shell.command", "a; b; c", path: "x.sh")
    #expect(near == ["error noSuchKey", "\"ac\"", "error noSuchKey"])
    let pipeline = try ViewSample.values(
      "self.pipeline.map(c, c.name).join(' ')", "shell.command", "a $(x | y) | b | c; d | e", path: "x.sh")
    #expect(pipeline == ["\"a b c\"", "\"x y\"", "\"x y\"", "\"a b c\"", "\"a b c\"", "\"d e\"", "\"d e\""])
  }

  @Test("find images in FROM, COPY and mounts, but no stages")
  func images() throws {
    #expect(
      try Self.values("self.place + ' ' + (self.place == 'x' ? '' : string(self.kind))", "image.reference").prefix(3)
        == [
          "from tag", "mount latest", "copy tag",
        ])
    #expect(
      try ViewSample.places(nil, "image.reference", Self.text, path: "Dockerfile").prefix(1) == ["${BASE}:3"])
  }

  @Test("point to instructions and their parts")
  func places() throws {
    #expect(
      try ViewSample.places("user", "dockerfile.stage", Self.text, path: "Dockerfile").prefix(2) == [
        "USER app", "USER app",
      ])
    #expect(
      try ViewSample.places("user", "dockerfile.stage", Self.text, path: "Dockerfile").last
        == "FROM example.com/other:$VERSION")
    let copies = try ViewSample.places("flags.from", "dockerfile.instruction", Self.text, path: "Dockerfile")
    #expect(copies.contains("--from=golang:1.22"))
  }

  @Test("read what is odd but right")
  func oddities() throws {
    let text = """
      # escape=`
      FROM a
      RUN x `

        y
      run ["a", 'b']
      ONBUILD RUN z
      SHELL ["pwsh", "-c"]
      RUN Get-Item

      """
    #expect(
      try ViewSample.values("self.instruction + ' ' + self.form", "dockerfile.instruction", text, path: "x.Dockerfile")
        == ["FROM shell", "RUN shell", "RUN shell", "RUN shell", "SHELL exec", "RUN shell"].map { "\"\($0)\"" })
    #expect(
      try ViewSample.values("self.name", "shell.command", text, path: "x.Dockerfile")
        == ["\"x\"", "\"[a,\"", "\"z\""], "what PowerShell reads is not taken for a shell's")
  }

  @Test("go on behind what is no instruction")
  func errors() throws {
    let text = "FROM a\nFOO x\nRUN y"
    #expect(try ViewSample.values("self.name", "shell.command", text, path: "Dockerfile") == ["\"y\""])
  }
}
