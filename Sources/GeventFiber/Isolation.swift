// SPDX-License-Identifier: Apache-2.0
package import CGeventSwitch
internal import GeventSystem

/// Which parts of a thread's hidden state each greenlet has for itself on this runtime.
///
/// Found out once a process, when the first hub is made, by watching what the runtimes do on a
/// thread of its own. A part that could not be found is shared by the greenlets of a hub, as it
/// would be without this package; that is said once on standard error.
public struct Isolation: Sendable, CustomStringConvertible {
    /// Open accesses (`inout`, `modify`) are told apart, so a greenlet may wait inside one.
    public let exclusivity: Bool
    /// `@TaskLocal` values are a greenlet's own, and inherited when it is spawned.
    public let taskLocals: Bool
    /// C++ exceptions being handled are a greenlet's own.
    public let cxxExceptions: Bool
    /// The debug check for accesses that overlap between greenlets can be made.
    public let overlapCheck: Bool

    /// The parts by name, with what is missing marked.
    public var description: String {
        let parts = [
            ("exclusivity", exclusivity), ("task locals", taskLocals),
            ("C++ exceptions", cxxExceptions), ("overlap check", overlapCheck),
        ]
        return parts.map { $0.1 ? $0.0 : "no \($0.0)" }.joined(separator: ", ")
    }

    /// What this process has.
    package static let present: Isolation = {
        let places = RuntimePlaces.found
        let isolation = Isolation(
            exclusivity: places.has_access || places.has_access_calls,
            taskLocals: places.has_concurrency,
            cxxExceptions: places.has_exceptions,
            overlapCheck: places.has_access && places.can_read_accesses)
        if !isolation.exclusivity || !isolation.taskLocals || !isolation.cxxExceptions {
            StandardError.write(
                "gevent: this runtime keeps greenlets apart in part only: \(isolation)\n")
        }
        return isolation
    }()
}

/// The places of the runtimes' words, found once.
package enum RuntimePlaces {
    // A variable of the environment makes the slower calls of the runtime take the place of the
    // word, so that this path is tested where the word is found too.
    static let found: gv_places = {
        var places = gv_places_find()
        if Environment.value("GEVENT_ISOLATION") == "calls" { places.has_access = false }
        return places
    }()

    /// Makes `hub` swap the words that were found, on the thread that calls.
    package static func attach(_ hub: UnsafeMutablePointer<gv_hub>) {
        _ = Isolation.present
        var places = found
        // SAFETY: the addresses are of this thread's storage; the hub never leaves its thread.
        unsafe gv_slots_fill(hub, &places)
        if !places.has_access && places.has_access_calls {
            unsafe hub.pointee.attention |= UInt32(GV_ATTEND_RUNTIME)
        }
    }
}
