// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

let libraries = ["CPostgres", "CRedis", "CCurl", "CMariaDB", "COpenSSL", "CSSH"]

let package = Package(
    name: "BlockingClients",
    products: [.executable(name: "clients", targets: ["Clients"])],
    dependencies: [
        .package(name: "swift-gevent", path: "../.."),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: libraries.map { .systemLibrary(name: $0) } + [
        .executableTarget(
            name: "Clients",
            dependencies: libraries.map { .target(name: $0) } + [
                .product(name: "Gevent", package: "swift-gevent"),
                .product(name: "GeventMonkey", package: "swift-gevent"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: [.treatAllWarnings(as: .error)]),
        .executableTarget(
            name: "DelayServer",
            dependencies: [
                .product(name: "Gevent", package: "swift-gevent"),
                .product(name: "GeventTLS", package: "swift-gevent"),
            ],
            swiftSettings: [.treatAllWarnings(as: .error)]),
    ],
    swiftLanguageModes: [.v6]
)
