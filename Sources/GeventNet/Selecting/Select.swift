// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSystem

/// The descriptors that ``select(read:write:except:timeout:)`` found ready, in the caller's order.
///
/// gevent: `SelectResult`.
public struct Selected: Hashable, Sendable {
    /// A read would not block.
    public let read: [Int32]

    /// A write would not block.
    public let write: [Int32]

    /// Something urgent has come.
    public let except: [Int32]

    /// Whether nothing was ready in time.
    public var isEmpty: Bool { read.isEmpty && write.isEmpty && except.isEmpty }
}

/// Waits until one of several descriptors is ready, as select(2) without its limit of 1,024.
///
/// > Suspends: Always.
///
/// - Parameters:
///   - read: Those to read from.
///   - write: Those to write to.
///   - except: Those from which something urgent is expected.
///   - timeout: How long to wait; zero only looks, `nil` waits for ever.
/// - Returns: Those that are ready; none when the time is up.
/// - Throws: `SystemError` `EBADF` for a number that is not open, `EMFILE`; what strikes the greenlet.
/// - Complexity: O(n): a ``Selector`` serves many descriptors better.
///
/// gevent: `gevent.select.select`.
public func select(
    read: [Int32] = [], write: [Int32] = [], except: [Int32] = [], timeout: Duration? = nil
) throws -> Selected {
    func entries(_ numbers: [Int32], _ events: Poll.Events) -> [PollLook.Entry] {
        numbers.map { PollLook.Entry(number: $0, bits: events.rawValue) }
    }
    if let number = (read + write + except).first(where: { $0 < 0 }) {
        throw SystemError.isNotOpen(number, "select")
    }
    let asked = entries(read, .readable) + entries(write, .writable) + entries(except, .urgent)
    var found: [Int32: Poll.Events] = [:]
    for entry in try PollLook.wait(for: asked, Limit(timeout)) {
        found[entry.number, default: []].formUnion(Poll.Events(rawValue: entry.bits))
    }
    if let number = found.first(where: { $0.value.contains(.invalid) })?.key {
        throw SystemError.isNotOpen(number, "select")
    }
    func ready(_ numbers: [Int32], _ events: Poll.Events) -> [Int32] {
        numbers.filter { found[$0]?.isDisjoint(with: events) == false }
    }
    // As select(2) counts them: an error or a hang-up makes a read or a write not block.
    return Selected(
        read: ready(read, [.readable, .error, .hangup]),
        write: ready(write, [.writable, .error]), except: ready(except, [.urgent]))
}
