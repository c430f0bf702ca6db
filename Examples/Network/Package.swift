// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

let names = [
    "EchoServer", "Chat", "PortForwarder", "ConnectProxy", "UDPServer", "UDPClient", "UnixPair",
    "MassLookup", "FileSender", "PortProbe", "TLSEcho",
]

let package = Package(
    name: "Network",
    traits: [.trait(name: "CAres", description: "Passed on to swift-gevent.")],
    dependencies: [
        .package(
            name: "swift-gevent", path: "../..",
            traits: [.trait(name: "CAres", condition: .when(traits: ["CAres"]))])
    ],
    targets: names.map { name in
        .executableTarget(
            name: name,
            dependencies: [.product(name: "Gevent", package: "swift-gevent")]
                + (name.hasPrefix("TLS")
                    ? [.product(name: "GeventTLS", package: "swift-gevent")] : []),
            swiftSettings: [.treatAllWarnings(as: .error)])
    },
    swiftLanguageModes: [.v6]
)
