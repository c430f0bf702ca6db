// SPDX-License-Identifier: Apache-2.0
public import GeventSystem

/// What a patch has done or would do: which calls, in which objects, and what was left and why.
///
/// Printed, it is a table.
///
/// gevent: none; `patch_all` answers true, false or `None`.
public struct PatchReport: Sendable {
    /// One call as one object makes it.
    public struct Call: Sendable, Hashable {
        /// The path of the object.
        public let object: String

        /// The C name of the call.
        public let name: String

        /// The area it is of; `nil` for `dlopen` and `dlclose`, which any patch watches.
        public let area: Monkey.Area?

        /// How many words of the object lead to the stand-in now.
        public let slots: Int

        /// How many of them did not before.
        public let newSlots: Int
    }

    /// Why something was left alone.
    public enum Reason: Sendable, Hashable {
        /// It is the C library, the dynamic linker, or a runtime.
        case runtime
        /// The filter did not take it.
        case filtered
        /// The name is a function of the program, or of a library other than the C library.
        case ownFunction
        /// The memory could not be made writable.
        case protected(SystemError)
        /// It calls none of them, or it is linked statically.
        case nothingToPatch
    }

    /// An object, or a call in it, that was left alone.
    public struct Skipped: Sendable, Hashable {
        /// The path of the object.
        public let object: String

        /// The C name of the call; `nil` for the object as a whole.
        public let call: String?

        /// Why.
        public let reason: Reason
    }

    /// The areas that were asked for, without those that were vetoed.
    public let areas: Set<Monkey.Area>

    /// The areas that a handler of ``Monkey/willPatch(_:)`` has vetoed.
    public internal(set) var vetoed: Set<Monkey.Area> = []

    /// What is patched.
    public internal(set) var calls: [Call] = []

    /// What is not.
    public internal(set) var skipped: [Skipped] = []

    /// The paths of the objects that are patched, in the order in which they were loaded.
    public var objects: [String] {
        var seen: Set<String> = []
        return calls.map(\.object).filter { seen.insert($0).inserted }
    }

    /// How many words of memory lead to stand-ins.
    public var slots: Int { calls.reduce(0) { $0 + $1.slots } }

    /// How many of them did not before; 0 when nothing new was done.
    ///
    /// gevent: `patch_all` answers `None` then.
    public var newSlots: Int { calls.reduce(0) { $0 + $1.newSlots } }

    init(areas: Set<Monkey.Area>) { self.areas = areas }
}
