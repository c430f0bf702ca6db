// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// The limits of the process and the machine that stacks and descriptors meet.
package struct ResourceLimits: Equatable, Sendable {
    /// How much address space the process may use; `nil` is no limit (`RLIMIT_AS`).
    package let addressSpaceByteCount: UInt64?

    /// How many descriptors the process may have open; `nil` is no limit (`RLIMIT_NOFILE`).
    package let openDescriptorCount: UInt64?

    /// How many mappings the process may have; `nil` when it cannot be read (`vm.max_map_count`).
    package let mappingCount: Int?

    /// How the machine promises memory: 0 guesses, 1 always, 2 never more than it has; `nil` when
    /// it cannot be read (`vm.overcommit_memory`).
    package let overcommitMode: Int?

    /// The limits as they are now.
    ///
    /// Call: `getrlimit`.
    package static var current: ResourceLimits {
        ResourceLimits(
            addressSpaceByteCount: soft(Int32(RLIMIT_AS.rawValue)),
            openDescriptorCount: soft(Int32(RLIMIT_NOFILE.rawValue)),
            mappingCount: KernelText.number(at: "/proc/sys/vm/max_map_count"),
            overcommitMode: KernelText.number(at: "/proc/sys/vm/overcommit_memory"))
    }

    private static func soft(_ resource: Int32) -> UInt64? {
        let value = gv_limit_soft(resource)
        return value == UInt64.max ? nil : value
    }

    /// Adds to a failure for lack of memory or descriptors the limits that can be its cause.
    ///
    /// Every other error is returned as it is.
    package static func explain(_ error: SystemError) -> SystemError {
        let limits: String
        switch error.code {
        case ENOMEM: limits = current.memoryText
        case EMFILE: limits = descriptorText
        default: return error
        }
        return SystemError(call: error.call, code: error.code, note: limits)
    }

    private var memoryText: String {
        let parts = [
            mappingCount.map { "vm.max_map_count is \($0)" },
            addressSpaceByteCount.map { "RLIMIT_AS is \($0) bytes" },
            overcommitMode.map { "vm.overcommit_memory is \($0)" },
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }

    // Asks for the one limit only: a server out of descriptors comes here for each connection.
    private static var descriptorText: String {
        soft(Int32(RLIMIT_NOFILE.rawValue)).map { "RLIMIT_NOFILE is \($0)" }
            ?? "RLIMIT_NOFILE is unlimited"
    }
}
