// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventSystem

/// A piece of code with a stack of its own, and the value that it returns.
///
/// ``spawn(stackSize:file:line:_:)`` makes and starts one. A subclass overrides ``run()`` instead
/// of giving a body. Whoever waits for the value calls ``get(block:timeout:)``.
///
/// ```swift
/// let page = spawn { try download(address) }
/// print(try page.get().count)
/// ```
///
/// A greenlet belongs to the hub of the thread that made it and never runs on another. Letting go
/// of the object does not end it.
///
/// gevent: `Greenlet`.
open class Greenlet<Value>: AnyGreenlet {
    @usableFromInline @exclusivity(unchecked) final var body: (() throws -> Value)?

    /// Makes a greenlet for `body`, not started.
    ///
    /// - Parameters:
    ///   - stackSize: Bytes of stack, rounded up to whole pages; `nil` is 256 KiB.
    ///   - file: Where it was made, for reports.
    ///   - line: Where it was made, for reports.
    ///   - body: What it does.
    @inlinable
    public init(
        stackSize: Int? = nil, file: StaticString = #fileID, line: UInt = #line,
        _ body: @escaping () throws -> Value
    ) {
        unsafe self.body = body
        super.init(
            runner: { unsafe unsafeDowncast($0, to: Greenlet<Value>.self).runBody() },
            stackSize: stackSize, file: file, line: line)
    }

    /// Makes a greenlet of a subclass that overrides ``run()``, not started.
    ///
    /// - Parameters:
    ///   - stackSize: Bytes of stack, rounded up to whole pages; `nil` is 256 KiB.
    ///   - file: Where it was made, for reports.
    ///   - line: Where it was made, for reports.
    public init(stackSize: Int? = nil, file: StaticString = #fileID, line: UInt = #line) {
        unsafe body = nil
        super.init(
            runner: { unsafe unsafeDowncast($0, to: Greenlet<Value>.self).runOverride() },
            stackSize: stackSize, file: file, line: line)
    }

    /// What a subclass does in place of a body.
    ///
    /// gevent: `Greenlet._run`.
    open func run() throws -> Value {
        trap("a Greenlet without a body must be a subclass that overrides run()")
    }

    @inlinable final func runBody() {
        guard let body = unsafe body else { return }
        unsafe self.body = nil
        do { keep(try body()) } catch { settle(error) }
    }

    final func runOverride() {
        do { keep(try run()) } catch { settle(error) }
    }

    /// Lets go of the body of a greenlet that will not run.
    override func dropBody() { unsafe body = nil }
}

// SAFETY: the state is behind the lock of `joiners`, and the value is written before it is
// published there; closures are stored on the hub's own thread only (checked).
extension Greenlet: @unchecked Sendable where Value: Sendable {}

extension Greenlet where Value == Never {
    /// The greenlet that is running: the main one outside of all others.
    ///
    /// gevent: `getcurrent`.
    public static var current: AnyGreenlet { AnyGreenlet.current }
}

extension AnyGreenlet {
    /// The greenlet that is running: the main one outside of all others.
    ///
    /// gevent: `getcurrent`.
    public static var current: AnyGreenlet {
        let hub = unsafe currentHubPointer()
        let node = unsafe gv_current(hub)
        unsafe require(!isLoop(node, of: hub), "a callback of the hub runs in no greenlet")
        return unsafe of(node)
    }

    /// Notes the error that ended the body.
    @usableFromInline @inline(never)
    final func settle(_ error: any Error) {
        unsafe failure = error
        raise(error is GreenletExit ? GV_WAS_KILLED : GV_WAS_FAILED)
    }
}
