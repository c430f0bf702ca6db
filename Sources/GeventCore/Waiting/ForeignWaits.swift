// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventSystem

/// Waits for descriptors of code that knows nothing of hubs: one hub's list of them.
///
/// The descriptors belong to others, who may close and reuse their numbers unseen, share them, and
/// wait for one from several greenlets at once. So they stand on a kernel's list of their own, one
/// report for each wait (epoll(7), `EPOLLONESHOT`), and each wait asks the kernel anew: a number that
/// means another file by now is put on the list again. A wait costs one system call.
@safe package final class ForeignWaits {
    /// How a wait ended.
    package enum Outcome: Sendable {
        /// A look may find something.
        case mayBeReady
        /// The time is up.
        case timeUp
        /// Another greenlet has closed one of the descriptors.
        case closed
    }

    private let list: Epoll
    private let room = EpollEvents(capacity: 256)
    private var watch: DescriptorWatch?
    private var slots: [ForeignSlot] = []

    /// That of this thread's hub.
    ///
    /// - Throws: ``SystemError`` `EMFILE`, when it has to be made.
    package static func current() throws -> ForeignWaits {
        if let present = ofThisHub { return present }
        let made = try ForeignWaits()
        Scheduler.current.belongings[ObjectIdentifier(ForeignWaits.self)] = made
        ForeignClosing.add(Scheduler.current.reference)
        return made
    }

    /// That of this thread's hub, if it has one yet.
    static var ofThisHub: ForeignWaits? {
        Scheduler.current.belongings[ObjectIdentifier(ForeignWaits.self)] as? ForeignWaits
    }

    private init() throws {
        list = try Epoll()
        watch = try DescriptorWatch(list.number) { [unowned self] in drain() }
    }

    // Before the list's number is free.
    deinit { watch?.close() }

    /// Waits until one of `count` descriptors may be ready.
    ///
    /// > Suspends: Always, unless one of them is none that could be waited for: then a look tells why.
    ///
    /// - Parameters:
    ///   - what: What reports call it.
    ///   - count: How many.
    ///   - timeout: How long to wait; `nil` waits for ever.
    ///   - interest: The number of each, and the bits of poll(2) that are asked of it. A negative number
    ///     is passed over.
    /// - Returns: How it ended.
    /// - Throws: `SystemError` `ENOSPC`, `ENOMEM`; what strikes the greenlet.
    /// - Complexity: O(n), and as many system calls.
    package func wait(
        _ what: StaticString, count: Int, timeout: Duration?,
        _ interest: (Int) -> (number: Int32, events: UInt32)
    ) throws -> Outcome {
        // SAFETY: the entries are trivial, and made before anybody sees them.
        unsafe try withUnsafeTemporaryAllocation(of: ForeignEntry.self, capacity: count) {
            entries in
            for index in 0..<count {
                let (number, events) = interest(index)
                let bits = EventBits(rawValue: events).intersection(.askable)
                unsafe entries.initializeElement(
                    at: index, to: ForeignEntry(number: number, events: bits))
            }
            return unsafe try wait(what, for: entries, timeout)
        }
    }

    private func wait(
        _ what: StaticString, for entries: UnsafeMutableBufferPointer<ForeignEntry>,
        _ timeout: Duration?
    ) throws -> Outcome {
        let hub = unsafe waitingHubPointer()
        var linked = 0
        // SAFETY: this frame unlinks its entries before it goes, however it goes.
        defer { unsafe unlink(entries, linked) }
        var canWait = true
        for index in 0..<entries.count where canWait {
            let number = unsafe entries[index].number
            guard number >= 0, let entry = entries.baseAddress else { continue }
            guard reserve(number) else { return .mayBeReady }
            linked = index + 1
            unsafe slots[Int(number)].link(entry + index)
            canWait = unsafe try arm(
                number, slots[Int(number)].wanted.union(entries[index].events))
        }
        guard canWait else { return .mayBeReady }
        let scheduler = unsafe Scheduler.of(hub)
        scheduler.outsideWaits += 1
        scheduler.descriptorWaits += 1
        defer {
            scheduler.outsideWaits -= 1
            scheduler.descriptorWaits -= 1
        }
        let isWoken = unsafe try Wait(what: what, object: nil).parkAlone(
            hub: hub, timeout: timeout
        ) { waiter in
            for index in 0..<entries.count { unsafe entries[index].waiter = waiter }
        }
        guard isWoken else { return .timeUp }
        return unsafe entries.contains(where: \.isClosed) ? .closed : .mayBeReady
    }

    private func unlink(_ entries: UnsafeMutableBufferPointer<ForeignEntry>, _ count: Int) {
        guard let base = entries.baseAddress else { return }
        for index in 0..<count {
            let number = unsafe entries[index].number
            guard number >= 0 else { continue }
            unsafe slots[Int(number)].unlink(base + index)
            ForeignClosing.leave(number)
        }
    }

    /// Makes room for a number, unless it means no open file: it may be any number then.
    private func reserve(_ number: Int32) -> Bool {
        if slots.count <= Int(number) {
            do { try list.modify(number, interest: [], token: 0) } catch {
                if error.isNotOpen { return false }
            }
            while slots.count <= Int(number) { slots.append(ForeignSlot()) }
        }
        ForeignClosing.enter(number)
        return true
    }

    /// Has the kernel report a number once; false for one that it cannot: it is always ready, or not
    /// open at all.
    private func arm(_ number: Int32, _ events: EventBits) throws(SystemError) -> Bool {
        let interest = EpollFlags(rawValue: events.rawValue | 1 << 30)
        do {
            do {
                try list.modify(number, interest: interest, token: token(number))
            } catch let error where error.isNotWatched {
                slots[Int(number)].generation &+= 1
                try list.add(number, interest: interest, token: token(number))
            }
        } catch let error where error.isAlwaysReady || error.isNotOpen {
            return false
        }
        return true
    }

    private func token(_ number: Int32) -> UInt64 {
        UInt64(slots[Int(number)].generation) << 32 | UInt64(UInt32(bitPattern: number))
    }

    /// Takes what the kernel reports, and wakes whom it concerns; on the hub's own stack.
    private func drain() {
        while let count = try? list.wait(into: room, nanoseconds: 0), count > 0 {
            for index in 0..<count { note(room[index]) }
        }
    }

    private func note(_ event: EpollEvent) {
        let number = Int32(truncatingIfNeeded: event.token)
        guard number >= 0, Int(number) < slots.count, token(number) == event.token else { return }
        let happened = EventBits(rawValue: event.flags.rawValue)
        unsafe slots[Int(number)].forEach { entry in
            let concerns = unsafe entry.pointee.events.union(.unasked)
            if !happened.isDisjoint(with: concerns) { unsafe entry.pointee.wake() }
        }
        let left = slots[Int(number)].wanted
        // Who cannot be waited for any more looks for himself.
        if !left.isEmpty, (try? arm(number, left)) != true { wakeAll(number) }
    }

    private func wakeAll(_ number: Int32) {
        unsafe slots[Int(number)].forEach { unsafe $0.pointee.wake() }
    }

    /// The number is about to be closed: who waits for it is told so.
    func close(_ number: Int32) {
        guard Int(number) < slots.count else { return }
        unsafe slots[Int(number)].forEach { entry in
            unsafe entry.pointee.isClosed = true
            unsafe entry.pointee.wake()
        }
    }
}
