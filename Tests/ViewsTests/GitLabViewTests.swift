import Testing

@Suite("Pipelines of GitLab")
struct GitLabViewTests {
  private static func jobs(_ text: String, _ others: [String: String] = [:]) throws -> ViewSample {
    try ViewSample("gitlab.job", text, path: ".gitlab-ci.yml", others: others)
  }

  @Test(
    "have jobs with all that they take over",
    arguments: [
      ("image: a:1\nj: {script: x}", "string(self.image.name.tag) == '1' && self.stage == 'test'", "true"),
      ("default: {image: {name: a, pull_policy: always}}\nj: {script: x}", "self.image.pull_policy", "always"),
      ("default: {image: a, tags: [t]}\nj: {script: x, inherit: {default: [tags]}}", "has(self.image)", "false"),
      ("default: {image: a, tags: [t]}\nj: {script: x, inherit: {default: false}}", "has(self.tags)", "false"),
      ("default: {image: a}\nj: {script: x, image: null}", "self.image.name.repository", "library/a"),
      (
        ".a: {variables: {A: 1, B: 1}, script: [x]}\n.b: {variables: {B: 2}, script: [y]}\nj: {extends: [.a, .b]}",
        "self.variables.A + self.variables.B + self.script.join(',')", "12y"
      ),
      (".a: {script: [x], tags: [a]}\nj: {extends: .a, tags: null}", "has(self.tags)", "false"),
      (".a: {extends: .b}\n.b: {script: [x]}\nj: {extends: .a}", "self.script[0]", "x"),
      ("j: {script: [x], extends: .gone}", "has(self.image)", "unknown"),
      ("j: {script: [x], extends: .gone}", "self.script[0]", "x"),
      ("j: {extends: .gone, variables: {A: 1}}", "has(self.variables.B)", "unknown"),
      ("j: {extends: .gone, image: a}", "has(self.scripts)", "unknown"),
      (".a: {extends: .b}\n.b: {extends: .a}\nj: {extends: .a, script: [x]}", "has(self.image)", "unknown"),
      (
        ".a: {script: [x, y], v: {w: deep}}\nj: {script: [b, !reference [.a, script]], k: !reference [.a, v, w]}",
        "self.script.join(',') + self.k", "b,x,ydeep"
      ),
      (".a: {script: [!reference [.a, script]]}\nj: {script: [!reference [.a, script]]}", "self.script[0]", "unknown"),
      ("variables: {A: a, B: $A-b}\nj: {image: 'r/${B}:1', script: x}", "self.image.name.repository", "r/a-b"),
      ("variables: {A: a}\nj: {image: $A, variables: {A: own}, script: x}", "self.image.name.name", "own"),
      ("variables: {A: {value: a, description: d}}\nj: {image: $A, script: x}", "self.image.name.name", "a"),
      ("variables: {A: a}\nj: {image: $A, inherit: {variables: false}, script: x}", "self.image.name", "unknown"),
      ("j: {image: $CI_REGISTRY_IMAGE, script: x}", "has(self.image.name)", "unknown"),
      ("j: {script: x}", "has(self.image)", "false"),
      ("variables: {A: $B, B: $A}\nj: {image: $A, script: x}", "self.image.name", "unknown"),
      (
        "variables: {A: a}\nj: {image: $A, script: x, rules: [{if: $X, variables: {A: b}}]}",
        "self.image.name", "unknown"
      ),
      ("j: {script: x, rules: [{if: '$X == \"1\"'}]}", "self.rules[0]['if']", "$X == \"1\""),
      ("j: {script: x, needs: [a, {job: b, artifacts: false}]}", "self.needs.join(',')", "a,b"),
      ("j: {script: x, environment: production}", "self.environment.name", "production"),
      (
        "j: {script: x, services: [a:1, {name: b, alias: c}]}", "self.services[0].name.tag + self.services[1].alias",
        "1c"
      ),
      (
        "before_script: [b]\nj: {script: [x, [y, z]], after_script: [a]}",
        "self.scripts.map(s, s.text).join(',')", "b,x,y,z,a"
      ),
      ("j: {script: x}", "self.pipeline.jobs[0].name + self.pipeline.stages[1]", "jbuild"),
      ("include: {remote: 'https://x.example/a.yml'}\nj: {script: x}", "has(self.image)", "unknown"),
      ("include: {template: A.yml}\nj: {script: x}", "has(self.image)", "false"),
      ("include: {template: A.yml}\nj: {variables: {A: 1}}", "has(self.script)", "unknown"),
      (
        "spec: {inputs: {v: {default: '3'}}}\n---\nj: {image: 'a:$[[ inputs.v ]]', script: x}", "self.image.name.tag",
        "3"
      ),
      ("spec: {inputs: {v: }}\n---\nj: {image: 'a:$[[ inputs.v ]]', script: x}", "self.image.name", "unknown"),
    ])
  func merging(text: String, expression: String, expected: String) throws {
    #expect(try Self.jobs(text).result(expression) == expected, "\(expression) over \(text)")
  }

  @Test("include local files, which the including file wins over")
  func includes() throws {
    let text = """
      include:
        - local: /ci/a.yml
          inputs: {tag: '7'}
      j:
        variables: {A: own}
      """
    let others = [
      "ci/a.yml": "spec: {inputs: {tag: }}\n---\ninclude: ci/b.yml\nj: {script: [x], image: 'a:$[[ inputs.tag ]]'}\n",
      "ci/b.yml": "default: {tags: [t]}\nother: {script: [y]}\nj: {variables: {A: a, B: b}}\n",
    ]
    let sample = try Self.jobs(text, others)
    #expect(sample.identities == ["other", "j"])
    #expect(sample.mark(0) == ".gitlab-ci.yml: /ci/a.yml")
    #expect(sample.mark(1) == ".gitlab-ci.yml: j")
    #expect(
      try sample.result("self.variables.A + self.variables.B + self.image.name.tag + self.tags[0]", at: 1) == "ownb7t")
    #expect(try sample.place("image", at: 1) == "ci/a.yml: image: 'a:$[[ inputs.tag ]]'")
    #expect(try sample.place("variables.B", at: 1) == "ci/b.yml: B: b")
    #expect(try sample.place("variables.A", at: 1) == ".gitlab-ci.yml: A: own")
    #expect(try sample.place("script[0]", at: 1) == "ci/a.yml: x")
  }

  @Test("that include themselves without end are read up to a limit, and say so")
  func endlessInclude() throws {
    let sample = try Self.jobs("include: a.yml\nj: {script: x}\n", ["a.yml": "include: [a.yml, a.yml]\n"])
    #expect(sample.identities == ["j"])
    #expect(sample.notes.contains { $0.contains("includes more files") })
    #expect(try sample.result("has(self.image)") == "unknown")
  }

  @Test("with templates that extend themselves say so")
  func cycle() throws {
    let sample = try Self.jobs("j: {extends: .a}\n.a: {extends: .a}\n")
    #expect(sample.notes == [".a extends itself"])
  }

  @Test("stay small where references and templates multiply")
  func multiplying() throws {
    var text = ".t0: {script: [x, x, x, x, x, x, x, x, x, x]}\n"
    for index in 1...9 {
      let reference = "!reference [.t\(index - 1), script]"
      text += ".t\(index): {script: [\(Array(repeating: reference, count: 10).joined(separator: ", "))]}\n"
    }
    let sample = try Self.jobs(text + "j: {script: !reference [.t9, script]}\n")
    #expect(try sample.result("has(self.script) && size(self.script) > 0") == "unknown")
    #expect(sample.notes.contains { $0.contains("repeat too much") })
  }

  @Test("are elements themselves")
  func pipeline() throws {
    let text = "stages: [a]\ninclude: [{project: p/q, ref: main, file: f.yml}, 'https://x.example/y.yml']\nimage: i\n"
    let sample = try ViewSample("gitlab.pipeline", text, path: "ci/x.gitlab-ci.yml")
    #expect(
      try sample.result("self.stages[0] + self.includes[0].kind + self.includes[1].remote")
        == "aprojecthttps://x.example/y.yml")
    #expect(try sample.result("self.includes[0].ref + self.image + string(size(self.jobs))") == "maini0")
    #expect(try sample.place("includes[0].ref") == "ci/x.gitlab-ci.yml: ref: main")
  }

  @Test("declare their members")
  func members() throws {
    let text = """
      default: {image: a, services: [b]}
      variables: {A: 1}
      workflow: {rules: []}
      include: x.yml
      j: {script: x, before_script: y, after_script: z, environment: e, needs: [k], tags: [t]}
      """
    let jobs = try Self.jobs(text)
    #expect(
      try jobs.undeclared(
        "gitlab.job",
        written: ["tags", "artifacts", "cache", "hooks", "id_tokens", "identity", "interruptible", "retry", "timeout"])
        == [])
    let pipeline = try ViewSample("gitlab.pipeline", text, path: ".gitlab-ci.yml")
    #expect(try pipeline.undeclared("gitlab.pipeline", written: ["default"]) == [])
  }
}
