// SPDX-License-Identifier: Apache-2.0
import CGeventPatch
import CGeventPatchTestProbes
import Foundation
import Testing

@Suite struct LoadingTests {
    @Test func `patches what is loaded later, by the requests of before`() async {
        if isSanitized { return }  // The program's own dlopen is the sanitizer's.
        await #expect(processExitsWith: .success) {
            let taken = try SharedObject("taken")
            let left = try SharedObject("left")
            RawPatch.apply(["libtaken.so"])

            let late = try taken.load()

            #expect(late.callAll() == RawPatch.answer)
            #expect(RawPatch.holds("getuid", "libtaken.so"))
            #expect(try left.load().callAll() == Int(getuid()))
        }
    }

    @Test func `forgets what was unloaded, and patches it anew when it comes back`() async {
        if isSanitized { return }
        await #expect(processExitsWith: .success) {
            let built = try SharedObject("guest")
            let guest = try built.load()
            RawPatch.apply()
            #expect(RawPatch.holds("getuid", "libguest.so"))

            guest.close()

            #expect(!RawPatch.holds("getuid", "libguest.so"))
            let again = try built.load()
            #expect(again.callAll() == RawPatch.answer)
            again.close()
            RawPatch.undo()
            #expect(try built.load().callAll() == Int(getuid()))
        }
    }

    @Test func `undoes nothing in an object that was unloaded behind its back`() async {
        await #expect(processExitsWith: .success) {
            let built = try SharedObject("gone")
            let object = try built.load()
            let real = unsafe gv_patch_original("dlclose")
            RawPatch.apply()

            let handle = unsafe dlopen(built.path, RTLD_NOW | RTLD_NOLOAD)
            let close = unsafe unsafeBitCast(
                real, to: (@convention(c) (UnsafeMutableRawPointer?) -> Int32).self)
            #expect(unsafe close(handle) == 0)
            #expect(unsafe close(handle) == 0)
            #expect(try MappedFile(built.path).parts.isEmpty)
            RawPatch.undo()

            #expect(gv_patch_areas() == 0)
            _ = object
        }
    }

    @Test func `searches the folders that the caller's file names`() async {
        await #expect(processExitsWith: .success) {
            let folder = SharedObject.newFolder()
            _ = try SharedObject("plugin", in: folder + "/plugins")
            let source = """
                #include <dlfcn.h>
                void *open_plugin(const char *name) { return dlopen(name, RTLD_NOW); }
                """
            let tags = ["-Wl,--enable-new-dtags", "-Wl,--disable-new-dtags"]
            for (index, tag) in tags.enumerated() {
                let host = try SharedObject(
                    "host\(index)", source, [tag, "-Wl,-rpath,$ORIGIN/plugins"], in: folder
                ).load()
                let open = unsafe host.address(of: "open_plugin")

                RawPatch.apply()
                guard let handle = unsafe gv_probe_call_open(open, "libplugin.so") else {
                    throw SharedObject.Failed(text: tag)
                }

                #expect(RawPatch.holds("getuid", "libplugin.so"))
                _ = unsafe dlclose(handle)
                #expect(unsafe gv_probe_call_open(open, "libnothing.so") == nil)
                #expect(LoadedObject.error?.contains("libnothing.so: cannot open") == true)
                #expect(LoadedObject.error == nil)
            }
        }
    }

    @Test func `passes on what dlopen says of errors, of nothing, and of the program`() async {
        await #expect(processExitsWith: .success) {
            let built = try SharedObject("unloaded")
            RawPatch.apply()

            #expect(unsafe dlopen("/nowhere/libnothing.so", RTLD_NOW) == nil)
            #expect(LoadedObject.error?.contains("/nowhere/libnothing.so") == true)
            #expect(unsafe dlopen(nil, RTLD_NOW) != nil)
            #expect(unsafe dlopen(built.path, RTLD_NOW | RTLD_NOLOAD) == nil)
            #expect(LoadedObject.error == nil)
        }
    }
}
