// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

extension SystemError {
    /// The failure to reach a host from an address of a family that the host has no address of.
    package static func noAddress(like source: SocketAddress, host: String) -> SystemError {
        SystemError(
            call: "connect", code: EADDRNOTAVAIL,
            note: "\(host) has no address of the family of \(source)")
    }
}
