// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventFiber

/// A greenlet whose result has no type: what lists of different greenlets hold.
///
/// Every ``Greenlet`` is one. The state properties may be read from any thread; what stores a
/// closure or starts the greenlet belongs to the thread of its hub, and traps elsewhere.
///
/// gevent: `Greenlet`.
@safe open class AnyGreenlet {
    // SAFETY: the record lives as long as the object; it is written by the hub's thread, or under the
    // lock in `joiners`. It is no property, since each access to one would be checked at run time.
    @usableFromInline final let node: Node
    final let runner: (AnyGreenlet) -> Void
    @usableFromInline @exclusivity(unchecked) final var box: AnyObject?
    @exclusivity(unchecked) final var failure: (any Error)?
    @exclusivity(unchecked) final var extras: Extras?
    @exclusivity(unchecked) final var tree: SpawnTree?

    /// Makes a greenlet that runs `runner` on itself; it starts with ``start()``.
    ///
    /// The runner is a closure without captures, made where the type of the result is known: an
    /// overridden generic method in its place costs twice as much as the whole rest of a spawn.
    @usableFromInline
    init(
        runner: @escaping (AnyGreenlet) -> Void, stackSize: Int?, file: StaticString, line: UInt
    ) {
        let node = unsafe gv_node_take(currentHubPointer())
        unsafe self.node = node
        self.runner = runner
        unsafe node.pointee.site_file = UnsafeRawPointer(file.utf8Start).assumingMemoryBound(
            to: CChar.self)
        unsafe node.pointee.site_line = UInt32(truncatingIfNeeded: line)
        if let stackSize { unsafe node.pointee.stack_size = UInt32(clamping: stackSize) }
        // SAFETY: the record goes with the object.
        unsafe node.pointee.object = Unmanaged.passUnretained(self).toOpaque()
    }

    deinit {
        if unsafe failure != nil { reportUncollected() }
        if let extras = unsafe extras { extras.freeName() }
        if unsafe node.pointee.memberships != nil { Membership.forgetAll(of: self) }
        unsafe Interrupts.release(node)
        unsafe gv_node_give(node)
    }

    // Overridden where there is a body: lets go of it when it will not run.
    func dropBody() {}
}

extension AnyGreenlet {
    /// The greenlet that a record is part of.
    @inline(__always) static func of(_ node: Node) -> AnyGreenlet {
        unsafe Unmanaged<AnyGreenlet>.fromOpaque(node.pointee.object).takeUnretainedValue()
    }

    /// Whether all of `bits` are set.
    @inline(__always) final func has(_ bits: Int) -> Bool {
        unsafe gv_flags(node) & UInt32(bits) == UInt32(bits)
    }

    @inline(__always) final func raise(_ bits: Int) {
        unsafe gv_flags_raise(node, UInt32(bits))
    }

    @inline(__always) final func lower(_ bits: Int) {
        unsafe gv_flags_lower(node, UInt32(bits))
    }

    /// What few greenlets need, made when one does.
    final var details: Extras { locked { extrasLocked } }

    /// The same, under the lock of the line of joiners.
    final var extrasLocked: Extras {
        if let extras = unsafe extras { return extras }
        let made = Extras()
        unsafe extras = made
        return made
    }

    /// Runs `body`, which must not wait or call out, under the lock of the line of joiners.
    @inline(__always) final func locked<Result>(_ body: () -> Result) -> Result {
        unsafe gv_line_lock(gv_joiners(node))
        defer { unsafe gv_line_unlock(gv_joiners(node)) }
        return body()
    }
}
