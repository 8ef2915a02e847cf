// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that it sees of Tollgate what other people's packages see.
let package = Package(
  name: "ScanDirectory",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "tollgate", path: "../..")],
  targets: [
    .executableTarget(
      name: "ScanDirectory", dependencies: [.product(name: "Tollgate", package: "tollgate")],
      swiftSettings: [.enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility")])
  ],
  swiftLanguageModes: [.v6]
)
