package import Findings

/// What the name of a file says about the texts in it.
package struct FileTraits: Sendable {
  /// A programming language: texts stand in quotes, and a bare word is a name.
  var isCode = false
  /// Texts of a user interface in some language.
  var isTranslation = false
  /// Inputs and outputs of algorithms: keys that open nothing.
  var isTestVectors = false
  /// Written by a package manager: what looks drawn is a checksum.
  var isLockfile = false

  package init(path: SourcePath) {
    let path = path.bytes.map(\.asciiLowercased)
    let name = path.split(separator: UInt8(ascii: "/")).last ?? []
    let suffix = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).last ?? []
    isCode = name.count > suffix.count && Self.codeSuffixes.contains(WordSet.code(of: suffix))
    isLockfile =
      Self.lockfiles.contains(where: { name.elementsEqual($0) })
      || Array(name).holds(Array("lock.".utf8)) || name.suffix(5).elementsEqual(".lock".utf8)
    isTestVectors = Self.vectorMarks.contains(where: { path.holds($0) })
    isTranslation =
      Self.translationSuffixes.contains(WordSet.code(of: suffix))
      || Self.translationFolders.contains(where: { path.holds($0) })
  }

  private static let codeSuffixes = WordSet(
    """
    py pyi js jsx ts tsx mjs cjs java kt kts scala groovy go rs c h cc cpp cxx hpp hh cs fs vb m mm swift rb php pl pm \
    t lua r dart ex exs erl hrl hs clj cljs jl ml mli zig nim d pas vue svelte sol html htm css scss less
    """)
  private static let translationSuffixes = WordSet("po pot strings resx xlf xliff arb qm lang")
  private static let lockfiles = [
    "package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "go.sum", "packages.lock.json", "project.assets.json",
    "pipfile.lock", "package.resolved", "deno.lock", "checksums.txt", "sha256sums",
  ].map { Array($0.utf8) }
  private static let vectorMarks = ["vector", "wycheproof", "testvec", "nistkat", "/kat/", "kat.json", "_kat."].map {
    Array($0.utf8)
  }
  private static let translationFolders = [
    "/locale/", "/locales/", "/i18n/", "/l10n/", "/translations/", "/translation/", "/localization/", "/lang/",
    ".lproj/", "/messages_", "localstrings", "/languages/",
  ].map { Array($0.utf8) }
}
