// swift-tools-version: 6.2
import PackageDescription

// The C libraries are linked by these settings and not by `link` lines or `pkgConfig` in the module maps: only so can
// one switch choose between the shared libraries and the archives (`docs/architecture.md`, "One binary").
let isStatic = Context.environment["TOLLGATE_STATIC"] == "1"

func library(_ name: String) -> LinkerSetting {
  .linkedLibrary(isStatic ? ":lib\(name).a" : name)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")

let package = Package(
  name: "tollgate",
  platforms: [.macOS(.v26)],
  products: [
    .executable(name: "tollgate", targets: ["TollgateCLI"]),
    .library(name: "Tollgate", targets: ["Tollgate"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    // Floor 0: C libraries, two files each.
    .systemLibrary(name: "CPCRE2", providers: [.apt(["libpcre2-dev"]), .brew(["pcre2"])]),
    .systemLibrary(name: "CVectorscan", providers: [.apt(["libvectorscan-dev"]), .brew(["vectorscan"])]),
    .systemLibrary(name: "CLibYAML", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .systemLibrary(name: "CSodium", providers: [.apt(["libsodium-dev"]), .brew(["libsodium"])]),
    .systemLibrary(name: "CArchive", providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]),

    // Ours, and small: what Swift has no instructions for.
    .target(name: "CEncodingScan"),

    // Floor 1
    .target(name: "Findings", dependencies: ["CSodium"], linkerSettings: [library("sodium")]),

    // Floor 2
    .target(
      name: "Matching",
      dependencies: ["Findings", "CPCRE2", "CVectorscan", "CEncodingScan"],
      linkerSettings: [library("pcre2-8"), library("hs"), .linkedLibrary("stdc++"), .linkedLibrary("m")]),
    .target(name: "Documents", dependencies: ["Findings", "CLibYAML"], linkerSettings: [library("yaml")]),
    .target(name: "Expressions"),
    .target(name: "Shell"),

    // Floor 3
    .target(
      name: "Sources", dependencies: ["Findings", "CArchive", subprocess],
      linkerSettings: [library("archive")] + (isStatic ? ["nettle", "zstd", "lzma", "bz2", "z"].map(library) : [])),

    .target(name: "Views", dependencies: ["Findings", "Documents", "Expressions", "Shell"]),

    // Floor 4
    .target(
      name: "BuiltInRules", path: "rules",
      exclude: [
        "secrets", "delivery.yaml", "dependency-config.yaml", "github-actions.yaml", "gitlab-ci.yaml",
        "pipeline-commands.yaml",
      ],
      publicHeadersPath: "include"),
    .target(
      name: "RulePacks", dependencies: ["Findings", "Matching", "Documents", "Expressions", "Views", "BuiltInRules"]),

    // Floor 5
    .target(name: "Scanning", dependencies: ["Findings", "Matching", "Views", "RulePacks", "Sources"]),
    .target(name: "Gating", dependencies: ["Findings", "Documents", "Expressions"]),
    .target(name: "ReportPage"),
    .target(name: "Reporting", dependencies: ["Findings", "Documents", "ReportPage"]),

    // Floor 6
    .target(
      name: "Tollgate",
      dependencies: [
        "Findings", "Matching", "Sources", "Documents", "Expressions", "Views", "RulePacks", "Scanning", "Gating",
        "Reporting",
      ]),

    // Floor 7
    .executableTarget(name: "TollgateCLI", dependencies: ["Tollgate", argumentParser]),

    .target(
      name: "TestSupport", dependencies: ["CArchive"], path: "Tests/TestSupport", linkerSettings: [library("archive")]),
    .testTarget(name: "FindingsTests", dependencies: ["Findings", "TestSupport"]),
    .testTarget(name: "MatchingTests", dependencies: ["Findings", "Matching", "RulePacks", "TestSupport"]),
    .testTarget(name: "DocumentsTests", dependencies: ["Findings", "Documents", "TestSupport"]),
    .testTarget(
      name: "ExpressionsTests", dependencies: ["Expressions", "Matching", "TestSupport"],
      exclude: ["known-failures.txt"]),
    .testTarget(name: "ShellTests", dependencies: ["Shell", "TestSupport"]),
    .testTarget(name: "ViewsTests", dependencies: ["Findings", "Documents", "Expressions", "Views", "TestSupport"]),
    .testTarget(name: "SourcesTests", dependencies: ["Findings", "Sources", "TestSupport"]),
    .testTarget(
      name: "RulePacksTests",
      dependencies: ["Findings", "Matching", "Documents", "Expressions", "Views", "RulePacks", "TestSupport"]),
    .testTarget(
      name: "ScanningTests",
      dependencies: ["Findings", "Matching", "RulePacks", "Sources", "Scanning", "TestSupport"]),
    .testTarget(name: "GatingTests", dependencies: ["Findings", "Gating", "TestSupport"]),
    .testTarget(name: "ReportingTests", dependencies: ["Findings", "Reporting", "TestSupport"]),
    .testTarget(name: "TollgateTests", dependencies: ["Tollgate", "Findings", "Gating", "Views", "TestSupport"]),
    .testTarget(name: "TollgateCLITests", dependencies: ["TollgateCLI", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)

// What measures is not built with the rest: see Benchmarks/micro.
if Context.environment["TOLLGATE_BENCHMARKS"] == "1" {
  package.targets.append(
    .executableTarget(
      name: "microbenchmarks",
      dependencies: ["Findings", "Documents", "Expressions", "Shell", "Views", "RulePacks", "Reporting", "Gating"],
      path: "Benchmarks/Microbenchmarks"))
}

// One place for the settings of all Swift targets.
for target in package.targets
where [.regular, .executable, .test].contains(target.type)
  && !["BuiltInRules", "ReportPage", "CEncodingScan"].contains(target.name)
{
  target.swiftSettings =
    (target.swiftSettings ?? []) + [
      .strictMemorySafety(),
      .treatAllWarnings(as: .error),
      .enableUpcomingFeature("ExistentialAny"),
      .enableUpcomingFeature("InternalImportsByDefault"),
      .enableUpcomingFeature("MemberImportVisibility"),
      .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ]
}
