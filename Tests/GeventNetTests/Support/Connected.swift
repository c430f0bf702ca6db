// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport

/// Two ends of a connection over the loopback interface.
struct Connected {
    let client: TCPStream
    let server: TCPStream
}

extension Connected {
    init() throws {
        let listener = try TCPListener(host: "127.0.0.1", port: 0)
        defer { listener.close() }
        let client = try TCPStream(to: listener.address)
        self.init(client: client, server: try listener.accept())
    }
}

/// Lets others run until `greenlet` waits for what `reason` names.
func untilParked(_ greenlet: AnyGreenlet, in reason: String) throws {
    while !greenlet.isReady && !greenlet.waitReason.hasPrefix(reason) { try sleep(.zero) }
}

/// Lets the hub look at what the kernel has to report.
func untilPolled() throws {
    try sleep(.milliseconds(1))
}

/// What `body` throws; `nil` if it does not.
func errorOf(_ body: () throws -> Void) -> (any Error)? {
    do { try body() } catch { return error }
    return nil
}

/// Bytes that tell where they stand.
func pattern(_ count: Int) -> [UInt8] {
    var state: UInt32 = 1
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    while bytes.count < count {
        state = state &* 1_664_525 &+ 1_013_904_223
        bytes.append(UInt8(truncatingIfNeeded: state >> 24))
    }
    return bytes
}

/// More than any socket's buffers hold.
let flood = [UInt8](repeating: 0x2E, count: 20_000_000)
