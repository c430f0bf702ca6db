// SPDX-License-Identifier: Apache-2.0
import CGeventTestProbes
import GeventFiber
import GeventSystem
import Testing

@Suite struct StackGuardTests {
    @Test(arguments: ["install", "mprotect"], [-1, -4096, -64 * 1024])
    func `faults wherever it is written to`(kind: String, offset: Int) async {
        let result = await #expect(
            processExitsWith: .exitCode(3), observing: [\.standardErrorContent]
        ) { [kind, offset] in
            setEnvironment("GEVENT_STACK_GUARD", kind)
            gv_probe_catch_faults(1)
            let trial = PoolTrial()
            let stack = try trial.make()
            stack[0] = 1
            StandardError.write("usable\n")
            stack[offset] = 1
        }

        #expect(result.errorText == "usable\nthe handler of before\n")
    }

    @Test(arguments: ["install", "mprotect"])
    func `still stands below a place that is used again`(kind: String) async {
        let result = await #expect(
            processExitsWith: .exitCode(3), observing: [\.standardErrorContent]
        ) { [kind] in
            setEnvironment("GEVENT_STACK_GUARD", kind)
            gv_probe_catch_faults(1)
            let trial = PoolTrial()
            trial.discard(try trial.make())
            let stack = try trial.make()
            stack.touch(stack.size - 8192)
            trial.shed(stack, keeping: 8192)
            StandardError.write("usable\n")
            stack[-1] = 1
        }

        #expect(result.errorText == "usable\nthe handler of before\n")
    }

    @Test(arguments: ["install", "mprotect"])
    func `stands below a stack of another size`(kind: String) async {
        let result = await #expect(
            processExitsWith: .exitCode(3), observing: [\.standardErrorContent]
        ) { [kind] in
            setEnvironment("GEVENT_STACK_GUARD", kind)
            gv_probe_catch_faults(1)
            let trial = PoolTrial()
            let stack = try trial.make(1 << 20)
            stack[0] = 1
            StandardError.write("usable\n")
            stack[-64 * 1024] = 1
        }

        #expect(result.errorText == "usable\nthe handler of before\n")
    }

    @Test func `is made by mprotect if the environment says so`() async {
        await #expect(processExitsWith: .success) {
            setEnvironment("GEVENT_STACK_GUARD", "mprotect")

            #expect(GuardKind.best == .protected)
        }
    }

    @Test func `is made without a mapping of its own where the kernel can do that`() async throws {
        let map = try MemoryMap(reserving: MemoryPage.byteCount)
        // Linux before 6.13 cannot.
        guard unsafe (try? MemoryAdvice.installGuard(map.bytes)) != nil else { return }

        await #expect(processExitsWith: .success) {
            setEnvironment("GEVENT_STACK_GUARD", "install")
            let trial = PoolTrial()
            _ = try (0..<10).map { _ in try trial.make() }
            let before = mappingCount()
            // Out of slabs of 16 to 512, which the kernel may join with their neighbours.
            _ = try (0..<1_000).map { _ in try trial.make() }

            #expect(GuardKind.best == .installed)
            #expect(mappingCount() - before < 20)
        }
    }
}

private func mappingCount() -> Int {
    KernelText.contents(of: "/proc/self/maps")?.split(separator: "\n").count ?? 0
}
