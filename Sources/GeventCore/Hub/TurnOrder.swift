// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch

/// Decides which of those who are ready runs next, where a test does not want the order they came in.
package protocol TurnOrder: AnyObject {
    /// Decides on one of two or more.
    ///
    /// - Parameter window: Those who are ready, the first of them first.
    /// - Returns: The place of one of them.
    func choose(from window: borrowing ReadyWindow) -> Int
}

/// Those who are ready, of whom one runs next.
///
/// Callbacks of the hub keep their order among each other, so the first of them stands for all.
@safe package struct ReadyWindow: ~Copyable {
    /// How many are looked at; a test with more than that ready is one of load, not of order.
    static let mostPlaces = 64

    fileprivate var entries: [UnsafeMutablePointer<gv_ready>] = unsafe []

    /// How many there are.
    package var count: Int { unsafe entries.count }

    /// Who it is, for people.
    package func name(at place: Int) -> String {
        guard let greenlet = greenlet(at: place) else { return "a callback of the hub" }
        return greenlet is MainGreenlet ? "the main greenlet" : greenlet.name
    }

    /// From where it goes on, for people.
    package func origin(at place: Int) -> String {
        guard let greenlet = greenlet(at: place) else { return "is called" }
        guard greenlet.has(GV_IS_RUNNING) else { return "begins" }
        return greenlet.waitName.map { "goes on after \($0)" } ?? "goes on"
    }

    private func greenlet(at place: Int) -> AnyGreenlet? {
        let entry = unsafe entries[place]
        guard unsafe entry.pointee.kind == UInt32(GV_READY_GREENLET) else { return nil }
        // SAFETY: an entry of this kind is the first member of a greenlet's record.
        return unsafe AnyGreenlet.of(
            UnsafeMutableRawPointer(entry).assumingMemoryBound(to: gv_greenlet.self))
    }
}

extension Hub {
    /// Moves the one that `order` decides on to the front of the ready queue.
    func bringForward(by order: any TurnOrder) {
        var window = ReadyWindow()
        var hasCallback = false
        var entry = unsafe pointer.pointee.ready_head
        while let here = unsafe entry, window.count < ReadyWindow.mostPlaces {
            let isCallback = unsafe here.pointee.kind == UInt32(GV_READY_CALLBACK)
            if !isCallback || !hasCallback { unsafe window.entries.append(here) }
            hasCallback = hasCallback || isCallback
            unsafe entry = here.pointee.next
        }
        guard window.count > 1 else { return }
        let place = order.choose(from: window)
        unsafe moveToFront(window.entries[place])
    }

    private func moveToFront(_ chosen: UnsafeMutablePointer<gv_ready>) {
        guard var before = unsafe pointer.pointee.ready_head, unsafe before != chosen else {
            return
        }
        // SAFETY: the chosen one stands in the queue, behind its first.
        while let next = unsafe before.pointee.next, unsafe next != chosen { unsafe before = next }
        unsafe before.pointee.next = chosen.pointee.next
        if unsafe pointer.pointee.ready_tail == chosen {
            unsafe pointer.pointee.ready_tail = before
        }
        unsafe chosen.pointee.next = pointer.pointee.ready_head
        unsafe pointer.pointee.ready_head = chosen
    }
}
