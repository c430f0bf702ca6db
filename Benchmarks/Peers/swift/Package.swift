// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

let nio: [Target.Dependency] = [
    "Measure",
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
]

// Language mode 5: a fair peer does without checks at run time where its writer knows better.
let settings: [SwiftSetting] = [.swiftLanguageMode(.v5)]

let package = Package(
    name: "peers",
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
    ],
    targets: [
        .target(name: "Measure", swiftSettings: settings),
        .executableTarget(name: "SwiftTasks", dependencies: ["Measure"], swiftSettings: settings),
        .executableTarget(name: "NIOTasks", dependencies: nio, swiftSettings: settings),
        .executableTarget(
            name: "NIOServer",
            dependencies: nio + [.product(name: "NIOHTTP1", package: "swift-nio")],
            swiftSettings: settings),
        .executableTarget(
            name: "SecureServer",
            dependencies: nio + [.product(name: "NIOSSL", package: "swift-nio-ssl")],
            swiftSettings: settings),
    ]
)
