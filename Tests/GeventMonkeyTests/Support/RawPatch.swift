// SPDX-License-Identifier: Apache-2.0
import CGeventPatch
import CGeventPatchTestProbes

/// The C interface of the patch, in the area of the tests.
enum RawPatch {
    static let area = UInt32(GV_PROBE_AREA)
    static let answer = Int(GV_PROBE_ANSWER)

    struct Entry: Hashable {
        let object: String
        let call: String?
        let slots: Int
        let fresh: Int
        let left: Int
        let error: Int32
    }

    /// Applies a request for the objects with one of `names` in their paths; for all of them if there are none.
    @discardableResult
    static func apply(_ names: [String] = [], areas: UInt32 = area) -> (
        number: UInt64, entries: [Entry]
    ) {
        let context = Context(names)
        var request = unsafe request(context, areas)
        let number = unsafe gv_patch_apply(
            &request, report, Unmanaged.passUnretained(context).toOpaque())
        return (number, context.entries)
    }

    static func plan(_ names: [String] = [], areas: UInt32 = area) -> [Entry] {
        let context = Context(names)
        var request = unsafe request(context, areas)
        unsafe gv_patch_plan(&request, report, Unmanaged.passUnretained(context).toOpaque())
        return context.entries
    }

    static func undo() { gv_patch_undo(area) }

    static func holds(_ call: String, _ object: String? = nil) -> Bool {
        guard let object else { return unsafe gv_patch_holds(call, nil) }
        return unsafe gv_patch_holds(call, object)
    }

    private final class Context {
        let names: [String]
        var entries: [Entry] = []

        init(_ names: [String]) { self.names = names }
    }

    private static func request(_ context: Context, _ areas: UInt32) -> gv_patch_request {
        var request = unsafe gv_patch_request()
        unsafe request.areas = areas
        if context.names.isEmpty { return unsafe request }
        unsafe request.context = Unmanaged.passRetained(context).toOpaque()
        unsafe request.accepts = { path, context in
            guard let path = unsafe path, let context = unsafe context else { return false }
            let kept = unsafe Unmanaged<Context>.fromOpaque(context).takeUnretainedValue()
            let text = unsafe String(cString: path)
            return kept.names.contains { text.contains($0) }
        }
        unsafe request.drop = { context in
            guard let context = unsafe context else { return }
            unsafe Unmanaged<Context>.fromOpaque(context).release()
        }
        return unsafe request
    }

    private static let report:
        @convention(c) (UnsafePointer<gv_patch_entry>?, UnsafeMutableRawPointer?) -> Void = {
            entry, context in
            guard let entry = unsafe entry?.pointee, let context = unsafe context else { return }
            let kept = unsafe Unmanaged<Context>.fromOpaque(context).takeUnretainedValue()
            unsafe kept.entries.append(
                Entry(
                    object: String(cString: entry.object),
                    call: entry.call.map { unsafe String(cString: $0) }, slots: Int(entry.slots),
                    fresh: Int(entry.fresh), left: Int(entry.left), error: entry.error))
        }
}
