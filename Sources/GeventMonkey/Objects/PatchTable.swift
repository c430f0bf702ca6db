// SPDX-License-Identifier: Apache-2.0
internal import CGeventPatch
internal import GeventSystem

/// The C side that reads and rewrites the objects' tables.
enum PatchTable {
    /// What a filter is kept in for as long as C asks it.
    private final class KeptFilter: Sendable {
        let accepts: @Sendable (String) -> Bool

        init(_ accepts: @escaping @Sendable (String) -> Bool) { self.accepts = accepts }
    }

    static func plan(_ areas: Set<Monkey.Area>, _ objects: Monkey.ObjectFilter) -> PatchReport {
        var report = PatchReport(areas: areas)
        var request = unsafe request(areas, objects)
        // SAFETY: both addresses are used for the length of the call.
        unsafe withUnsafeMutablePointer(to: &report) { report in
            unsafe gv_patch_plan(&request, collect, report)
        }
        return report
    }

    /// The request's number is what it is withdrawn by.
    static func apply(_ areas: Set<Monkey.Area>, _ objects: Monkey.ObjectFilter) -> (
        PatchReport, UInt64
    ) {
        var report = PatchReport(areas: areas)
        var request = unsafe request(areas, objects)
        // SAFETY: both addresses are used for the length of the call; the filter is kept for C.
        let number = unsafe withUnsafeMutablePointer(to: &report) { report in
            unsafe gv_patch_apply(&request, collect, report)
        }
        return (report, number)
    }

    /// The names of the stand-ins of some areas.
    static func calls(_ areas: UInt32) -> [String] {
        // SAFETY: the stand-ins are constants, and their names literals.
        (0..<gv_stand_in_count()).compactMap { index in
            guard let call = unsafe gv_stand_in_at(index), unsafe call.pointee.area & areas != 0
            else { return nil }
            return unsafe String(cString: call.pointee.name)
        }.sorted()
    }

    private static func request(
        _ areas: Set<Monkey.Area>, _ objects: Monkey.ObjectFilter
    ) -> gv_patch_request {
        var request = unsafe gv_patch_request()
        unsafe request.areas = areas.bits
        guard let accepts = objects.accepts else { return unsafe request }
        // SAFETY: C calls `drop` once, after the last use; until then the filter is its own.
        unsafe request.context = Unmanaged.passRetained(KeptFilter(accepts)).toOpaque()
        unsafe request.accepts = { path, context in
            guard let path = unsafe path, let context = unsafe context else { return false }
            // SAFETY: what is passed is the address that `request` has retained.
            let filter = unsafe Unmanaged<KeptFilter>.fromOpaque(context).takeUnretainedValue()
            return filter.accepts(unsafe String(cString: path))
        }
        unsafe request.drop = { context in
            guard let context = unsafe context else { return }
            // SAFETY: what is passed is the address that `request` has retained.
            unsafe Unmanaged<KeptFilter>.fromOpaque(context).release()
        }
        return unsafe request
    }

    /// Adds an entry to the report whose address is passed along.
    private static let collect:
        @convention(c) (UnsafePointer<gv_patch_entry>?, UnsafeMutableRawPointer?) -> Void = {
            entry, context in
            guard let entry = unsafe entry?.pointee, let context = unsafe context else { return }
            // SAFETY: it is the report of `plan` or `apply`, which nobody else touches meanwhile.
            let report = unsafe context.assumingMemoryBound(to: PatchReport.self)
            unsafe report.pointee.add(entry)
        }
}

extension PatchReport {
    /// Takes in what C tells; its texts are lent for the call.
    fileprivate mutating func add(_ entry: gv_patch_entry) {
        let object = unsafe String(cString: entry.object)
        let call = unsafe entry.call.map { unsafe String(cString: $0) }
        if let call, unsafe entry.left == GV_LEFT_NOT {
            unsafe calls.append(
                Call(
                    object: object, name: call, area: Set(bits: entry.area).first,
                    slots: Int(entry.slots), newSlots: Int(entry.fresh)))
        } else {
            let reason = unsafe Reason(entry.left, error: entry.error)
            skipped.append(Skipped(object: object, call: call, reason: reason))
        }
    }
}

extension PatchReport.Reason {
    fileprivate init(_ left: UInt32, error: Int32) {
        switch Int(left) {
        case GV_LEFT_OURS: self = .runtime
        case GV_LEFT_FILTERED: self = .filtered
        case GV_LEFT_OWN_FUNCTION: self = .ownFunction
        case GV_LEFT_PROTECTED: self = .protected(SystemError(call: "mprotect", code: error))
        default: self = .nothingToPatch
        }
    }
}
