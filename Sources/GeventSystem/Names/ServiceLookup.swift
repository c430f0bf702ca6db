// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// Names of ports as the C library knows them; it reads files, and may ask a directory.
///
/// For the offload pool; a greenlet never calls these itself.
package enum ServiceLookup {
    private static let mostBytes = 65_536

    /// The port that a service has by custom.
    ///
    /// - Parameters:
    ///   - name: Such as `https`.
    ///   - protocol: `tcp` or `udp`.
    /// - Returns: The port.
    /// - Throws: ``LookupError`` `EAI_SERVICE` for a name that nobody knows.
    ///
    /// Call: `getservbyname_r`.
    package static func port(
        of name: String, protocol: String
    ) throws(LookupError) -> UInt16 {
        guard !name.isEmpty, !name.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else {
            throw LookupError(
                subject: name, code: EAI_SERVICE,
                reason: .malformed("a service has a name without spaces and control characters"))
        }
        var port: UInt16 = 0
        // SAFETY: the texts are lent for the call, which writes at most the room it is given.
        _ = try ask("\(name)/\(`protocol`)") { room in
            unsafe gv_service_port(name, `protocol`, &room, room.count, &port)
        }
        return port
    }

    /// The service that a port belongs to by custom.
    ///
    /// - Parameters:
    ///   - port: The port.
    ///   - protocol: `tcp` or `udp`.
    /// - Returns: The name of the service.
    /// - Throws: ``LookupError`` `EAI_SERVICE` for a port without a name.
    ///
    /// Call: `getservbyport_r`.
    package static func name(
        of port: UInt16, protocol: String
    ) throws(LookupError) -> String {
        // SAFETY: as above.
        let room = try ask("\(port)/\(`protocol`)") { room in
            unsafe gv_service_name(port, `protocol`, &room, room.count)
        }
        return KernelText.string(room)
    }

    private static func ask(
        _ subject: String, _ call: (inout [CChar]) -> Int32
    ) throws(LookupError) -> [CChar] {
        var room = [CChar](repeating: 0, count: 1024)
        while true {
            let code = call(&room)
            if code == 0 { return room }
            if code == ERANGE && room.count < mostBytes {
                room = [CChar](repeating: 0, count: room.count * 4)
            } else if code == ENOENT {
                throw LookupError(subject: subject, code: EAI_SERVICE)
            } else {
                throw LookupError(subject: subject, code: EAI_SYSTEM, systemCode: code)
            }
        }
    }
}
