// SPDX-License-Identifier: Apache-2.0

/// Makes blocking calls of C libraries, of Foundation and of Swift code wait as greenlets do.
///
/// The calls are replaced where each loaded object of the process finds them. On a greenlet they then
/// give way to others until they can go on; anywhere else they are what they were. What is loaded
/// later is patched as it comes.
///
/// ```swift
/// import Gevent
/// import GeventMonkey
///
/// try Monkey.patchAll()
/// let greenlets = (0..<100).map { _ in spawn { usleep(500_000) } }
/// try joinAll(greenlets)  // after half a second
/// ```
///
/// gevent: `gevent.monkey`.
public enum Monkey {
    /// Replaces the calls of the areas in all objects that `objects` takes, and in what is loaded later.
    ///
    /// Called first, it patches most; but it may be called at any time. Repeated, what is patched is
    /// the union; nothing is taken away, and a call that brings nothing new says so in its report.
    /// It makes no hub. The watchdog of `GeventInsight` is started, with its threshold of 100 ms, unless it
    /// runs: it tells of whatever still blocks. What ``willPatch(_:)`` handlers veto is left alone.
    ///
    /// - Parameters:
    ///   - areas: Which calls. The default is all but ``Area/threads``.
    ///   - objects: In which loaded objects.
    /// - Returns: What was done, and what was not and why.
    /// - Throws: What a handler of ``willPatch(_:)`` throws, other than ``DoNotPatch``.
    ///
    /// gevent: `monkey.patch_all`, which patches threads too.
    @discardableResult
    public static func patchAll(
        _ areas: Set<Area> = .default, objects: ObjectFilter = .all
    ) throws -> PatchReport {
        try Patching.patch(areas, objects, isAll: true).report
    }

    /// Replaces the calls of some areas, and leaves the others as they are.
    ///
    /// - Parameters:
    ///   - areas: Which calls.
    ///   - objects: In which loaded objects.
    /// - Returns: What was done, and what was not and why.
    /// - Throws: What a handler of ``willPatch(_:)`` throws, other than ``DoNotPatch``.
    ///
    /// gevent: `monkey.patch_socket`, `patch_dns`, `patch_time`, `patch_select`, `patch_os`,
    /// `patch_signal`, `patch_subprocess`, `patch_thread`.
    @discardableResult
    public static func patch(_ areas: Area..., objects: ObjectFilter = .all) throws -> PatchReport {
        try Patching.patch(Set(areas), objects, isAll: false).report
    }

    /// Gives the calls of the areas back to the C library, everywhere and whoever had them patched.
    ///
    /// A greenlet that waits in such a call ends its wait there as it would have.
    ///
    /// - Parameter areas: Which calls; all of them by default.
    ///
    /// gevent: none.
    public static func unpatch(_ areas: Set<Area> = .all) { Patching.unpatch(areas) }

    /// Patches for as long as `body` runs.
    ///
    /// The patch is the process's, so other greenlets and threads have it too meanwhile. Afterwards
    /// whatever was patched before is still so, and so is what another scope has patched that has not
    /// ended.
    ///
    /// - Parameters:
    ///   - areas: Which calls. The default is all but ``Area/threads``.
    ///   - objects: In which loaded objects.
    ///   - body: What runs meanwhile.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, or a handler of ``willPatch(_:)`` other than ``DoNotPatch``.
    ///
    /// gevent: none; `_patcher.import_patched` has a package see green modules alone.
    public static func withPatches<Value>(
        _ areas: Set<Area> = .default, objects: ObjectFilter = .all, _ body: () throws -> Value
    ) throws -> Value {
        let scope = try Patching.patch(areas, objects, isAll: false, isScope: true)
        defer { Patching.end(scope) }
        return try body()
    }

    /// What ``patchAll(_:objects:)`` would do now, without doing it.
    ///
    /// - Parameters:
    ///   - areas: Which calls. The default is all but ``Area/threads``.
    ///   - objects: In which loaded objects.
    /// - Returns: The report as it would be.
    ///
    /// gevent: none.
    public static func plan(
        _ areas: Set<Area> = .default, objects: ObjectFilter = .all
    ) -> PatchReport {
        PatchTable.plan(areas, objects)
    }
}
