// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// A thread of the operating system, joined or let go by its one owner.
///
/// Dropping the value lets the thread run on by itself.
package struct NativeThread: ~Copyable, Sendable {
    private let handle: pthread_t

    /// Starts a thread.
    ///
    /// - Parameters:
    ///   - name: Shown by `ps`, `top` and debuggers; the kernel keeps 15 bytes.
    ///   - stackByteCount: `nil` is the C library's default, commonly 8 MiB reserved.
    ///   - takesSignals: Whether the process's signals may be delivered here. Workers say false, so
    ///     that they reach the threads that wait for them.
    ///   - body: Runs on the thread, which ends with it.
    /// - Throws: ``SystemError`` `EAGAIN` when the process or the machine has as many threads as it
    ///   may have.
    ///
    /// Call: `pthread_create`.
    package init(
        name: String, stackByteCount: Int? = nil, takesSignals: Bool = true,
        _ body: @escaping @Sendable () -> Void
    ) throws(SystemError) {
        // SAFETY: the retained record is taken over by `runThread`, or released below.
        let start = unsafe Unmanaged.passRetained(ThreadStart(name: name, body: body))
        var handle = pthread_t()
        let code = unsafe gv_thread_start(
            &handle, stackByteCount ?? 0, takesSignals, runThread, start.toOpaque())
        if code != 0 {
            unsafe start.release()
            throw SystemError(call: "pthread_create", code: code)
        }
        self.handle = handle
    }

    deinit {
        _ = gv_thread_detach(handle)
    }

    /// Waits for the thread to end, blocking the calling one.
    ///
    /// - Precondition: The caller is not the thread itself.
    ///
    /// Call: `pthread_join`.
    package consuming func join() {
        let handle = handle
        discard self
        let code = gv_thread_join(handle)
        require(code == 0, "a thread cannot join itself")
    }

    /// Lets the thread run on by itself.
    ///
    /// Call: `pthread_detach`.
    package consuming func detach() {
        _ = consume self
    }
}

/// What a new thread needs to know.
private final class ThreadStart: Sendable {
    let name: String
    let body: @Sendable () -> Void

    init(name: String, body: @escaping @Sendable () -> Void) {
        self.name = name
        self.body = body
    }
}

private func runThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context = unsafe context else { return nil }
    // SAFETY: `NativeThread.init` passes a retained `ThreadStart` and gives up its share.
    let start = unsafe Unmanaged<ThreadStart>.fromOpaque(context).takeRetainedValue()
    CurrentThread.setName(start.name)
    start.body()
    return nil
}
