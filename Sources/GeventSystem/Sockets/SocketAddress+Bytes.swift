// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// An address as the kernel reads and writes it.
struct RawSocketAddress {
    var storage = sockaddr_storage()

    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
}

extension RawSocketAddress {
    init(_ address: SocketAddress) {
        switch address.storage {
        case .ipv4(let host, let port):
            var record = sockaddr_in()
            record.sin_family = sa_family_t(AF_INET)
            record.sin_port = port.bigEndian
            record.sin_addr.s_addr = host.bigEndian
            store(record)
        case .ipv6(let host, let port, let scope):
            var record = sockaddr_in6()
            record.sin6_family = sa_family_t(AF_INET6)
            record.sin6_port = port.bigEndian
            record.sin6_scope_id = scope
            // SAFETY: both are 16 plain bytes.
            record.sin6_addr = unsafe unsafeBitCast(host.bigEndian, to: in6_addr.self)
            store(record)
        case .unix(let name):
            store(name)
        }
    }

    private mutating func store<Record>(_ record: Record) {
        // SAFETY: every record of a family fits into sockaddr_storage, which exists for that.
        unsafe withUnsafeMutableBytes(of: &storage) { bytes in
            unsafe bytes.storeBytes(of: record, as: Record.self)
        }
        length = socklen_t(MemoryLayout<Record>.size)
    }

    private mutating func store(_ name: [UInt8]) {
        storage.ss_family = sa_family_t(AF_UNIX)
        let start = MemoryLayout<sa_family_t>.size
        // SAFETY: SocketAddress holds at most 108 bytes of name, and 126 follow the family here.
        unsafe withUnsafeMutableBytes(of: &storage) { unsafe $0[start...].copyBytes(from: name) }
        // A path is counted with its final zero, an abstract name must not be: zeros are part of it.
        // A path that fills the kernel's record comes without one, and must go back so (unix(7)).
        let isPath = name.first.map { $0 != 0 } ?? false
        let end = isPath && name.count <= SocketAddress.unixCapacity ? 1 : 0
        length = socklen_t(start + name.count + end)
    }
}

extension SocketAddress {
    /// The address in bytes that the kernel or the C library wrote; `nil` for a family that is not
    /// one of ours or for too few bytes.
    ///
    /// Call: `sockaddr`.
    @unsafe
    package init?(bytes: UnsafeRawBufferPointer) {
        let familySize = MemoryLayout<sa_family_t>.size
        guard bytes.count >= familySize else { return nil }
        // SAFETY: each load is preceded by a check of the count; the caller lends the bytes.
        switch Int32(unsafe bytes.loadUnaligned(as: sa_family_t.self)) {
        case AF_INET where bytes.count >= MemoryLayout<sockaddr_in>.size:
            let record = unsafe bytes.loadUnaligned(as: sockaddr_in.self)
            let host = UInt32(bigEndian: record.sin_addr.s_addr)
            self.init(.ipv4(host, port: UInt16(bigEndian: record.sin_port)))
        case AF_INET6 where bytes.count >= MemoryLayout<sockaddr_in6>.size:
            let record = unsafe bytes.loadUnaligned(as: sockaddr_in6.self)
            let host = UInt128(bigEndian: unsafe unsafeBitCast(record.sin6_addr, to: UInt128.self))
            let port = UInt16(bigEndian: record.sin6_port)
            self.init(.ipv6(host, port: port, scope: record.sin6_scope_id))
        case AF_UNIX:
            let name = unsafe bytes[familySize...].prefix(Self.unixCapacity + 1)
            // A path may come with its final zero or, at full length, without one.
            let isPath = unsafe name.first != 0
            self.init(.unix(unsafe isPath ? Array(name.prefix { $0 != 0 }) : Array(name)))
        default:
            return nil
        }
    }

    /// Lends the address as the bytes that the kernel and the C library take.
    ///
    /// Call: `sockaddr`.
    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        var raw = RawSocketAddress(self)
        let length = Int(raw.length)
        // SAFETY: the bytes lent are the front of a local, for the length of the body.
        return unsafe withUnsafeBytes(of: &raw.storage) { bytes in
            unsafe body(UnsafeRawBufferPointer(rebasing: bytes.prefix(length)))
        }
    }
}
