package import Findings

/// The rules of findings about the gate itself.
package enum GateRules {
  package static let weakened = Rule(
    id: "policy-weakened", pack: "tollgate", title: "Change weakens the gate that judges it", severity: .high,
    confidence: .high, level: .deny, phase: .code, tags: ["gate"],
    message: "The change weakens the policy, the baseline or the exceptions.",
    why:
      "A change that may loosen the rules by which it is judged can let anything pass. It was judged by the policy of the side that it starts from.",
    fix: "Take the change of the policy out, or let those who own the policy bring it in by itself.")

  package static let protectedFile = Rule(
    id: "protected-file-changed", pack: "tollgate", title: "Change touches a protected file", severity: .medium,
    confidence: .high, level: .warn, phase: .code, tags: ["gate"],
    message: "The change touches a file that the policy protects.",
    why: "The file decides over what the gate lets pass.",
    fix: "Let the owners of the file look at the change.")

  package static let all = [weakened, protectedFile]
}
