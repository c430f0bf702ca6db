// SPDX-License-Identifier: Apache-2.0
import GeventSystem
import Glibc
import Testing

extension Tag {
    /// Takes longer than ten milliseconds.
    @Tag static var slow: Self
}

/// Whether the long forms of the soak tests are wanted.
let soaks = Environment.value("GEVENT_SOAK") == "1"

/// What a process holds.
struct Holdings {
    /// Its open descriptors.
    let descriptors: Int

    /// Its memory; 0 under a sanitizer, which keeps freed memory back.
    let bytes: Int

    static var current: Holdings {
        // SAFETY: the folder is closed before this returns.
        guard let folder = unsafe opendir("/proc/self/fd") else { return Holdings(0, 0) }
        defer { unsafe closedir(folder) }
        var count = 0
        while unsafe readdir(folder) != nil { count += 1 }
        let isSanitized = Environment.value("GEVENT_SANITIZER") != nil
        return Holdings(count, isSanitized ? 0 : ResidentMemory.current?.byteCount ?? 0)
    }

    private init(_ descriptors: Int, _ bytes: Int) {
        self.descriptors = descriptors
        self.bytes = bytes
    }
}
