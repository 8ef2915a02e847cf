/// The phase of the delivery cycle in which a rule's finding is best mended.
public enum Phase: String, CaseIterable, Sendable {
  case plan, code, build, test, release, deploy, operate, monitor
}
