// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// Look-ups of names as the C library does them; they block their thread.
///
/// For the offload pool; a greenlet never calls these itself.
package enum NameLookup {
    /// The addresses of a host, in the order in which to try them.
    ///
    /// - Parameters:
    ///   - host: A name or a numeric address; `nil` is this machine.
    ///   - port: Given to every address of the answer.
    ///   - family: `nil` asks for IPv4 and IPv6.
    ///   - kind: What the addresses are for; the answer names each once.
    ///   - isPassive: With a `nil` host, whether the address is to listen on instead of to connect
    ///     to.
    /// - Returns: At least one address.
    /// - Throws: ``LookupError``; for a host with a zero byte in it `EAI_NONAME`, unasked.
    ///
    /// Call: `getaddrinfo`.
    package static func addresses(
        of host: String?, port: UInt16, family: SocketAddress.Family? = nil,
        kind: SocketKind = .stream, isPassive: Bool = false
    ) throws(LookupError) -> [SocketAddress] {
        guard host?.utf8.contains(0) != true else {
            throw LookupError(subject: host ?? "", code: EAI_NONAME)
        }
        var hints = unsafe addrinfo()
        unsafe hints.ai_family = family?.number ?? AF_UNSPEC
        unsafe hints.ai_socktype = kind.number
        unsafe hints.ai_flags = AI_NUMERICSERV | (isPassive ? AI_PASSIVE : 0)
        var list: UnsafeMutablePointer<addrinfo>? = nil
        // SAFETY: text and hints are lent for the call; the list it makes is freed once, below.
        try unsafe lookUp(host, String(port), &hints, &list)
        defer { unsafe freeaddrinfo(list) }
        return unsafe collect(list)
    }

    private static func lookUp(
        _ host: String?, _ service: String, _ hints: UnsafePointer<addrinfo>,
        _ list: UnsafeMutablePointer<UnsafeMutablePointer<addrinfo>?>
    ) throws(LookupError) {
        var number: Int32 = 0
        let code =
            if let host {
                unsafe gv_name_look_up(host, service, hints, list, &number)
            } else {
                unsafe gv_name_look_up(nil, service, hints, list, &number)
            }
        try check(code, number, host ?? "localhost")
    }

    private static func check(
        _ code: Int32, _ number: Int32, _ subject: String
    ) throws(LookupError) {
        if code == 0 { return }
        throw LookupError(
            subject: subject, code: code, systemCode: code == EAI_SYSTEM ? number : nil)
    }

    private static func collect(_ list: UnsafeMutablePointer<addrinfo>?) -> [SocketAddress] {
        var addresses: [SocketAddress] = []
        var next = unsafe list
        // SAFETY: the list is the C library's, ends with nil, and is freed after this.
        while let entry = unsafe next {
            let bytes = unsafe UnsafeRawBufferPointer(
                start: entry.pointee.ai_addr, count: Int(entry.pointee.ai_addrlen))
            if let address = unsafe SocketAddress(bytes: bytes) { addresses.append(address) }
            unsafe next = entry.pointee.ai_next
        }
        return addresses
    }

    /// The name of the host at an address.
    ///
    /// - Parameter address: IPv4 or IPv6.
    /// - Returns: The full name if the resolver knows it.
    /// - Throws: ``LookupError`` `EAI_NONAME` when the address has no name, `EAI_FAMILY` for a Unix
    ///   address.
    ///
    /// Call: `getnameinfo` with `NI_NAMEREQD`.
    package static func name(of address: SocketAddress) throws(LookupError) -> String {
        guard address.family != .unix else {
            throw LookupError(subject: address.description, code: EAI_FAMILY)
        }
        var room = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        var number: Int32 = 0
        // SAFETY: the address is lent for the call, which writes at most the room it is given.
        let code = unsafe address.withBytes { bytes in
            unsafe gv_name_of_address(
                bytes.baseAddress, socklen_t(bytes.count), &room, socklen_t(room.count), &number)
        }
        try check(code, number, address.description)
        return KernelText.string(room)
    }
}
