// SPDX-License-Identifier: Apache-2.0
internal import CBenchLimits
internal import Foundation
internal import Gevent
internal import GeventMonkey

/// Calls of the C library that never block, under the monkey patch; and the patch itself, in a process
/// with 100 libraries.
///
/// The limit makes the same calls unpatched, and only looks at each library.
enum PatchWorkload: Workload {
    static let name = "patch"
    static let metrics = [
        Metric(name: "recv"), Metric(name: "read"), Metric(name: "poll"), Metric(name: "pass"),
        Metric(name: "off-greenlet"), Metric(name: "patch-all", unit: .milliseconds, aim: 10),
    ]
    private static let count = 2_000_000

    static func measure() throws -> [Double] {
        let libraries = try ManyLibraries(100)
        let whole = try nanosecondsEach(1_000_000) { try Monkey.patchAll() }
        precondition(Monkey.isPatched("recv", in: libraries.last), "a library was not patched")
        _ = Hub.current
        return try calls() + [whole]
    }

    static func measureLimit() -> [Double] {
        guard let libraries = try? ManyLibraries(100), let calls = try? calls() else {
            return metrics.map { _ in 0 }
        }
        let look = nanosecondsEach(1_000_000) { _ = Monkey.isPatched("recv", in: libraries.last) }
        return calls + [look]
    }

    private static func calls() throws -> [Double] {
        let (near, far) = try UnixStream.pair()
        try far.write("x")
        let zero = try FileHandle(forReadingFrom: URL(filePath: "/dev/zero"))
        return try near.withDescriptor { number in
            try far.withDescriptor { other in
                [
                    each { bench_recv(number, $0) },
                    each { bench_read(zero.fileDescriptor, $0) },
                    each { bench_poll(number, $0) },
                    each { bench_pass(number, other, $0) },
                    elsewhere { each { bench_recv(number, $0) } },
                ]
            }
        }
    }

    private static func each(_ body: (Int32) -> Void) -> Double {
        body(Int32(count / 10))
        return nanosecondsEach(count) { body(Int32(count)) }
    }

    private static func elsewhere(_ body: @escaping @Sendable () -> Double) -> Double {
        // SAFETY: read after the thread has ended.
        nonisolated(unsafe) var result = 0.0
        Elsewhere { unsafe result = body() }.join()
        return unsafe result
    }
}

/// Copies of a small library that makes such calls, all of them loaded.
private struct ManyLibraries {
    struct Failure: Error {}

    let last: String

    init(_ count: Int) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let source = folder.appending(path: "calls.c")
        try Self.source.write(to: source, atomically: true, encoding: .utf8)
        let first = folder.appending(path: "0.so")
        let compiler = Process()
        compiler.executableURL = URL(filePath: "/usr/bin/cc")
        compiler.arguments = ["-shared", "-fPIC", "-O2", source.path, "-o", first.path]
        try compiler.run()
        compiler.waitUntilExit()
        guard compiler.terminationStatus == 0 else { throw Failure() }
        var path = first.path
        for index in 1...count {
            path = folder.appending(path: "\(index).so").path
            try FileManager.default.copyItem(atPath: first.path, toPath: path)
            guard unsafe dlopen(path, RTLD_NOW | RTLD_LOCAL) != nil else { throw Failure() }
        }
        last = path
    }

    private static let source = """
        #include <poll.h>
        #include <sys/socket.h>
        #include <unistd.h>
        long calls(int fd, char *b) {
            struct pollfd e = {fd, POLLIN, 0};
            return poll(&e, 1, -1) + recv(fd, b, 1, 0) + send(fd, b, 1, 0) + read(fd, b, 1) + write(fd, b, 1) + close(fd);
        }
        """
}
