internal import Documents

extension SARIFLog {
  init(_ node: Node) throws(SARIFFault) {
    self.init()
    for (key, value) in try node.members() {
      switch key {
      case "version": version = try value.string()
      case "runs": runs = try value.list { element throws(SARIFFault) in try SARIFLog.Run(element) }
      default: break
      }
    }
  }
}

extension SARIFLog.Run {
  init(_ node: Node) throws(SARIFFault) {
    self.init()
    for (key, value) in try node.members() {
      switch key {
      case "tool": tool = try SARIFLog.Tool(value)
      case "invocations":
        invocations = try value.list { element throws(SARIFFault) in try SARIFLog.Invocation(element) }
      case "artifacts": artifacts = try value.list { element throws(SARIFFault) in try SARIFLog.Artifact(element) }
      case "results": results = try value.list { element throws(SARIFFault) in try SARIFLog.Result(element) }
      case "properties": properties = SARIFLog.RunProperties(value)
      default: break
      }
    }
  }
}

extension SARIFLog.Tool {
  init(_ node: Node) throws(SARIFFault) {
    self.init()
    for (key, value) in try node.members() {
      switch key {
      case "driver": driver = try SARIFLog.Component(value)
      case "extensions": extensions = try value.list { element throws(SARIFFault) in try SARIFLog.Component(element) }
      default: break
      }
    }
  }
}

extension SARIFLog.Component {
  init(_ node: Node) throws(SARIFFault) {
    self.init()
    for (key, value) in try node.members() {
      switch key {
      case "name": name = try value.string()
      case "guid": guid = try value.string()
      case "version": version = try value.string()
      case "semanticVersion": semanticVersion = try value.string()
      case "rules": rules = try value.list { element throws(SARIFFault) in try SARIFLog.Descriptor(element) }
      default: break
      }
    }
  }
}

extension SARIFLog.Descriptor {
  init(_ node: Node) throws(SARIFFault) {
    self.init()
    for (key, value) in try node.members() {
      switch key {
      case "id": id = try value.string()
      case "guid": guid = try value.string()
      case "name": name = try value.string()
      case "shortDescription": shortDescription = try SARIFLog.Text(value)
      case "fullDescription": fullDescription = try SARIFLog.Text(value)
      case "help": help = try SARIFLog.Text(value)
      case "helpUri": helpUri = try value.string()
      case "messageStrings":
        messageStrings = try value.dictionary { element throws(SARIFFault) in try SARIFLog.Text(element) }
      case "defaultConfiguration": defaultConfiguration = try SARIFLog.Configuration(value)
      case "properties": properties = SARIFLog.Properties(value)
      default: break
      }
    }
  }
}

extension SARIFLog.Text {
  init(_ node: Node) throws(SARIFFault) {
    self.init()
    for (key, value) in try node.members() {
      switch key {
      case "text": text = try value.string()
      case "markdown": markdown = try value.string()
      case "id": id = try value.string()
      case "arguments": arguments = try value.list { element throws(SARIFFault) in try element.string() }
      default: break
      }
    }
  }
}

extension SARIFLog.Configuration {
  init(_ node: Node) throws(SARIFFault) {
    self.init()
    for (key, value) in try node.members() {
      switch key {
      case "level": level = try value.string()
      default: break
      }
    }
  }
}

extension SARIFLog.Invocation {
  init(_ node: Node) throws(SARIFFault) {
    self.init()
    for (key, value) in try node.members() {
      switch key {
      case "executionSuccessful": executionSuccessful = try value.flag()
      case "toolExecutionNotifications":
        toolExecutionNotifications = try value.list { element throws(SARIFFault) in try SARIFLog.Notice(element) }
      case "toolConfigurationNotifications":
        toolConfigurationNotifications = try value.list { element throws(SARIFFault) in try SARIFLog.Notice(element) }
      default: break
      }
    }
  }
}

extension SARIFLog.Notice {
  init(_ node: Node) throws(SARIFFault) {
    self.init()
    for (key, value) in try node.members() {
      switch key {
      case "level": level = try value.string()
      case "message": message = try SARIFLog.Text(value)
      case "descriptor": descriptor = try SARIFLog.Reference(value)
      case "locations": locations = try value.list { element throws(SARIFFault) in try SARIFLog.Location(element) }
      default: break
      }
    }
  }
}

extension SARIFLog.Reference {
  init(_ node: Node) throws(SARIFFault) {
    self.init()
    for (key, value) in try node.members() {
      switch key {
      case "id": id = try value.string()
      case "index": index = try value.integer()
      case "guid": guid = try value.string()
      case "toolComponent": toolComponent = try SARIFLog.ComponentReference(value)
      default: break
      }
    }
  }
}

extension SARIFLog.ComponentReference {
  init(_ node: Node) throws(SARIFFault) {
    self.init()
    for (key, value) in try node.members() {
      switch key {
      case "index": index = try value.integer()
      case "name": name = try value.string()
      case "guid": guid = try value.string()
      default: break
      }
    }
  }
}

extension SARIFLog.Artifact {
  init(_ node: Node) throws(SARIFFault) {
    self.init()
    for (key, value) in try node.members() {
      switch key {
      case "location": location = try SARIFLog.ArtifactLocation(value)
      default: break
      }
    }
  }
}
