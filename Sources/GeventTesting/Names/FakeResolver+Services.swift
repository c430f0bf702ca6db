// SPDX-License-Identifier: Apache-2.0
public import GeventNet
internal import GeventSystem

extension FakeResolver {
    private static let services: [(name: String, port: UInt16)] = [
        ("ftp", 21), ("ssh", 22), ("smtp", 25), ("domain", 53), ("http", 80), ("https", 443),
    ]

    /// The port of a service that everybody knows: `http`, `https`, `domain` and few more.
    ///
    /// - Throws: `LookupError` for every other service.
    public func port(of service: String, over transport: Transport) throws -> UInt16 {
        guard let known = Self.services.first(where: { $0.name == service }) else {
            throw LookupError.noSuchService(service)
        }
        return known.port
    }

    /// The service at a port that everybody knows.
    ///
    /// - Throws: `LookupError` for every other port.
    public func service(at port: UInt16, over transport: Transport) throws -> String {
        guard let known = Self.services.first(where: { $0.port == port }) else {
            throw LookupError.noSuchService("\(port)")
        }
        return known.name
    }
}
