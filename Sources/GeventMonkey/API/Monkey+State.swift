// SPDX-License-Identifier: Apache-2.0
internal import CGeventPatch
internal import GeventSystem

extension Monkey {
    /// Whether a call goes by our stand-in.
    ///
    /// Asked of the memory of the objects themselves, not of what was asked for.
    ///
    /// - Parameters:
    ///   - call: The C name, such as `recv`.
    ///   - object: Where it is made: a whole path, or a part of a file's name; `nil` is anywhere.
    /// - Returns: `false` also for a call or an object that there is not.
    ///
    /// gevent: `monkey.is_object_patched`.
    public static func isPatched(_ call: String, in object: String? = nil) -> Bool {
        // SAFETY: both texts are read for the length of the call.
        guard let object else { return unsafe gv_patch_holds(call, nil) }
        return unsafe gv_patch_holds(call, object)
    }

    /// Whether an area is patched, in some objects at least.
    ///
    /// gevent: `monkey.is_module_patched`.
    public static func isPatched(_ area: Area) -> Bool { patchedAreas.contains(area) }

    /// Whether anything is patched.
    ///
    /// gevent: `monkey.is_anything_patched`.
    public static var isAnythingPatched: Bool { gv_patch_areas() != 0 }

    /// The areas that are patched, in some objects at least.
    ///
    /// gevent: `monkey.saved`.
    public static var patchedAreas: Set<Area> { Set(bits: gv_patch_areas()) }

    /// The C library's own function for a call that can be replaced, patched or not.
    ///
    /// - Parameter call: The C name, such as `recv`.
    /// - Returns: `nil` for any other name.
    ///
    /// gevent: `monkey.get_original`.
    public static func original(_ call: String) -> UnsafeMutableRawPointer? {
        // SAFETY: the text is read for the length of the call; functions stay where they are.
        unsafe gv_patch_original(call)
    }

    /// The same, as a function.
    ///
    /// ```swift
    /// let close = Monkey.original("close", as: (@convention(c) (Int32) -> Int32).self)
    /// ```
    ///
    /// - Parameters:
    ///   - call: The C name, such as `recv`.
    ///   - type: A `@convention(c)` function type, which must be the call's own.
    /// - Returns: `nil` for a call that cannot be replaced.
    /// - Precondition: `type` has the size of a C function.
    ///
    /// gevent: `monkey.get_original`.
    public static func original<Function>(_ call: String, as type: Function.Type) -> Function? {
        require(
            MemoryLayout<Function>.size == MemoryLayout<Int>.size,
            "the original of a call is a @convention(c) function")
        guard let function = unsafe original(call) else { return nil }
        // SAFETY: a C function is its address; that the type is the call's own is the caller's word.
        return unsafe unsafeBitCast(function, to: Function.self)
    }

    /// Whether ``patchAll(_:objects:)`` and ``patch(_:objects:)`` start the watchdog of `GeventInsight`,
    /// unless it runs.
    ///
    /// gevent: `GEVENT_MONITOR_THREAD_ENABLE`.
    public static var startsWatchdog: Bool {
        get { Patching.startsWatchdog.withLock { $0 } }
        set { Patching.startsWatchdog.withLock { $0 = newValue } }
    }

    /// The calls that an area replaces, in alphabetical order.
    ///
    /// gevent: a module's `__implements__`.
    public static func calls(of area: Area) -> [String] { PatchTable.calls(area.bit) }
}
