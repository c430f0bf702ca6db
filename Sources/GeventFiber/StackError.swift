// SPDX-License-Identifier: Apache-2.0
public import GeventSystem

/// No stack could be made for a greenlet.
///
/// A greenlet that gets none ends with this error before its body runs; the others go on.
public struct StackError: Error, Sendable, CustomStringConvertible {
    /// What stood in the way.
    public enum Limit: Sendable, Equatable {
        /// `RLIMIT_AS`, the address space that the process may have, in bytes.
        case addressSpace(bytes: UInt64)
        /// `vm.max_map_count`: each guard made by mprotect(2) splits a mapping in two.
        case mappings(count: Int)
        /// `vm.overcommit_memory=2`, which counts every stack with its whole size.
        case commit
        /// The machine's memory, or a limit that could not be told.
        case memory
    }

    /// The limit that was met.
    public let limit: Limit
    /// The stack that was asked for, in bytes.
    public let byteCount: Int
    /// The call that failed.
    public let cause: SystemError

    /// The limit by its name, and what to do about it.
    public var description: String {
        let reason =
            switch limit {
            case .addressSpace(let bytes):
                "RLIMIT_AS leaves the process \(bytes / 1024) KiB of address space"
            case .mappings(let count):
                "vm.max_map_count allows \(count) mappings, and each guard takes two"
            case .commit: "vm.overcommit_memory is 2, so stacks count with their whole size"
            case .memory: "the system has no memory for it"
            }
        return "no stack of \(byteCount / 1024) KiB for a greenlet: \(reason) (\(cause))"
    }

    /// Finds out which limit a failed call has met.
    package init(byteCount: Int, cause: SystemError, guards: GuardKind) {
        self.byteCount = byteCount
        self.cause = cause
        let limits = ResourceLimits.current
        limit =
            if let bytes = limits.addressSpaceByteCount {
                .addressSpace(bytes: bytes)
            } else if limits.overcommitMode == 2 {
                .commit
            } else if guards == .protected, let count = limits.mappingCount {
                .mappings(count: count)
            } else {
                .memory
            }
    }
}
