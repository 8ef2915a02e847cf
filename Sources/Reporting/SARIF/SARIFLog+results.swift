internal import Documents

extension SARIFLog.Result {
  init(_ node: Node) throws(SARIFFault) {
    self.init()
    for (key, value) in try node.members() {
      switch key {
      case "ruleId": ruleId = try value.string()
      case "ruleIndex": ruleIndex = try value.integer()
      case "rule": rule = try SARIFLog.Reference(value)
      case "kind": kind = try value.string()
      case "level": level = try value.string()
      case "message": message = try SARIFLog.Text(value)
      case "locations": locations = try value.list { element throws(SARIFFault) in try SARIFLog.Location(element) }
      case "relatedLocations":
        relatedLocations = try value.list { element throws(SARIFFault) in try SARIFLog.Location(element) }
      case "fingerprints":
        fingerprints = try value.dictionary { element throws(SARIFFault) in try element.string() }
      case "partialFingerprints":
        partialFingerprints = try value.dictionary { element throws(SARIFFault) in try element.string() }
      case "suppressions":
        suppressions = try value.list { element throws(SARIFFault) in try SARIFLog.Suppression(element) }
      case "baselineState": baselineState = try value.string()
      case "fixes": fixes = try value.list { element throws(SARIFFault) in try SARIFLog.Fix(element) }
      case "properties": properties = SARIFLog.Properties(value)
      default: break
      }
    }
  }
}

extension SARIFLog.Fix {
  init(_ node: Node) throws(SARIFFault) {
    self.init()
    for (key, value) in try node.members() {
      switch key {
      case "description": description = try SARIFLog.Text(value)
      case "artifactChanges":
        artifactChanges = try value.list { element throws(SARIFFault) in try SARIFLog.ArtifactChange(element) }
      default: break
      }
    }
  }
}

extension SARIFLog.ArtifactChange {
  init(_ node: Node) throws(SARIFFault) {
    self.init()
    for (key, value) in try node.members() {
      switch key {
      case "artifactLocation": artifactLocation = try SARIFLog.ArtifactLocation(value)
      case "replacements":
        replacements = try value.list { element throws(SARIFFault) in try SARIFLog.Replacement(element) }
      default: break
      }
    }
  }
}

extension SARIFLog.Replacement {
  init(_ node: Node) throws(SARIFFault) {
    self.init()
    for (key, value) in try node.members() {
      switch key {
      case "deletedRegion": deletedRegion = try SARIFLog.Region(value)
      case "insertedContent": insertedContent = try SARIFLog.Text(value)
      default: break
      }
    }
  }
}

extension SARIFLog.Location {
  init(_ node: Node) throws(SARIFFault) {
    self.init()
    for (key, value) in try node.members() {
      switch key {
      case "physicalLocation": physicalLocation = try SARIFLog.PhysicalLocation(value)
      case "message": message = try SARIFLog.Text(value)
      default: break
      }
    }
  }
}

extension SARIFLog.PhysicalLocation {
  init(_ node: Node) throws(SARIFFault) {
    self.init()
    for (key, value) in try node.members() {
      switch key {
      case "artifactLocation": artifactLocation = try SARIFLog.ArtifactLocation(value)
      case "region": region = try SARIFLog.Region(value)
      case "contextRegion": contextRegion = try SARIFLog.Region(value)
      default: break
      }
    }
  }
}

extension SARIFLog.ArtifactLocation {
  init(_ node: Node) throws(SARIFFault) {
    self.init()
    for (key, value) in try node.members() {
      switch key {
      case "uri": uri = try value.string()
      case "index": index = try value.integer()
      default: break
      }
    }
  }
}

extension SARIFLog.Region {
  init(_ node: Node) throws(SARIFFault) {
    self.init()
    for (key, value) in try node.members() {
      switch key {
      case "startLine": startLine = try value.integer()
      case "startColumn": startColumn = try value.integer()
      case "endLine": endLine = try value.integer()
      case "endColumn": endColumn = try value.integer()
      case "byteOffset": byteOffset = try value.integer()
      case "byteLength": byteLength = try value.integer()
      case "snippet": snippet = try SARIFLog.Text(value)
      default: break
      }
    }
  }
}

extension SARIFLog.Suppression {
  init(_ node: Node) throws(SARIFFault) {
    self.init()
    for (key, value) in try node.members() {
      switch key {
      case "kind": kind = try value.string()
      case "status": status = try value.string()
      case "justification": justification = try value.string()
      case "properties": properties = SARIFLog.SuppressionProperties(value)
      default: break
      }
    }
  }
}
