// SPDX-License-Identifier: Apache-2.0
package import CGeventSwitch
internal import GeventFiber

/// The record of a greenlet that the scheduler works on.
package typealias Node = UnsafeMutablePointer<gv_greenlet>

/// A greenlet whose result has no type: what lists of different greenlets hold.
///
/// Every ``Greenlet`` is one. The state properties may be read from any thread; what stores a
/// closure or starts the greenlet belongs to the thread of its hub, and traps elsewhere.
///
/// gevent: `Greenlet`.
@safe open class AnyGreenlet {
    // Must stay the first stored property: `Node` is the object's address plus its header.
    // SAFETY: written by the hub's thread, or under the lock in `joiners`; never through the class,
    // so there is no access to check.
    @exclusivity(unchecked) final var record: gv_greenlet
    final let runner: (AnyGreenlet) -> Void
    @exclusivity(unchecked) final var failure: (any Error)?
    @exclusivity(unchecked) final var extras: Extras?
    @exclusivity(unchecked) final var tree: SpawnTree?
    @exclusivity(unchecked) final weak var spawnerReference: AnyGreenlet?

    /// Makes a greenlet that runs `runner` on itself; it starts with ``start()``.
    ///
    /// The runner is a closure without captures, made where the type of the result is known: an
    /// overridden generic method in its place costs twice as much as the whole rest of a spawn.
    @usableFromInline
    init(
        runner: @escaping (AnyGreenlet) -> Void, stackSize: Int?, file: StaticString, line: UInt
    ) {
        unsafe record = gv_greenlet()
        self.runner = runner
        let hub = unsafe currentHubPointer()
        unsafe record.hub = hub
        unsafe record.site_file = UnsafeRawPointer(file.utf8Start).assumingMemoryBound(to: CChar.self)
        unsafe record.site_line = UInt32(truncatingIfNeeded: line)
        if let stackSize { unsafe record.stack_size = UInt32(clamping: stackSize) }
    }

    deinit {
        if unsafe failure != nil { reportUncollected() }
        unsafe extras?.freeName()
    }

    // Overridden where there is a body: lets go of it when it will not run.
    func dropBody() {}
}

extension AnyGreenlet {
    // SAFETY: a stored property of a class instance stays where it is for as long as the instance
    // lives; `Layout.check` compares this address with the compiler's own, once a process.
    @inline(__always) final var node: Node {
        unsafe (Unmanaged.passUnretained(self).toOpaque() + Layout.headerByteCount)
            .assumingMemoryBound(to: gv_greenlet.self)
    }

    /// The greenlet that a record is part of.
    @inline(__always) static func of(_ node: Node) -> AnyGreenlet {
        unsafe Unmanaged<AnyGreenlet>.fromOpaque(UnsafeRawPointer(node) - Layout.headerByteCount)
            .takeUnretainedValue()
    }

    /// Whether all of `bits` are set.
    @inline(__always) final func has(_ bits: Int) -> Bool {
        unsafe node.pointee.ready.flags & UInt32(bits) == UInt32(bits)
    }

    @inline(__always) final func raise(_ bits: Int) {
        unsafe node.pointee.ready.flags |= UInt32(bits)
    }

    @inline(__always) final func lower(_ bits: Int) {
        unsafe node.pointee.ready.flags &= ~UInt32(bits)
    }

    /// What few greenlets need, made when one does.
    final var details: Extras {
        if let extras = unsafe extras { return extras }
        let made = Extras()
        unsafe extras = made
        return made
    }
}

/// Where the record lies in the object.
enum Layout {
    static let headerByteCount = 16

    /// Traps if this compiler lays the object out in another way.
    static func check(_ greenlet: AnyGreenlet) {
        let actual = unsafe withUnsafeMutablePointer(to: &greenlet.record) { unsafe $0 }
        guard unsafe actual == greenlet.node else {
            fatalError("the first property of a class is not where it was; swift-gevent must be adapted")
        }
    }
}
