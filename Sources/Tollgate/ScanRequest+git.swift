internal import Sources

extension ScanRequest.GitScope {
  /// The same, in the words of the module that asks git.
  var ofSource: GitSource.Scope {
    switch self {
    case .staged: .staged
    case .diff(let range): .diff(range)
    case .history(let range): .history(range)
    case .preReceive(let input): .preReceive(input)
    case .prePush(let input): .prePush(input)
    case .tree(let commit): .tree(commit)
    case .beforeStaged: .beforeStaged
    case .beforeDiff(let range): .beforeDiff(range)
    }
  }
}
