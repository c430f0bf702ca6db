// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

// Continuous integration sets these; a user of the package never needs to.
let treatsWarningsAsErrors = Context.environment["GEVENT_WERROR"] != nil
let buildsDocumentation = Context.environment["GEVENT_DOCC"] != nil
let buildsFuzzers = Context.environment["GEVENT_FUZZ"] != nil

let settings: [SwiftSetting] =
    [
        .strictMemorySafety(),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ] + (treatsWarningsAsErrors ? [.treatAllWarnings(as: .error)] : [])

let cSettings: [CSetting] = treatsWarningsAsErrors ? [.treatAllWarnings(as: .error)] : []

let documentationTools: [Package.Dependency] =
    buildsDocumentation
    ? [.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0")] : []

/// A layer: its name, what it stands on, and nothing else.
@MainActor func layer(_ name: String, _ below: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: below, swiftSettings: settings)
}

@MainActor func tests(_ name: String, _ tested: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: tested, swiftSettings: settings)
}

// Only a build that is instrumented for libFuzzer, as that of scripts/fuzz, can link this.
let fuzzers: [Target] =
    buildsFuzzers
    ? [
        .executableTarget(
            name: "GeventFuzz", dependencies: ["GeventFuzzing", "GeventSystem"],
            path: "Fuzzing/Sources/GeventFuzz", swiftSettings: settings)
    ] : []

let package = Package(
    name: "swift-gevent",
    products: [
        .library(name: "Gevent", targets: ["Gevent"]),
        .library(name: "GeventInsight", targets: ["GeventInsight"]),
        .library(name: "GeventTLS", targets: ["GeventTLS"]),
        .library(name: "GeventMonkey", targets: ["GeventMonkey"]),
        .library(name: "GeventTesting", targets: ["GeventTesting"]),
        .executable(name: "gevent", targets: ["GeventTool"]),
        .library(name: "GeventPreload", type: .dynamic, targets: ["GeventPreload"]),
    ],
    traits: [
        .trait(
            name: "CAres",
            description: "Look-ups by c-ares beside those by the C library; needs libc-ares.")
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.2.0"),
    ] + documentationTools,
    targets: [
        .target(name: "CGeventSwitch", dependencies: ["CGeventSystem"], cSettings: cSettings),
        .target(name: "CGeventSystem", cSettings: cSettings),
        .target(
            name: "CGeventPatch", dependencies: ["CGeventSystem", "CGeventSwitch"],
            cSettings: cSettings),
        .target(
            name: "CGeventAres",
            cSettings: cSettings + [.define("CAres", .when(traits: ["CAres"]))],
            linkerSettings: [.linkedLibrary("cares", .when(traits: ["CAres"]))]),
        layer(
            "GeventSystem",
            ["CGeventSystem", .target(name: "CGeventAres", condition: .when(traits: ["CAres"]))]),
        // Only GeventTLS stands on it, so that users of the rest do without the headers of OpenSSL.
        .target(
            name: "CGeventTLS", cSettings: cSettings,
            linkerSettings: [.linkedLibrary("ssl"), .linkedLibrary("crypto")]),
        layer("GeventLoop", ["GeventSystem"]),
        layer("GeventFiber", ["CGeventSwitch", "GeventSystem"]),
        layer("GeventCore", ["CGeventSwitch", "GeventSystem", "GeventLoop", "GeventFiber"]),
        layer("GeventSync", ["CGeventSwitch", "GeventSystem", "GeventCore"]),
        layer("GeventNet", ["GeventSystem", "GeventCore", "GeventSync"]),
        layer("Gevent", ["GeventCore", "GeventFiber", "GeventSync", "GeventNet", "GeventSystem"]),
        layer(
            "GeventTLS", ["CGeventTLS", "GeventSystem", "GeventCore", "GeventSync", "GeventNet"]),
        layer(
            "GeventMonkey",
            [
                "CGeventPatch", "CGeventSwitch", "GeventSystem", "GeventLoop", "GeventCore",
                "GeventInsight",
            ]),
        .target(
            name: "CGeventInsight", dependencies: ["CGeventSystem", "CGeventSwitch"],
            cSettings: cSettings),
        layer(
            "GeventInsight",
            ["CGeventInsight", "CGeventSwitch", "GeventSystem", "GeventLoop", "GeventCore"]),
        // What `gevent run` has the dynamic linker load into a program.
        .target(name: "CGeventPreload", cSettings: cSettings),
        layer(
            "GeventPreload",
            ["CGeventPreload", "CGeventPatch", "GeventMonkey", "GeventCore", "GeventSystem"]),
        // Defines malloc and its like, so only GeventTesting stands on it.
        .target(name: "CGeventTesting", cSettings: cSettings),
        layer(
            "GeventTesting",
            [
                "CGeventTesting", "CGeventSwitch", "GeventLoop", "GeventSystem", "GeventCore",
                "GeventSync", "GeventNet",
            ]
        ),
        .executableTarget(
            name: "GeventTool",
            dependencies: [
                "Gevent", "GeventMonkey",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),
        layer(
            "GeventTestSupport",
            [
                "CGeventSwitch", "GeventLoop", "GeventSystem", "GeventCore", "GeventSync",
                "GeventNet", "GeventTesting",
            ]),
        .target(
            name: "GeventFuzzing", dependencies: ["GeventNet", "GeventCore", "GeventSystem"],
            path: "Fuzzing/Sources/GeventFuzzing", swiftSettings: settings),
        tests("FuzzingTests", ["GeventFuzzing", "GeventTestSupport"]),
        tests("GeventSystemTests", ["GeventSystem"]),
        tests("GeventLoopTests", ["GeventLoop", "GeventSystem"]),
        tests(
            "GeventSyncTests",
            ["GeventSync", "GeventCore", "GeventSystem", "GeventTestSupport", "GeventTesting"]),
        tests(
            "GeventNetTests",
            [
                "GeventNet", "GeventSync", "GeventCore", "GeventSystem", "GeventTestSupport",
                "GeventTesting",
            ]),
        tests("GeventToolTests", ["GeventTool", "Gevent", "GeventCore", "GeventTestSupport"]),
        tests(
            "GeventTestingTests",
            [
                "GeventTesting", "GeventTestSupport", "GeventNet", "GeventSync", "GeventCore",
                "GeventLoop", "GeventSystem",
            ]),
        tests(
            "GeventInsightTests",
            [
                "GeventInsight", "GeventCore", "GeventSystem", "GeventTestSupport",
                "CGeventTestProbes",
            ]),
        tests("SnippetTests", []),
        .testTarget(
            name: "RefusalTests", dependencies: ["Gevent"], exclude: ["Programs"],
            swiftSettings: settings),
        .target(
            name: "CGeventCallProbes", dependencies: ["CGeventPatch"],
            path: "Tests/CGeventCallProbes"),
        .target(name: "CGeventTestProbes", path: "Tests/CGeventTestProbes"),
        .target(
            name: "CGeventTLSTestProbes", path: "Tests/CGeventTLSTestProbes",
            linkerSettings: [.linkedLibrary("ssl"), .linkedLibrary("crypto")]),
        tests(
            "GeventTLSTests",
            [
                "GeventTLS", "GeventNet", "GeventCore", "GeventSync", "GeventSystem",
                "GeventTestSupport", "GeventTesting", "CGeventTLS", "CGeventTLSTestProbes",
            ]),
        .target(
            name: "CGeventMonkeyTestProbes", dependencies: ["CGeventPatch"],
            path: "Tests/CGeventMonkeyTestProbes", cSettings: cSettings),
        .target(
            name: "CGeventPatchTestProbes", dependencies: ["CGeventPatch"],
            path: "Tests/CGeventPatchTestProbes"),
        .target(
            name: "CGeventThreadTestProbes", dependencies: ["CGeventPatch"],
            path: "Tests/CGeventThreadTestProbes"),
        tests(
            "GeventMonkeyTests",
            [
                "GeventMonkey", "GeventInsight", "GeventCore", "GeventSystem", "GeventTestSupport",
                "GeventTesting",
                "CGeventPatch", "CGeventSwitch", "CGeventMonkeyTestProbes",
                "CGeventPatchTestProbes", "CGeventCallProbes", "CGeventThreadTestProbes",
            ]),
        tests(
            "GeventFiberTests",
            ["GeventFiber", "GeventSystem", "CGeventSwitch", "CGeventTestProbes"]),
        tests(
            "GeventCoreTests",
            [
                "GeventCore", "GeventFiber", "GeventLoop", "GeventSystem", "GeventTestSupport",
                "GeventTesting",
                "CGeventTestProbes",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
                .product(name: "Instrumentation", package: "swift-distributed-tracing"),
            ]),
    ] + fuzzers,
    swiftLanguageModes: [.v6]
)
