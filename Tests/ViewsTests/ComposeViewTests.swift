import Testing

@Suite("Compose files")
struct ComposeViewTests {
  private static func services(
    _ text: String, _ others: [String: String] = [:], path: String = "compose.yaml"
  ) throws -> ViewSample {
    try ViewSample("compose.service", text, path: path, others: others)
  }

  @Test(
    "have services in one form, however they are written",
    arguments: [
      ("{image: 'a:1'}", "self.image.tag", "1"),
      ("{image: 'a:${TAG:-2}'}", "self.image.tag", "2"),
      ("{image: 'a:${TAG}'}", "self.image", "unknown"),
      ("{image: 'a:${TAG:+x}'}", "has(self.image)", "unknown"),
      ("{ports: ['127.0.0.1:80:8080/udp']}", "self.ports.all(p, p.host_ip == '127.0.0.1' && p.target == 8080)", "true"),
      ("{ports: ['127.0.0.1:80:8080/udp']}", "self.ports[0].published + self.ports[0].protocol", "80udp"),
      ("{ports: ['80:8080']}", "has(self.ports[0].host_ip)", "false"),
      ("{ports: ['${P}:8080']}", "has(self.ports[0].host_ip)", "unknown"),
      ("{ports: ['127.0.0.1:${P}:8080']}", "self.ports[0].host_ip", "127.0.0.1"),
      ("{ports: ['${A:-127.0.0.1:80}:8080']}", "self.ports[0].host_ip", "127.0.0.1"),
      ("{ports: ['[::1]:80:8080']}", "self.ports[0].host_ip", "::1"),
      ("{ports: ['::1:80:8080']}", "self.ports[0].host_ip", "::1"),
      ("{ports: [8080]}", "self.ports[0].target == 8080 && !has(self.ports[0].published)", "true"),
      ("{ports: [{target: 80, host_ip: h}]}", "self.ports[0].host_ip", "h"),
      ("{volumes: ['/a:/b:ro,z']}", "self.volumes[0].read_only && self.volumes[0].type == 'bind'", "true"),
      ("{volumes: ['vol:/b']}", "self.volumes[0].type + self.volumes[0].source", "volumevol"),
      ("{volumes: ['vol:/b']}", "self.volumes[0].target", "/b"),
      ("{volumes: ['./${X}:/b']}", "self.volumes[0].type", "bind"),
      ("{volumes: ['${X}:/b']}", "self.volumes[0].type", "unknown"),
      ("{volumes: ['C:\\a:/b']}", "self.volumes[0].type + self.volumes[0].target", "bind/b"),
      ("{volumes: [/b]}", "has(self.volumes[0].source)", "false"),
      ("{environment: [A=b=c, D]}", "self.environment.A", "b=c"),
      ("{environment: [A=b, D]}", "self.environment.D == null", "true"),
      ("{environment: {A: b}}", "self.environment.A", "b"),
      ("{labels: [a=b]}", "self.labels.a", "b"),
      ("{build: ./x}", "self.build.context", "./x"),
      ("{build: {context: ., args: [A=1]}}", "self.build.args.A", "1"),
      ("{depends_on: [a]}", "self.depends_on.a.condition", "service_started"),
      ("{env_file: a.env}", "self.env_file[0].path", "a.env"),
      ("{networks: [n]}", "has(self.networks.n)", "true"),
      ("{secrets: [n]}", "self.secrets[0].source", "n"),
      ("{privileged: '${P:-true}'}", "self.privileged == true", "false"),
      ("{privileged: \"${P:-true}\"}", "self.privileged", "true"),
      ("{command: run it}", "self.scripts[0].text", "run it"),
      ("{command: [bash, -ec, run it]}", "self.scripts[0].text", "run it"),
      ("{command: [run, it]}", "has(self.scripts)", "false"),
      ("{extends: {service: gone}, image: a}", "has(self.read_only)", "unknown"),
      ("{extends: {service: x, file: gone.yml}, image: a}", "self.image.name", "a"),
    ])
  func forms(service: String, expression: String, expected: String) throws {
    let sample = try Self.services("services:\n  s: \(service)\n")
    #expect(try sample.result(expression) == expected, "\(expression) over \(service)")
  }

  @Test("take values from .env beside them")
  func environment() throws {
    let sample = try Self.services(
      "services: {s: {image: 'a:${TAG:-2}', user: '${X}'}}\n", ["d/.env": "TAG=3\nX=$Y\n"], path: "d/compose.yml")
    #expect(try sample.result("self.image.tag") == "3")
    #expect(try sample.result("self.user") == "unknown")
  }

  private static let base = """
    services:
      s:
        image: a:1
        ports: ["80:80"]
        command: [a, b]
        environment: {A: 1, B: 1}
        volumes: ["one:/v"]
        cap_add: [ALL]
        dns: [1.1.1.1]
    """

  private static let override = """
    services:
      s:
        ports: ["81:80"]
        command: [c]
        environment: [B=2]
        volumes: ["two:/v"]
        cap_add: !reset []
        dns: !override [8.8.8.8]
        privileged: true
      t: {image: b}
    """

  @Test(
    "have the override laid over them",
    arguments: [
      ("self.image.tag", "1"), ("self.ports.map(p, p.published).join(',')", "80,81"), ("self.command.join(',')", "c"),
      ("string(self.environment.A) + self.environment.B", "12"), ("self.volumes.map(v, v.source).join(',')", "two"),
      ("has(self.cap_add)", "false"), ("self.dns.join(',')", "8.8.8.8"), ("self.privileged", "true"),
      ("self.file.services[1].name", "t"),
    ])
  func overrides(expression: String, expected: String) throws {
    let sample = try Self.services(Self.base, ["compose.override.yml": Self.override])
    #expect(sample.identities == ["services/s", "services/t"])
    #expect(try sample.result(expression) == expected)
  }

  @Test("say where each value is written")
  func places() throws {
    let sample = try Self.services(Self.base, ["compose.override.yml": Self.override])
    #expect(sample.mark(0) == "compose.yaml: s")
    #expect(sample.mark(1) == "compose.yaml: services")
    #expect(try sample.place("image") == "compose.yaml: image: a:1")
    #expect(try sample.place("privileged") == "compose.override.yml: privileged: true")
    #expect(try sample.place("environment.B") == "compose.override.yml: B=2")
    #expect(try sample.place("ports[0]") == "compose.yaml: \"80:80\"")
    #expect(try sample.place("ports[1].published") == "compose.override.yml: \"81:80\"")
  }

  @Test("that override another one yield nothing by themselves")
  func overrideAlone() throws {
    let others = ["docker-compose.yaml": "services: {}\n"]
    #expect(try Self.services("services: {s: {}}\n", others, path: "docker-compose.override.yml").elements.isEmpty)
    #expect(
      try Self.services("services: {s: {}}\n", [:], path: "docker-compose.override.yml").identities == ["services/s"])
  }

  @Test("have services that extend others, of other files too")
  func extends() throws {
    let text = "services:\n  s: {extends: {service: b, file: ../x/base.yml}, cap_drop: [A]}\n  t: {extends: s}\n"
    let others = ["x/base.yml": "services:\n  b: {extends: c, cap_drop: [B]}\n  c: {read_only: true}\n"]
    let sample = try Self.services(text, others, path: "d/compose.yaml")
    #expect(try sample.result("self.cap_drop.join(',')", at: 1) == "B,A")
    #expect(try sample.result("self.read_only", at: 1) == "true")
    #expect(try sample.result("has(self.privileged)", at: 1) == "false")
    #expect(try sample.place("read_only", at: 1) == "x/base.yml: read_only: true")
  }

  @Test("with services that extend themselves say so")
  func cycle() throws {
    let sample = try Self.services("services:\n  a: {extends: b}\n  b: {extends: a}\n")
    #expect(sample.notes.contains { $0.contains("extends itself") })
    #expect(try sample.result("has(self.image)") == "unknown")
  }

  @Test("declare their members")
  func members() throws {
    let services = try Self.services(
      Self.base, ["compose.override.yml": "services: {s: {command: x, build: ., labels: [a=b]}}\n"])
    #expect(try services.undeclared("compose.service", written: ["cap_add", "dns"]) == [])
    let file = try ViewSample("compose.file", Self.base + "\nvolumes: {x: }\n", path: "compose.yaml")
    #expect(try file.undeclared("compose.file", written: ["volumes"]) == [])
  }
}
