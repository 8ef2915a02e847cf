/// A script that stands in a word or between backquotes of another one.
struct NestedScript {
  var bytes: [UInt8]
  /// Where each of the bytes stands in the outer script.
  var offsets: [Int]
  var holes: [Range<Int>]

  /// The place in the outer script of a range of this one.
  func outer(_ range: Range<Int>) -> Range<Int> {
    guard let last = offsets.last else { return 0..<0 }
    let start = range.lowerBound < offsets.count ? offsets[range.lowerBound] : last + 1
    guard !range.isEmpty, range.upperBound <= offsets.count else { return start..<max(start, last + 1) }
    return start..<max(start, offsets[range.upperBound - 1] + 1)
  }
}

extension ShellParser {
  /// Parses a script within this one and adds its commands.
  mutating func parseNested(_ script: NestedScript, parent: Int?) -> Range<Int> {
    let first = commands.count
    guard !script.bytes.isEmpty, script.bytes.count <= nestedBytesLeft, enter() else { return first..<first }
    defer { leave() }
    nestedBytesLeft -= script.bytes.count
    var inner = ShellParser(script.bytes, holes: script.holes, nesting: nesting)
    inner.nestedBytesLeft = nestedBytesLeft
    inner.context = context
    inner.context.isCondition = false
    inner.context.parent = nil
    inner.parseScript()
    nestedBytesLeft = inner.nestedBytesLeft
    pipelineCount += 1
    for var command in inner.commands {
      command.relocate(script, commandOffset: first, pipelineOffset: pipelineCount, holes: holes)
      command.depth += 1
      if command.parent == nil { command.parent = parent }
      commands.append(command)
    }
    pipelineCount += inner.pipelineCount
    // A script that is put together from variables need not be one as it stands.
    for error in script.holes.isEmpty ? inner.errors : [] {
      adopt(
        ShellScript.SyntaxError(message: error.message, offset: script.outer(error.offset..<error.offset).lowerBound))
    }
    return first..<commands.count
  }

  /// The scripts that a command is given to run: `sh -c '…'`, `eval …`.
  mutating func parseNestedScripts(of index: Int) {
    let command = commands[index]
    guard let words = command.scriptWords, !words.isEmpty else { return }
    var script = NestedScript(bytes: [], offsets: [], holes: [])
    for word in words {
      if !script.bytes.isEmpty {
        script.bytes.append(0x20)
        script.offsets.append(word.range.lowerBound)
      }
      append(word, to: &script)
    }
    _ = parseNested(script, parent: index)
  }

  /// Adds the text of a word; variables, substitutions and holes in it become holes.
  private func append(_ word: ShellWord, to script: inout NestedScript) {
    for part in word.parts {
      switch part.kind {
      case .literal(let text), .pattern(let text):
        let utf8 = Array(text.utf8)
        // The text ends where the part does, but for a closing quote; escapes before it shift it, and are few.
        var place = part.range.lowerBound
        for byte in utf8 {
          var next = place
          // The longest escape is a backslash, `U` and eight digits.
          let limit = min(part.range.upperBound, place + 10)
          while next < limit, bytes[next] != byte { next += 1 }
          if next < limit { place = next }
          script.bytes.append(byte)
          script.offsets.append(min(place, max(part.range.lowerBound, part.range.upperBound - 1)))
          if next < limit { place = min(next + 1, max(part.range.lowerBound, part.range.upperBound - 1)) }
        }
      default:
        let start = script.bytes.count
        for offset in part.range {
          script.bytes.append(bytes[offset])
          script.offsets.append(offset)
        }
        script.holes.append(start..<script.bytes.count)
      }
    }
  }
}

extension ShellCommand {
  /// Moves all places to the outer script.
  fileprivate mutating func relocate(
    _ script: NestedScript, commandOffset: Int, pipelineOffset: Int, holes: [Range<Int>]
  ) {
    range = script.outer(range)
    pipeline += pipelineOffset
    parent = parent.map { $0 + commandOffset }
    for index in words.indices { words[index].relocate(script, commandOffset, holes) }
    for index in assignments.indices {
      assignments[index].range = script.outer(assignments[index].range)
      assignments[index].word?.relocate(script, commandOffset, holes)
    }
    for index in redirections.indices {
      redirections[index].range = script.outer(redirections[index].range)
      redirections[index].target.relocate(script, commandOffset, holes)
      redirections[index].body = redirections[index].body.map(script.outer)
    }
  }
}

extension ShellWord {
  fileprivate mutating func relocate(_ script: NestedScript, _ commandOffset: Int, _ holes: [Range<Int>]) {
    range = script.outer(range)
    for index in parts.indices {
      parts[index].range = script.outer(parts[index].range)
      switch parts[index].kind {
      case .command(let commands):
        parts[index].kind = .command(commands.lowerBound + commandOffset..<commands.upperBound + commandOffset)
      case .process(let commands):
        parts[index].kind = .process(commands.lowerBound + commandOffset..<commands.upperBound + commandOffset)
      case .hole:
        // Of the outer script's holes, or a variable of the outer script: -1.
        let start = parts[index].range.lowerBound
        parts[index].kind = .hole(holes.firstIndex { $0.lowerBound == start } ?? -1)
      default: break
      }
    }
  }
}
