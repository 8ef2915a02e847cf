import Findings
import Testing

@testable import Documents

@Suite("FileRecognition")
struct FileRecognitionTests {
  @Test(
    "knows files by their names",
    arguments: [
      ("Dockerfile", FileKind.dockerfile, FileFormat.dockerfile), ("a/b.Dockerfile", .dockerfile, .dockerfile),
      ("Dockerfile.prod", .dockerfile, .dockerfile), ("x/Containerfile", .dockerfile, .dockerfile),
      ("dockerfile", .dockerfile, .dockerfile), ("docker-compose.yml", .compose, .yaml),
      ("docker-compose.override.yaml", .compose, .yaml), ("compose.prod.yaml", .compose, .yaml),
      (".github/workflows/ci.yml", .githubWorkflow, .yaml), ("sub/.github/workflows/ci.yaml", .githubWorkflow, .yaml),
      (".github/workflows/deep/ci.yml", .yaml, .yaml), ("workflows/ci.yml", .yaml, .yaml),
      ("action.yml", .githubAction, .yaml), (".github/actions/x/action.yaml", .githubAction, .yaml),
      (".gitlab-ci.yml", .gitlabCI, .yaml), ("ci/build.gitlab-ci.yml", .gitlabCI, .yaml),
      (".github/dependabot.yml", .dependabot, .yaml), ("dependabot.yml", .yaml, .yaml),
      (".pre-commit-config.yaml", .preCommit, .yaml), ("azure-pipelines-pr.yml", .azurePipelines, .yaml),
      (".circleci/config.yml", .circleCI, .yaml), (".npmrc", .npmrc, .keyValue(.npmrc)),
      ("~/.pypirc", .pypirc, .keyValue(.ini)),
      (".netrc", .netrc, .keyValue(.netrc)), ("a/package.json", .packageJSON, .json),
      ("tsconfig.json", .tsconfig, .jsonc),
      ("tsconfig.app.json", .tsconfig, .jsonc), (".vscode/settings.json", .json, .jsonc), ("main.tf", .terraform, .hcl),
      ("main.tf.json", .terraform, .json), ("prod.auto.tfvars", .terraform, .hcl),
      ("pyproject.toml", .pyproject, .toml),
      ("Cargo.toml", .cargo, .toml), ("x.toml", .toml, .toml), ("setup.cfg", .ini, .keyValue(.ini)),
      (".editorconfig", .editorconfig, .keyValue(.editorconfig)), (".env", .dotenv, .keyValue(.dotenv)),
      (".env.local", .dotenv, .keyValue(.dotenv)), ("prod.env", .dotenv, .keyValue(.dotenv)),
      ("app.properties", .properties, .keyValue(.properties)), ("pom.xml", .mavenPOM, .xml),
      ("NuGet.Config", .nugetConfig, .xml), ("settings.xml", .mavenSettings, .xml), ("a.XML", .xml, .xml),
      ("run.sh", .shell, .shell), ("Makefile", .makefile, .makefile), ("x/rules.mk", .makefile, .makefile),
      ("Jenkinsfile", .jenkinsfile, .groovy), ("Chart.yaml", .helmChart, .yaml), ("a.b.json", .json, .json),
      (".aws/credentials", .ini, .keyValue(.ini)), (".git/config", .ini, .keyValue(.ini)),
    ] as [(String, FileKind, FileFormat)])
  func names(path: String, kind: FileKind, format: FileFormat) throws {
    let found = try #require(FileRecognition(path: SourcePath(path)), "\(path)")
    #expect(found.kind == kind)
    #expect(found.format == format)
  }

  @Test(
    "knows nothing of other files",
    arguments: [
      "main.swift", "README.md", "Dockerfile.j2", "Dockerfile.md", "dockerfile/x.py", "yml", "", "a/", ".", "env",
    ])
  func others(path: String) {
    #expect(FileRecognition(path: SourcePath(path)) == nil)
    let nothing: [UInt8] = []
    let found = FileRecognition(path: SourcePath(path), content: nothing.span)
    #expect(found == nil)
  }

  @Test(
    "knows files by their content where the name does not decide",
    arguments: [
      ("a.yaml", "apiVersion: v1\nkind: Pod\n", FileKind.kubernetes),
      ("a.yaml", "# x\n---\na: 1\n---\n\"kind\": Pod\napiVersion: v1\n", .kubernetes),
      ("a.yaml", "apiVersion: v1\n---\nkind: Pod\n", .yaml), ("a.yaml", "x:\n  apiVersion: v1\n  kind: Pod\n", .yaml),
      ("a.yaml", "{apiVersion: v1, kind: Pod}", .yaml),
      ("a.yaml", "{\"apiVersion\": \"v1\", \"kind\": \"Pod\"}", .kubernetes),
      ("a.json", "{\"kind\": \"List\", \"items\": [], \"apiVersion\" : \"v1\"}", .kubernetes),
      ("a.json", "{\"x\": {\"kind\": 1, \"apiVersion\": 1}}", .json), ("a.json", "[\"kind\", \"apiVersion\"]", .json),
      ("a.yml", "AWSTemplateFormatVersion: '2010-09-09'\r\nResources:\r\n", .cloudformation),
      ("a.json", "{\"Resources\": {}, \"Outputs\": {}}", .cloudformation),
      ("site.yml", "---\n- hosts: all\n  tasks:\n    - x\n", .ansible),
      ("x.yml", "- name: a\n  hosts: b\n  roles: []\n", .ansible),
      ("x.yml", "- hosts: a\n- tasks: b\n", .ansible), ("x.yml", "- import_playbook: y.yml\n", .ansible),
      ("x.yml", "hosts: a\ntasks: b\n", .yaml),
      ("c/templates/d.yaml", "kind: {{ .Values.kind }}\napiVersion: v1\n", .helmTemplate),
      ("c/templates/d.yaml", "kind: Pod\napiVersion: v1\n", .kubernetes), ("d.yaml", "a: {{ x }}\n", .yaml),
      ("templates/d.yaml", "a: ${{ x }}\n", .yaml), ("script", "#!/bin/bash\nls", .shell),
      ("script", "#!/usr/bin/env -S bash -e\n", .shell), ("script", "#! /bin/sh", .shell),
    ] as [(String, String, FileKind)])
  func contents(path: String, text: String, kind: FileKind) throws {
    let bytes = text.bytes
    let found = FileRecognition(path: SourcePath(path), content: bytes.span)
    #expect(found?.kind == kind)
  }

  @Test(
    "takes no other program's script for a shell's",
    arguments: ["#!/usr/bin/env python3\n", "#!/bin/bashful", "#!", "x"])
  func scripts(text: String) {
    let bytes = text.bytes
    let found = FileRecognition(path: SourcePath("script"), content: bytes.span)
    #expect(found == nil)
  }

  @Test("has a row or a content for each kind")
  func completeness() {
    let named = Set(FileKindTable.rows.compactMap(\.kind)).union(FileKindTable.contentRows.map(\.kind))
    #expect(Set(FileKind.allCases).subtracting(named) == [.helmTemplate])
  }
}
