// SPDX-License-Identifier: Apache-2.0
import CGeventPatchTestProbes

/// An object that makes calls of three areas.
struct Calls {
    private let object: LoadedObject
    let path: String

    init(_ name: String = "calls") throws {
        let source = """
            #include <unistd.h>
            unsigned time_call(void) { return getppid(); }
            unsigned socket_call(void) { return getpgrp(); }
            unsigned threads_call(void) { return getegid(); }
            """
        let built = try SharedObject(name, source)
        path = built.path
        object = try built.load()
    }

    /// The areas whose call is answered by the stand-in.
    var patched: [String] {
        ["socket", "threads", "time"].filter { object.call("\($0)_call") == Int(GV_PROBE_ANSWER) }
    }
}
