package import Expressions

// Objects answer for a name, and nothing in the language asks them which names they have. People do, who look at a file.

/// An object that can say which members it may have.
package protocol MemberListing: ValueObject {
  /// In the order in which people want to read them.
  var memberNames: [String] { get }
}

extension ActionReference: MemberListing {
  package var memberNames: [String] { Self.members.map(\.name) }
}

extension ImageReference: MemberListing {
  package var memberNames: [String] { Self.members.map(\.name) }
}

extension Value {
  /// The names under which an object may have members: those that it lists, else all that views speak of anywhere.
  package static func memberNames(of object: any ValueObject) -> [String] {
    if let listing = object as? any MemberListing { return listing.memberNames }
    return ViewTable.memberWords
  }
}

extension ViewTable {
  /// The names of the members of all views, and the words in backticks in what is said about them.
  fileprivate static let memberWords: [String] = {
    var words: [String] = []
    var seen: Set<String> = []
    for member in all.flatMap(\.members) {
      let quoted = member.summary.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      for word in [member.name] + quoted.filter({ $0.offset % 2 == 1 }).map({ String($0.element) })
      where !word.isEmpty
        && word.utf8.allSatisfy({ $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || $0 == 0x2D || $0 == 0x5F })
        && seen.insert(word).inserted
      {
        words.append(word)
      }
    }
    return words
  }()
}
