// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSystem

// Of a closed socket nothing is known, and setting does nothing. On an open one the calls used here
// have nothing to fail for.
extension Socket {
    /// The address at this end; `nil` once closed.
    var localAddress: SocketAddress? {
        guard let number = try? number(for: "getsockname") else { return nil }
        return try? SocketCalls.localAddress(number)
    }

    /// What an option is at; `nil` once closed.
    func option(_ option: SocketOption) -> Int? {
        guard let number = try? number(for: "getsockopt") else { return nil }
        return (try? option.value(of: number)).map(Int.init)
    }

    /// Changes an option; `nil` leaves it.
    func setOption(_ option: SocketOption, _ value: Int?) {
        guard let value, let number = try? number(for: "setsockopt") else { return }
        try? option.set(Int32(clamping: value), on: number)
    }
}
