import Findings
import Sources

extension FileListing {
  /// The paths of which notifications of one kind tell, in order.
  func told(_ kind: Notification.Kind) -> [String] {
    notifications.filter { $0.kind == kind }.map { $0.path?.description ?? "" }.sorted()
  }
}
