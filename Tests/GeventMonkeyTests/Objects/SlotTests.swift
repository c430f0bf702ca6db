// SPDX-License-Identifier: Apache-2.0
import CGeventPatch
import CGeventPatchTestProbes
import Foundation
import Testing

@Suite struct SlotTests {
    @Test func `patches calls and addresses in data, however the object is bound`() async {
        await #expect(processExitsWith: .success) {
            let user = Int(getuid())
            for (name, flags) in SharedObject.bindings {
                let object = try SharedObject(name, SharedObject.everyWay, flags).load(RTLD_LAZY)
                #expect(object.callAll() == user)

                RawPatch.apply()

                #expect(object.callAll() == RawPatch.answer, "\(name)")
                #expect(RawPatch.holds("getuid", "lib\(name)"))
                RawPatch.undo()
                #expect(object.callAll() == user)
                #expect(!RawPatch.holds("getuid", "lib\(name)"))
            }
        }
    }

    @Test func `patches the program itself`() async {
        if isSanitized { return }  // A sanitizer in the program has the calls for itself.
        await #expect(processExitsWith: .success) {
            #expect(gv_probe_getuid() == Int(getuid()))

            RawPatch.apply()

            #expect(gv_probe_getuid() == RawPatch.answer)
        }
    }

    @Test func `counts slots in a plan, and changes nothing`() async {
        await #expect(processExitsWith: .success) {
            let built = try SharedObject("planned")
            let object = try built.load()
            let before = try MappedFile(built.path)

            let planned = RawPatch.plan()

            #expect(try MappedFile(built.path) == before)
            #expect(object.callAll() == Int(getuid()))
            #expect(gv_patch_areas() == 0)
            #expect(
                planned.filter { $0.object == built.path }.map(\.slots).reduce(0, +) == 4)
            #expect(RawPatch.apply().entries.map(\.slots) == planned.map(\.slots))
        }
    }

    @Test func `leaves the C library and the runtimes alone`() async {
        await #expect(processExitsWith: .success) {
            let left = RawPatch.apply().entries.filter { $0.left == GV_LEFT_OURS }
            let files = left.map { String($0.object.split(separator: "/").last ?? "") }

            for name in ["libc.so", "ld-linux", "libswiftCore", "libswift_Concurrency"] {
                #expect(files.contains { $0.hasPrefix(name) }, "\(name)")
            }
            #expect(!files.contains { $0.contains("Foundation") })
        }
    }

    @Test func `gives every byte and every page's protection back`() async {
        await #expect(processExitsWith: .success) {
            for (name, flags) in SharedObject.bindings {
                let built = try SharedObject(name, SharedObject.everyWay, flags)
                let object = try built.load(RTLD_LAZY)
                let before = try MappedFile(built.path)

                RawPatch.apply()
                let patched = try MappedFile(built.path)
                #expect(object.callAll() == RawPatch.answer)
                RawPatch.undo()

                #expect(patched != before)
                #expect(patched.protections == before.protections)
                #expect(try MappedFile(built.path) == before, "\(name)")
            }
        }
    }

    @Test func `leaves an object's function of the same name alone`() async {
        await #expect(processExitsWith: .success) {
            let source = """
                unsigned getuid(void) { return 12; }
                unsigned call(void) { return getuid(); }
                """
            let object = try SharedObject("own", source, ["-Wl,-z,now"]).load()
            #expect(object.call("call") != RawPatch.answer)
            let before = object.call("call")

            RawPatch.apply()

            #expect(object.call("call") == before)
        }
    }

    @Test func `leaves calls that are bound to another object's function alone, and says so`() async
    {
        if isSanitized { return }  // AddressSanitizer does not allow RTLD_DEEPBIND.
        await #expect(processExitsWith: .success) {
            let folder = SharedObject.newFolder()
            _ = try SharedObject("mine", "unsigned getuid(void) { return 12; }", in: folder)
            let built = try SharedObject(
                "user", "unsigned getuid(void); unsigned call(void) { return getuid(); }",
                ["-Wl,-z,now", "-L\(folder)", "-lmine", "-Wl,-rpath,\(folder)"], in: folder)
            let object = try built.load(RTLD_NOW | 8)  // RTLD_DEEPBIND
            #expect(object.call("call") == 12)

            let entries = RawPatch.apply().entries.filter { $0.object == built.path }

            #expect(object.call("call") == 12)
            #expect(entries.map(\.left) == [GV_LEFT_OWN_FUNCTION])
            #expect(entries.first?.call == "getuid")
        }
    }

    @Test func `leaves data alone that the object has pointed elsewhere`() async {
        await #expect(processExitsWith: .success) {
            let source = """
                #include <unistd.h>
                unsigned (*pointer)(void) = getuid;
                unsigned turn(void) { pointer = (unsigned (*)(void))getppid; return 0; }
                unsigned call(void) { return pointer(); }
                """
            let object = try SharedObject("turned", source).load()
            _ = object.call("turn")

            RawPatch.apply()

            #expect(object.call("call") == Int(getppid()))
        }
    }

    @Test func `says which memory it may not write, and patches the rest`() async {
        await #expect(processExitsWith: .success) {
            let built = try SharedObject(
                "sealed", SharedObject.everyWay, SharedObject.bindings["now"] ?? [])
            let object = try built.load()
            let user = Int(getuid())
            let fixed = try MappedFile(built.path).parts.filter { $0.protection == "r--p" }.last
            let range = try #require(fixed).range
            let code = unsafe gv_probe_seal(
                UnsafeMutableRawPointer(bitPattern: range.lowerBound), range.count)
            if code == ENOSYS { return }  // Linux before 6.10.
            #expect(code == 0)

            let entries = RawPatch.apply().entries.filter { $0.object == built.path }

            let left = entries.filter { $0.left == GV_LEFT_PROTECTED }
            #expect(Set(left.compactMap(\.call)) == ["getuid", "getgid"])
            #expect(left.allSatisfy { $0.error == EPERM })
            #expect(object.call("call_fixed") == user)
            #expect(object.call("call_pointer") == RawPatch.answer)
        }
    }
}
