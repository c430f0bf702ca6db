// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

// A package of its own, so that it sees of the library what any user's package sees of it.
let package = Package(
    name: "swift-gevent-benchmarks",
    products: [.executable(name: "bench", targets: ["Bench"])],
    dependencies: [.package(name: "swift-gevent", path: "..")],
    targets: [
        .target(name: "CBenchLimits"),
        .executableTarget(
            name: "Bench",
            dependencies: ["CBenchLimits", .product(name: "Gevent", package: "swift-gevent")],
            swiftSettings: [
                .strictMemorySafety(),
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("MemberImportVisibility"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
