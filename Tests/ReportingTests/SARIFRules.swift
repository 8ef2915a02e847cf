import Foundation
import TestSupport

/// The rules of the SARIF Multitool that services apply to a log, by their ids
/// (https://github.com/microsoft/sarif-sdk/blob/main/docs/ValidationRules.md and the rule sources beside it).
///
/// SARIF2003 and SARIF2007 ask for `versionControlProvenance`, which is left out on purpose: a remote's address may hold a
/// credential. SARIF2002 asks for message ids, which GitHub refuses without a text.
struct SARIFRules {
  enum Service: CaseIterable {
    case all, github, azure
  }

  private(set) var broken: Set<String> = []

  init(_ log: JSONValue, for service: Service) {
    check(log["$schema"].text?.hasSuffix("/errata01/os/schemas/sarif-schema-2.1.0.json") == true, "SARIF1011")
    check(log["$schema"].text != nil, "SARIF2008")
    check(log["version"].text == "2.1.0", "GH1013")
    check(!log["runs"].elements.isEmpty, "GH1013")
    log.walk { path, value in
      visit(path, value)
    }
    for run in log["runs"].elements {
      check(run)
      for result in run["results"].elements { check(result, in: run) }
      if service == .github { checkGitHub(run) }
      if service == .azure { checkAzure(run) }
    }
    if service == .github { check(log["runs"].elements.count <= 20, "GH1004") }
  }

  private mutating func check(_ holds: Bool, _ rule: String) {
    if !holds { broken.insert(rule) }
  }

  // MARK: Everywhere

  /// URIs and regions, wherever they stand.
  private mutating func visit(_ path: String, _ value: JSONValue) {
    for key in ["uri", "helpUri", "informationUri"] {
      guard let uri = value[key].text else { continue }
      check(isReference(uri), "SARIF1002")
      check(!uri.split(separator: "/").contains(".."), "SARIF1002")
      if key != "uri" { check(uri.hasPrefix("https://") || uri.hasPrefix("http://"), "SARIF1005") }
    }
    if let base = value["uriBaseId"].text {
      check(!(value["uri"].text ?? "").contains(":"), "SARIF1004")
      check(!base.isEmpty, "SARIF1004")
    }
    let isRegion = path.hasSuffix("egion") && !value.members.isEmpty
    if isRegion { check(region: value) }
    if value["contextRegion"] != .absent {
      let (region, context) = (value["region"], value["contextRegion"])
      check(region != .absent, "SARIF1008")
      let isWider = start(context) < start(region) || end(region) < end(context)
      check(isWider && !(start(region) < start(context)) && !(end(context) < end(region)), "SARIF1008")
    }
    if let from = value["startTimeUtc"].text, let to = value["endTimeUtc"].text { check(from <= to, "SARIF1006") }
  }

  private mutating func check(region: JSONValue) {
    let hasStart = ["startLine", "charOffset", "byteOffset"].contains { region[$0] != .absent }
    check(hasStart, "SARIF1007")
    guard let first = region["startLine"].number else { return }
    let last = region["endLine"].number ?? first
    check(first <= last, "SARIF1007")
    if first == last, let left = region["startColumn"].number, let right = region["endColumn"].number {
      check(left <= right, "SARIF1007")
    }
  }

  private func start(_ region: JSONValue) -> Place {
    Place(line: region["startLine"].number ?? 1, column: region["startColumn"].number ?? 1)
  }

  private func end(_ region: JSONValue) -> Place {
    Place(
      line: region["endLine"].number ?? region["startLine"].number ?? 1, column: region["endColumn"].number ?? .infinity
    )
  }

  private struct Place: Comparable {
    var line: Double
    var column: Double

    static func < (left: Place, right: Place) -> Bool { (left.line, left.column) < (right.line, right.column) }
  }

  private func isReference(_ text: String) -> Bool {
    text.range(of: #"^([A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*$"#, options: .regularExpression) != nil
  }

  // MARK: Runs and results

  private mutating func check(_ run: JSONValue) {
    let driver = run["tool"]["driver"]
    check((driver["name"].text ?? "").split(separator: " ").count <= 3, "SARIF2005")
    let hasVersion = driver["version"] != .absent || driver["semanticVersion"] != .absent
    check(hasVersion, "SARIF2005")
    for rule in driver["rules"].elements {
      check(rule["id"].text?.isEmpty == false, "SARIF1001")
      check(rule["id"] != rule["name"], "SARIF1001")
      for relation in rule["relationships"].elements {
        let target = relation["target"]
        let taxa = run["taxonomies"][Int(target["toolComponent"]["index"].number ?? -1)]["taxa"]
        check(taxa[Int(target["index"].number ?? -1)]["id"] == target["id"], "SARIF1009")
      }
      for message in rule["messageStrings"].members.values { check(message["text"].text?.last == ".", "SARIF2001") }
    }
    let isIDOnly = driver["rules"].elements.allSatisfy { $0.members.count == 1 }
    check(driver["rules"].elements.isEmpty || !isIDOnly, "SARIF2004")
    check(run["artifacts"].elements.allSatisfy { $0.members.keys.contains { $0 != "location" } }, "SARIF2004")
    for base in run["originalUriBaseIds"].members.values where base["uri"] != .absent {
      check(base["uri"].text?.hasSuffix("/") == true && base["uri"].text?.contains(":") == true, "SARIF1004")
    }
  }

  private mutating func check(_ result: JSONValue, in run: JSONValue) {
    check(result["ruleId"].text?.isEmpty == false, "SARIF1010")
    if result["rule"]["id"] != .absent { check(result["rule"]["id"] == result["ruleId"], "SARIF1010") }
    if let index = result["ruleIndex"].number {
      check(run["tool"]["driver"]["rules"][Int(index)]["id"] == result["ruleId"], "SARIF1009")
    }
    if result["message"]["id"] != .absent { check(result["message"]["text"] != .absent, "SARIF1012") }
    check("….!?:".contains(result["message"]["text"].text?.last ?? "x"), "SARIF2001")
    for location in result["locations"].elements {
      let artifact = location["physicalLocation"]["artifactLocation"]
      if let base = artifact["uriBaseId"].text { check(run["originalUriBaseIds"][base] != .absent, "SARIF1004") }
    }
  }

  // MARK: GitHub

  private mutating func checkGitHub(_ run: JSONValue) {
    let (results, rules) = (run["results"].elements, run["tool"]["driver"]["rules"].elements)
    check(results.count <= 25_000 && rules.count <= 25_000, "GH1004")
    check(run["results"] != .absent, "GH1014")
    check(run["tool"]["driver"]["name"].text?.isEmpty == false, "GH1018")
    for rule in rules {
      for key in ["shortDescription", "fullDescription", "help"] { check(rule[key]["text"].text != nil, "GH2012") }
      check(rule["properties"]["tags"].elements.count <= 20, "GH1004")
    }
    for result in results {
      check(!result["locations"].elements.isEmpty, "GH1001")
      check(result["locations"].elements.count <= 1_000, "GH1004")
      check(result["message"]["text"].text?.isEmpty == false, "GH1007")
      check(result["partialFingerprints"] != .absent, "GH1015")
      for location in result["locations"].elements {
        let place = location["physicalLocation"]
        check(place["artifactLocation"]["uri"].text?.isEmpty == false, "GH1016")
        check(place["region"]["startLine"] != .absent, "GH1003")
        for key in ["startLine", "startColumn", "endLine", "endColumn"] {
          check((place["region"][key].number ?? 0) >= 1, "GH1017")
        }
        let uri = place["artifactLocation"]["uri"].text ?? ""
        check(!uri.hasPrefix("/") && !uri.contains(":"), "GH1005")
      }
      for related in result["relatedLocations"].elements { check(related["message"]["text"].text != nil, "GH1007") }
    }
  }

  // MARK: Azure

  private mutating func checkAzure(_ run: JSONValue) {
    let details = run["automationDetails"]
    check(details["id"].text?.isEmpty == false, "GHAzDO1014")
    check(details["id"].text?.hasPrefix("azuredevops/pipeline/build/") == true, "GHAzDO1020")
    for key in ["buildDefinitionId", "buildDefinitionName", "phaseId", "phaseName"] {
      check(details["properties"]["azuredevops/pipeline/build/" + key].text?.isEmpty == false, "GHAzDO1019")
    }
    check(run["tool"]["driver"]["name"].text?.isEmpty == false, "GHAzDO1018")
    for rule in run["tool"]["driver"]["rules"].elements {
      check(rule["shortDescription"]["text"].text != nil && rule["help"]["text"].text != nil, "GHAzDO2012")
    }
    for result in run["results"].elements {
      check(result["partialFingerprints"] != .absent && result["message"]["text"].text != nil, "GHAzDO1015")
      check(!result["locations"].elements.isEmpty, "GHAzDO1016")
      check(result["locations"][0]["physicalLocation"]["region"]["startLine"] != .absent, "GHAzDO1017")
    }
  }
}
