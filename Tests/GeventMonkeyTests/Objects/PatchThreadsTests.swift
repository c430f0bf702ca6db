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
}
