// SPDX-License-Identifier: Apache-2.0
import CGeventPatch
import CGeventPatchTestProbes
import Foundation
import GeventTestSupport
import Testing

@Suite struct PatchThreadsTests {
    @Test func `changes a call while another thread makes it all the time`() async {
        await #expect(processExitsWith: .success) {
            for (name, flags) in SharedObject.bindings {
                let object = try SharedObject(name, SharedObject.everyWay, flags).load(RTLD_LAZY)
                _ = object.call("call")
                unsafe gv_probe_hammer_start(
                    object.address(of: "call"), Int(getuid()), RawPatch.answer)

                for _ in 0..<200 {
                    RawPatch.apply(["lib\(name).so"])
                    RawPatch.undo()
                }

                #expect(gv_probe_hammer_stop() == 0)
            }
        }
    }

    @Test func `patches and undoes while another thread loads and unloads`() async {
        if isSanitized { return }  // ThreadSanitizer does not know the dynamic linker's locks.
        await #expect(processExitsWith: .success) {
            let built = try SharedObject(
                "churned", SharedObject.everyWay, SharedObject.bindings["relro"] ?? [])
            unsafe built.path.withCString { path in
                unsafe gv_probe_churn_start(path)
                for _ in 0..<200 {
                    RawPatch.apply()
                    RawPatch.undo()
                }
                #expect(gv_probe_churn_stop() > 0)
            }

            #expect(try built.load().callAll() == Int(getuid()))
        }
    }

    @Test func `patches a hundred loaded objects in milliseconds`() async {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardErrorContent]
        ) {
            let built = try SharedObject(
                "many", SharedObject.everyWay, SharedObject.bindings["now"] ?? [])
            let objects = try (0..<100).map { index in
                let path = built.path + ".\(index)"
                try FileManager.default.copyItem(atPath: built.path, toPath: path)
                return try LoadedObject(path)
            }
            let clock = ContinuousClock()
            let times = (0..<20).map { _ in
                let time = clock.measure { RawPatch.apply() }
                #expect(objects.allSatisfy { $0.callAll() == RawPatch.answer })
                RawPatch.undo()
                return time
            }
            FileHandle.standardError.write(Data("\(times.sorted()[10])".utf8))
        }

        let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        print("patching 100 objects and the test program takes", text)
    }
}
