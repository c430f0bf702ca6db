// SPDX-License-Identifier: Apache-2.0
import CGeventPatch
import CGeventPatchTestProbes
import Foundation
import Testing

@Suite struct RequestTests {
    @Test func `patches what the filter takes, and nothing else`() async {
        await #expect(processExitsWith: .success) {
            let one = try SharedObject("one").load()
            let other = try SharedObject("other").load()

            let entries = RawPatch.apply(["libone.so"]).entries

            #expect(one.callAll() == RawPatch.answer)
            #expect(other.callAll() == Int(getuid()))
            let left = entries.filter { $0.object.hasSuffix("libother.so") }.map(\.left)
            #expect(left == [GV_LEFT_FILTERED])
        }
    }

    @Test func `is the union of requests, and reports what is new`() async {
        await #expect(processExitsWith: .success) {
            let one = try SharedObject("one").load()
            let other = try SharedObject("other").load()
            RawPatch.apply(["libone.so"])

            let entries = RawPatch.apply(["libone.so", "libother.so"]).entries

            #expect(one.callAll() == RawPatch.answer)
            #expect(other.callAll() == RawPatch.answer)
            let ofOne = entries.filter { $0.object.hasSuffix("libone.so") }
            #expect(ofOne.map(\.slots).reduce(0, +) == 4)
            #expect(ofOne.map(\.fresh).reduce(0, +) == 0)
            let ofOther = entries.filter { $0.object.hasSuffix("libother.so") }
            #expect(ofOther.map(\.fresh).reduce(0, +) == 4)
        }
    }

    @Test func `keeps what another request is about when one is withdrawn`() async {
        await #expect(processExitsWith: .success) {
            let one = try SharedObject("one").load()
            let other = try SharedObject("other").load()
            let first = RawPatch.apply(["libone.so"]).number
            let second = RawPatch.apply(["libone.so", "libother.so"]).number

            gv_patch_withdraw(second)

            #expect(one.callAll() == RawPatch.answer)
            #expect(other.callAll() == Int(getuid()))
            #expect(gv_patch_areas() & RawPatch.area != 0)
            gv_patch_withdraw(first)
            #expect(one.callAll() == Int(getuid()))
            #expect(gv_patch_areas() == 0)
            #expect(!RawPatch.holds("dlopen"))
        }
    }

    @Test func `undoes some areas and keeps the others`() async {
        await #expect(processExitsWith: .success) {
            let source = """
                #include <unistd.h>
                unsigned user(void) { return getuid(); }
                unsigned parent(void) { return getppid(); }
                """
            let object = try SharedObject("two", source).load()
            RawPatch.apply(areas: RawPatch.area | UInt32(GV_AREA_TIME))
            #expect(object.callAll(["user", "parent"]) == RawPatch.answer)

            gv_patch_undo(UInt32(GV_AREA_TIME))

            #expect(object.call("user") == RawPatch.answer)
            #expect(object.call("parent") == Int(getppid()))
            #expect(gv_patch_areas() == RawPatch.area | UInt32(GV_AREA_LOADING))
        }
    }

    @Test func `knows the real function of a call, patched or not`() async {
        await #expect(processExitsWith: .success) {
            let real = unsafe gv_patch_original("getuid")
            let user = Int(getuid())
            #expect(unsafe gv_probe_call_plain(real) == user)

            RawPatch.apply()

            #expect(unsafe gv_patch_original("getuid") == real)
            #expect(unsafe gv_probe_call_plain(real) == user)
            #expect(unsafe gv_patch_original("getpid") == nil)
        }
    }

    @Test func `lists its stand-ins, each name once`() {
        let names = (0..<gv_stand_in_count()).compactMap { index in
            unsafe gv_stand_in_at(index).map { unsafe String(cString: $0.pointee.name) }
        }

        #expect(names.contains("dlopen") && names.contains("getuid"))
        #expect(Set(names).count == names.count)
        #expect(unsafe gv_stand_in_at(names.count) == nil)
    }
}
