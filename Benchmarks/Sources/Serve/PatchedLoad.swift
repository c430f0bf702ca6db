// SPDX-License-Identifier: Apache-2.0
internal import Gevent
internal import GeventMonkey
internal import Glibc

/// Greenlets that are all in a blocking C library at once.
///
/// The library is loaded, not linked, so that this package builds without it. Its clients are those that
/// threads run beside this.
struct PatchedLoad {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Asks the server on a port so often; returns how many answers were wrong.
    private typealias Client = @convention(c) (Int32, Int) -> Int

    let library: String
    let client: String
    let port: UInt16
    let greenlets: Int
    let count: Int

    func run() throws {
        let ask = try load()
        try Monkey.patchAll()
        let port = Int32(port)
        // Connections are there, and code is warm, before the clock starts.
        try joinAll((0..<greenlets).map { _ in spawn { _ = ask(port, 10) } })
        let cpu = nanoseconds(CLOCK_PROCESS_CPUTIME_ID)
        let start = nanoseconds(CLOCK_MONOTONIC)
        let askers = (0..<greenlets).map { _ in spawn { ask(port, count) } }
        try joinAll(askers)
        let seconds = Double(nanoseconds(CLOCK_MONOTONIC) - start) / 1e9
        let used = Double(nanoseconds(CLOCK_PROCESS_CPUTIME_ID) - cpu) / 1e9
        let wrong = try askers.reduce(0) { try $0 + $1.get() }
        guard wrong == 0 else { throw Failure(description: "\(wrong) answers were wrong") }
        let total = Double(greenlets * count)
        print("rate=\(total / seconds) cpu_us=\(used * 1e6 / total)")
    }

    private func load() throws -> Client {
        guard let handle = unsafe dlopen(library, RTLD_NOW),
            let symbol = unsafe dlsym(handle, "ask_" + client)
        else { throw Failure(description: "\(library) has no ask_\(client)") }
        // SAFETY: Benchmarks/Peers/c/blocking.h declares each of them so.
        return unsafe unsafeBitCast(symbol, to: Client.self)
    }

    private func nanoseconds(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
