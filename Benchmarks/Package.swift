// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

// Continuous integration sets it.
let warnings: [SwiftSetting] =
    Context.environment["GEVENT_WERROR"] != nil ? [.treatAllWarnings(as: .error)] : []

let settings: [SwiftSetting] =
    [
        .strictMemorySafety(),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ] + warnings

// A package of its own, so that it sees of the library what any user's package sees of it.
let package = Package(
    name: "swift-gevent-benchmarks",
    products: [
        .executable(name: "bench", targets: ["Bench"]),
        .executable(name: "count", targets: ["Count"]),
        .executable(name: "serve", targets: ["Serve"]),
        .executable(name: "soak", targets: ["Soak"]),
    ],
    dependencies: [.package(name: "swift-gevent", path: "..")],
    targets: [
        .target(
            name: "CBenchLimits",
            linkerSettings: [.linkedLibrary("ssl"), .linkedLibrary("crypto")]),
        .executableTarget(
            name: "Bench",
            dependencies: [
                "CBenchLimits", .product(name: "Gevent", package: "swift-gevent"),
                .product(name: "GeventTLS", package: "swift-gevent"),
                .product(name: "GeventMonkey", package: "swift-gevent"),
            ],
            swiftSettings: settings),
        .target(name: "CCountClock"),
        .executableTarget(
            name: "Count",
            dependencies: [
                "CCountClock",
                .product(name: "Gevent", package: "swift-gevent"),
                .product(name: "GeventTesting", package: "swift-gevent"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "Serve",
            dependencies: [
                .product(name: "Gevent", package: "swift-gevent"),
                .product(name: "GeventTLS", package: "swift-gevent"),
                .product(name: "GeventMonkey", package: "swift-gevent"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "Soak",
            dependencies: [
                .product(name: "Gevent", package: "swift-gevent"),
                .product(name: "GeventTesting", package: "swift-gevent"),
            ],
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
