// SPDX-License-Identifier: Apache-2.0
import CGeventPatchTestProbes
import Foundation

/// A shared object that a test has built, in a folder of its own.
struct SharedObject {
    let path: String

    /// Calls `getuid` in each way in which an object can.
    static let everyWay = """
        #include <unistd.h>
        unsigned (*pointer)(void) = getuid;
        static unsigned (*const fixed[])(void) = {getuid, getgid};
        unsigned call(void) { return getuid(); }
        unsigned call_pointer(void) { return pointer(); }
        static volatile int first;
        unsigned call_fixed(void) { return fixed[first](); }
        """

    /// The functions of ``everyWay``.
    static let ways = ["call", "call_pointer", "call_fixed"]

    /// Bound when called first, or when loaded; with pages that are then protected, or none; without stubs.
    static let bindings: [String: [String]] = [
        "lazy": ["-Wl,-z,lazy", "-Wl,-z,norelro"],
        "relro": ["-Wl,-z,lazy", "-Wl,-z,relro"],
        "now": ["-Wl,-z,now", "-Wl,-z,relro"],
        "noplt": ["-fno-plt", "-Wl,-z,now"],
    ]

    init(
        _ name: String, _ source: String = everyWay, _ flags: [String] = [],
        in folder: String? = nil
    ) throws {
        let folder = folder ?? Self.newFolder()
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        path = "\(folder)/lib\(name).so"
        try Data(source.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name).c"))
        let compiler = Process()
        compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        compiler.arguments =
            ["cc", "-O1", "-fPIC", "-shared", "-o", path, "\(folder)/\(name).c"] + flags
        try compiler.run()
        compiler.waitUntilExit()
        if compiler.terminationStatus != 0 { throw Failed(text: "cc \(name)") }
    }

    struct Failed: Error { let text: String }

    static func newFolder() -> String { NSTemporaryDirectory() + "gevent-\(UUID().uuidString)" }

    func load(_ mode: Int32 = RTLD_NOW) throws -> LoadedObject {
        try LoadedObject(path, mode)
    }
}

/// A shared object in the process.
struct LoadedObject {
    private let handle: UInt

    init(_ path: String, _ mode: Int32 = RTLD_NOW) throws {
        guard let handle = unsafe dlopen(path, mode) else {
            throw SharedObject.Failed(text: Self.error ?? "dlopen")
        }
        self.handle = UInt(bitPattern: handle)
    }

    /// What `dlerror` says.
    static var error: String? { unsafe dlerror().map { unsafe String(cString: $0) } }

    func address(of name: String) -> UnsafeMutableRawPointer? {
        unsafe dlsym(UnsafeMutableRawPointer(bitPattern: handle), name)
    }

    /// What the function of that name returns; -1 if there is none.
    func call(_ name: String) -> Int {
        guard let function = unsafe address(of: name) else { return -1 }
        return unsafe gv_probe_call_plain(function)
    }

    /// What all the functions return, if it is one thing.
    func callAll(_ names: [String] = SharedObject.ways) -> Int? {
        let answers = Set(names.map(call))
        return answers.count == 1 ? answers.first : nil
    }

    func close() {
        guard let handle = unsafe UnsafeMutableRawPointer(bitPattern: handle) else { return }
        _ = unsafe dlclose(handle)
    }
}
