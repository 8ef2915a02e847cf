import Glibc
import Tollgate

extension ScanOptions {
  /// What to put before the paths of a report, which start at its root, so that they lead there from here.
  static func pathPrefix(of request: ScanRequest) -> String {
    guard let root = request.root, let here = unsafe getcwd(nil, 0) else { return "" }
    defer { unsafe free(here) }
    let from = unsafe String(cString: here).split(separator: "/")
    let to = root.split(separator: "/")
    let common = zip(from, to).prefix { $0 == $1 }.count
    let up = from.count - common
    // More than two steps up reads worse than the whole path.
    if up > 2 { return root == "/" ? root : root + "/" }
    let parts = Array(repeating: "..", count: up) + to.dropFirst(common).map(String.init)
    return parts.map { $0 + "/" }.joined()
  }
}
