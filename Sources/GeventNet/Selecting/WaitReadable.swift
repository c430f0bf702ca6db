// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSystem

/// Waits until a descriptor of other code can be read from without blocking.
///
/// This is how a client library that hands out its socket is driven. The descriptor is left as it is,
/// blocking or not. Closing it does not end the wait: it waits for what is open, not for the number.
///
/// ```swift
/// while PQisBusy(connection) == 1 {
///     try waitReadable(PQsocket(connection))
///     PQconsumeInput(connection)
/// }
/// ```
///
/// > Suspends: Always, but for a regular file, which is always ready.
///
/// - Parameters:
///   - number: An open descriptor: a socket, a pipe, a terminal, an event counter.
///   - timeout: How long to wait; `nil` waits for ever.
/// - Throws: ``SocketTimeoutError``; `SystemError` (`EBADF`, `EMFILE`); what strikes the greenlet.
///
/// gevent: `socket.wait_read`.
public func waitReadable(_ number: Int32, timeout: Duration? = nil) throws {
    try waitForeign(number, .read, "waitReadable", timeout)
}

/// Waits until a descriptor of other code can be written to without blocking.
///
/// > Suspends: Always, but for a regular file, which is always ready.
///
/// - Parameters:
///   - number: An open descriptor: a socket, a pipe, a terminal.
///   - timeout: How long to wait; `nil` waits for ever.
/// - Throws: ``SocketTimeoutError``; `SystemError` (`EBADF`, `EMFILE`); what strikes the greenlet.
///
/// gevent: `socket.wait_write`.
public func waitWritable(_ number: Int32, timeout: Duration? = nil) throws {
    try waitForeign(number, .write, "waitWritable", timeout)
}

private func waitForeign(
    _ number: Int32, _ direction: DescriptorWatch.Direction, _ operation: String,
    _ timeout: Duration?
) throws {
    _ = try AnyGreenlet.currentThatMayWait()
    // A copy, since the number itself may be watched already, by us or by another greenlet.
    let copy = try Descriptor(duplicating: number)
    let watch: DescriptorWatch
    do {
        watch = try DescriptorWatch(copy.number)
    } catch let error as SystemError where error.isAlwaysReady {
        return
    }
    // The first report tells how it is now (epoll_ctl(2), EPOLL_CTL_ADD).
    defer { watch.close() }
    guard try watch.wait(for: direction, timeout: timeout) else {
        throw SocketTimeoutError(operation: operation, duration: timeout ?? .zero)
    }
}
