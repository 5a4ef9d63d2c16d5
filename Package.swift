// swift-tools-version:6.2
import PackageDescription

// The house has floors; an import points down. See Documentation/architecture.md.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")

// libarchive unpacks the rarer kinds of compressed archives. macOS has the library and not its header.
#if os(Linux)
    let archive: [Target.Dependency] = ["CArchive"]
    let archiveLibrary: [Target] = [
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])])
    ]
#else
    let archive: [Target.Dependency] = []
    let archiveLibrary: [Target] = []
#endif

let package = Package(
    name: "bridle",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "bridle", targets: ["bridle"]),
        .library(name: "ArtifactModel", targets: ["ArtifactModel"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // 0  Ground
        .target(name: "Primitives", swiftSettings: house),
        .systemLibrary(
            name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"]), .brew(["expat"])]),
        .systemLibrary(
            name: "CPublicSuffix", pkgConfig: "libpsl", providers: [.apt(["libpsl-dev"]), .brew(["libpsl"])]),
        .systemLibrary(
            name: "CInternationalNames", pkgConfig: "libidn2", providers: [.apt(["libidn2-dev"]), .brew(["libidn2"])]),
        .systemLibrary(
            name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"]), .brew(["libsodium"])]),

        // 1  Cellar
        .target(
            name: "FileFormats", dependencies: ["Primitives", "CSQLite", "CZlib", "CExpat"], swiftSettings: house),
        .target(name: "YAMLFormat", dependencies: ["Primitives", yams], swiftSettings: house),

        // 2  Hall
        .target(name: "ArtifactModel", dependencies: ["Primitives"], swiftSettings: house),

        // 3  Rooms
        .target(
            name: "AppleArtifacts", dependencies: ["Primitives", "FileFormats", "ArtifactModel"],
            swiftSettings: house, plugins: ["CatalogPlugin"]),
        .target(
            name: "EvidenceSources",
            dependencies: ["Primitives", "FileFormats", "ArtifactModel", crypto, cryptoExtras] + archive,
            swiftSettings: house),
        .target(
            name: "Indicators",
            dependencies: [
                "Primitives", "FileFormats", "YAMLFormat", "ArtifactModel", "CPublicSuffix", "CInternationalNames",
            ],
            swiftSettings: house),
        .target(
            name: "RuleLanguage", dependencies: ["Primitives", "FileFormats", "YAMLFormat", "ArtifactModel"],
            swiftSettings: house),

        // 4  Workshop
        .target(name: "CaseModel", dependencies: ["Primitives", "ArtifactModel"], swiftSettings: house),
        .target(
            name: "Analysis",
            dependencies: [
                "Primitives", "FileFormats", "YAMLFormat", "ArtifactModel", "Indicators", "RuleLanguage", "CaseModel",
            ],
            swiftSettings: house),
        .target(
            name: "IndicatorStore",
            dependencies: ["Primitives", "FileFormats", "YAMLFormat", "Indicators", "CSodium", crypto],
            swiftSettings: house),

        // The only target beside the store's fetching that connects to anything, and only when asked by name
        .target(
            name: "LinkResolution", dependencies: ["Primitives", "Indicators", "CaseModel"], swiftSettings: house),

        // The rules that come along; the texts are put in by the build
        .target(
            name: "RulePack", dependencies: ["RuleLanguage"], exclude: ["Rules"], swiftSettings: house,
            plugins: ["RulePackPlugin"]),

        // 5  Paper
        .target(
            name: "Reports", dependencies: ["Primitives", "ArtifactModel", "CaseModel", mustache],
            swiftSettings: house),

        // Evidence that is made, not found: for the demo, the tests and the benchmarks
        .target(
            name: "SyntheticEvidence",
            dependencies: ["Primitives", "FileFormats", "ArtifactModel", "CSQLite", "CZlib", crypto, cryptoExtras],
            swiftSettings: house),

        // 6  Doors
        .executableTarget(
            name: "bridle",
            dependencies: [
                "Primitives", "FileFormats", "ArtifactModel", "AppleArtifacts", "EvidenceSources", "Indicators",
                "RuleLanguage", "RulePack", "IndicatorStore", "LinkResolution", "CaseModel", "Analysis", "Reports",
                "SyntheticEvidence",
                argumentParser,
            ],
            swiftSettings: house),
        .executableTarget(
            name: "bridle-benchmarks",
            dependencies: [
                "Primitives", "FileFormats", "ArtifactModel", "Indicators", "IndicatorStore", "CSQLite",
                "SyntheticEvidence", argumentParser,
            ],
            swiftSettings: house),

        // The list of artefacts is written by the build
        .executableTarget(name: "catalog-generator", swiftSettings: house),
        .plugin(name: "CatalogPlugin", capability: .buildTool(), dependencies: ["catalog-generator"]),
        .executableTarget(name: "rule-pack-generator", swiftSettings: house),
        .plugin(name: "RulePackPlugin", capability: .buildTool(), dependencies: ["rule-pack-generator"]),

        // Tests
        .target(
            name: "TestSupport",
            dependencies: ["Primitives", "FileFormats", "ArtifactModel", "CSQLite"],
            path: "Tests/TestSupport", swiftSettings: house),
        .testTarget(name: "PrimitivesTests", dependencies: ["Primitives"], swiftSettings: house),
        .testTarget(
            name: "ArtifactModelTests", dependencies: ["ArtifactModel", "Primitives"], swiftSettings: house),
        .testTarget(
            name: "FileFormatsTests", dependencies: ["FileFormats", "Primitives", "SyntheticEvidence", "TestSupport"],
            swiftSettings: house),
        .testTarget(name: "YAMLFormatTests", dependencies: ["YAMLFormat"], swiftSettings: house),
        .testTarget(
            name: "AppleArtifactsTests",
            dependencies: ["AppleArtifacts", "ArtifactModel", "FileFormats", "Primitives", "TestSupport"],
            swiftSettings: house),
        .testTarget(
            name: "EvidenceSourcesTests",
            dependencies: [
                "EvidenceSources", "ArtifactModel", "FileFormats", "Primitives", "SyntheticEvidence", "TestSupport",
                crypto,
            ] + archive,
            swiftSettings: house),
        .testTarget(
            name: "IndicatorsTests", dependencies: ["Indicators", "ArtifactModel", "Primitives", "TestSupport"],
            swiftSettings: house),
        .testTarget(
            name: "RuleLanguageTests",
            dependencies: ["RuleLanguage", "YAMLFormat", "FileFormats", "ArtifactModel", "Primitives", "TestSupport"],
            swiftSettings: house),
        .testTarget(
            name: "RulePackTests",
            dependencies: [
                "RulePack", "RuleLanguage", "Analysis", "AppleArtifacts", "ArtifactModel", "CaseModel", "Indicators",
                "TestSupport",
            ],
            swiftSettings: house),
        .testTarget(
            name: "IndicatorStoreTests",
            dependencies: ["IndicatorStore", "Indicators", "FileFormats", "Primitives", "TestSupport"],
            swiftSettings: house),
        .testTarget(
            name: "LinkResolutionTests",
            dependencies: ["LinkResolution", "CaseModel", "Primitives", "TestSupport"], swiftSettings: house),
        .testTarget(
            name: "AnalysisTests",
            dependencies: [
                "Analysis", "AppleArtifacts", "RuleLanguage", "RulePack", "YAMLFormat", "FileFormats", "ArtifactModel",
                "CaseModel", "Indicators", "Primitives", "TestSupport",
            ],
            swiftSettings: house),
        .testTarget(
            name: "ReportsTests",
            dependencies: ["Reports", "ArtifactModel", "CaseModel", "Primitives", "TestSupport"],
            swiftSettings: house),
        .testTarget(
            name: "BridleTests",
            dependencies: ["bridle", "ArtifactModel", "FileFormats", "Primitives", "SyntheticEvidence", "TestSupport"],
            swiftSettings: house),
    ] + archiveLibrary,
    swiftLanguageModes: [.v6]
)
