// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

extension SocketAddress {
    /// How many bytes of a path or name the kernel takes, its final zero not counted.
    static let unixCapacity = 107

    /// A socket in the file system.
    ///
    /// - Parameter path: At most 107 bytes.
    /// - Throws: ``SystemError`` `ENAMETOOLONG` for a longer path, `EINVAL` for an empty one or one
    ///   with a zero byte in it.
    ///
    /// Call: `unix(7)`.
    public init(unixPath path: String) throws(SystemError) {
        let bytes = Array(path.utf8)
        guard bytes.count <= Self.unixCapacity else {
            throw SystemError(call: "bind", code: ENAMETOOLONG, note: path)
        }
        // A zero would cut the path short, and one at the front would make it an abstract name.
        guard !bytes.isEmpty, !bytes.contains(0) else {
            throw SystemError(call: "bind", code: EINVAL, note: "the path is empty or has a zero")
        }
        self.init(.unix(bytes))
    }

    /// A name outside the file system, which is gone with its last socket.
    ///
    /// - Parameter name: At most 107 bytes, zeros among them if you like.
    /// - Throws: ``SystemError`` `ENAMETOOLONG` for a longer name.
    ///
    /// Call: `unix(7)`, *abstract*.
    public init(abstractName name: [UInt8]) throws(SystemError) {
        guard name.count <= Self.unixCapacity else {
            throw SystemError(call: "bind", code: ENAMETOOLONG)
        }
        self.init(.unix([0] + name))
    }

    /// The path of a Unix address; `nil` for other addresses, abstract names and unnamed sockets.
    public var unixPath: String? {
        guard case .unix(let bytes) = storage, let first = bytes.first, first != 0 else {
            return nil
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The abstract name of a Unix address; `nil` for other addresses, paths and unnamed sockets.
    public var abstractName: [UInt8]? {
        guard case .unix(let bytes) = storage, bytes.first == 0 else { return nil }
        return Array(bytes.dropFirst())
    }
}
