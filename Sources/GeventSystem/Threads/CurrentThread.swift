// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// What can be asked of the calling thread.
package enum CurrentThread {
    /// The kernel's number of the thread, unique on the machine while it lives.
    ///
    /// Call: `gettid`.
    package static var identifier: Int32 {
        gv_thread_identifier()
    }

    /// Whether this is the thread that the process began with.
    ///
    /// Costs two system calls; after a `fork` the child's only thread is its main thread.
    ///
    /// Call: `gettid`, `getpid`.
    package static var isMain: Bool {
        gv_thread_identifier() == getpid()
    }

    /// The kernel's number of the process.
    ///
    /// Call: `getpid`.
    package static var process: Int32 {
        getpid()
    }

    /// How many processors the thread may run on.
    ///
    /// Call: `sched_getaffinity`.
    package static var usableProcessors: Int {
        Int(gv_thread_processors())
    }

    /// Lets another thread have the processor.
    ///
    /// Call: `sched_yield`.
    package static func yield() {
        sched_yield()
    }

    /// Gives the thread a name for `ps`, `top` and debuggers.
    ///
    /// - Parameter name: Cut to 15 bytes, at the border of a character.
    ///
    /// Call: `pthread_setname_np`.
    package static func setName(_ name: String) {
        var short = name
        while short.utf8.count > 15 { short.removeLast() }
        // SAFETY: the call copies the bytes, which Swift ends with a zero.
        _ = unsafe gv_thread_set_name(short)
    }

    /// The thread's name.
    ///
    /// Call: `pthread_getname_np`.
    package static var name: String {
        var bytes = [CChar](repeating: 0, count: 16)
        // SAFETY: the call writes at most the count it is given, zero included.
        let code = unsafe gv_thread_get_name(&bytes, bytes.count)
        if code != 0 { return "" }
        return KernelText.string(bytes)
    }
}
