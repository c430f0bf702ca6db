// SPDX-License-Identifier: Apache-2.0
internal import GeventSystem

/// A socket that the process was started with.
///
/// It is closed on `exec`. Letting go of the object closes it, unless somebody has taken it.
public final class InheritedSocket: Sendable {
    /// What the one who passed it calls it; "unknown" without a name.
    public let name: String

    private let descriptor: OwnedDescriptor

    init(_ name: String, _ descriptor: OwnedDescriptor) {
        self.name = name
        self.descriptor = descriptor
    }

    /// The number of the descriptor; below zero once it was taken.
    public var number: Int32 { descriptor.number }

    /// Hands over the socket, for the `attaching` form of a listener or a server.
    ///
    /// - Throws: `SystemError` `EBADF` if it was taken before.
    public func take() throws -> DetachedSocket {
        guard let number = descriptor.release() else {
            throw SystemError.closedForGood("inheritedListeners", note: "it was taken before")
        }
        return try DetachedSocket(adopting: number)
    }
}

/// The listening sockets that the service manager has passed to this process, in its order.
///
/// ```swift
/// for socket in try inheritedListeners() where socket.name == "web" {
///     let server = try StreamServer(attaching: socket.take()) { stream, _ in … }
/// }
/// ```
///
/// They are the descriptors from 3 on that `LISTEN_FDS` counts, if `LISTEN_PID` names this process,
/// with their names in `LISTEN_FDNAMES`: sd_listen_fds(3). The sockets are handed over once: a second
/// call gives none.
///
/// - Returns: The sockets; none for a process that was given none.
/// - Throws: ``SocketActivationError`` if the variables make no sense; `SystemError` `EBADF` for a
///   descriptor that is not open.
///
/// gevent: `gevent.socket.socket(fileno=3)`. Call: `sd_listen_fds_with_names`.
public func inheritedListeners() throws -> [InheritedSocket] {
    try Inheritance.taken.withLock { isTaken in
        if isTaken { return [] }
        let sockets = try Inheritance.sockets(
            process: CurrentThread.process, first: Inheritance.first, Environment.value)
        isTaken = !sockets.isEmpty
        return sockets
    }
}

/// What the environment says about descriptors that were passed on.
package enum Inheritance {
    static let first: Int32 = 3
    static let taken = Guarded(false)

    /// The sockets that are meant for `process`.
    ///
    /// - Parameters:
    ///   - process: The number of this process.
    ///   - first: The number of the first descriptor.
    ///   - environment: The value of a variable.
    /// - Returns: The sockets, none if they are meant for another process.
    /// - Throws: ``SocketActivationError``; `SystemError` `EBADF`.
    package static func sockets(
        process: Int32, first: Int32, _ environment: (String) -> String?
    ) throws -> [InheritedSocket] {
        guard let addressee = try number("LISTEN_PID", environment) else { return [] }
        // The variables outlive an exec: they may be meant for an ancestor.
        guard addressee == process, let count = try number("LISTEN_FDS", environment), count > 0
        else { return [] }
        let last = first.addingReportingOverflow(count - 1)
        if last.overflow {
            throw SocketActivationError(variable: "LISTEN_FDS", value: "\(count)", "it is too many")
        }
        let names = try names(Int(count), environment)
        // All are looked at before one is taken.
        for number in first...last.partialValue { try Descriptor.closeOnExec(number) }
        return zip(names, first...last.partialValue).map { name, number in
            InheritedSocket(name, OwnedDescriptor(owning: number))
        }
    }

    private static func number(_ name: String, _ environment: (String) -> String?) throws -> Int32?
    {
        guard let text = environment(name) else { return nil }
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int32(text)
        else { throw SocketActivationError(variable: name, value: text, "it is no number") }
        return number
    }

    private static func names(
        _ count: Int, _ environment: (String) -> String?
    ) throws -> [String] {
        guard let text = environment("LISTEN_FDNAMES") else {
            return Array(repeating: "unknown", count: count)
        }
        let names = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard names.count == count else {
            throw SocketActivationError(
                variable: "LISTEN_FDNAMES", value: text, "LISTEN_FDS counts \(count) descriptors")
        }
        return names
    }
}

/// A variable that passes on sockets makes no sense.
public struct SocketActivationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The variable: `LISTEN_PID`, `LISTEN_FDS` or `LISTEN_FDNAMES`.
    public let variable: String

    /// Its value.
    public let value: String

    /// What is wrong with it.
    public let reason: String

    init(variable: String, value: String, _ reason: String) {
        self.variable = variable
        self.value = value
        self.reason = reason
    }

    /// The variable, its value and what is wrong.
    public var description: String { "\(variable) is \"\(value)\": \(reason)" }
}
