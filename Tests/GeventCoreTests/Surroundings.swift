// SPDX-License-Identifier: Apache-2.0
import CGeventTestProbes
import GeventSystem

/// Whether the tests were built with a sanitizer, which has memory and frames of its own.
let isSanitized = Environment.value("GEVENT_SANITIZER") != nil

/// Whether the long forms of the soak tests are wanted.
let soaks = Environment.value("GEVENT_SOAK") == "1"

/// Sets a variable of the environment, before anything has looked at it.
func setEnvironment(_ name: String, _ value: String) {
    unsafe gv_probe_set_environment(name, value)
}

/// What this process takes up.
struct Usage: Equatable, CustomStringConvertible {
    /// Bytes in memory.
    var resident: Int
    /// Bytes of address space.
    var addressSpace: Int
    /// Open descriptors.
    var descriptors: Int

    /// What it takes up now.
    static var present: Usage {
        let memory = ResidentMemory.current
        return Usage(
            resident: memory?.byteCount ?? 0, addressSpace: memory?.addressSpaceByteCount ?? 0,
            descriptors: Int(gv_probe_open_descriptors()))
    }

    /// How much more this is than `earlier`.
    func beyond(_ earlier: Usage) -> Usage {
        Usage(
            resident: resident - earlier.resident,
            addressSpace: addressSpace - earlier.addressSpace,
            descriptors: descriptors - earlier.descriptors)
    }

    var description: String {
        "\(resident / 1024) KiB in memory, \(addressSpace / 1024) KiB of address space, "
            + "\(descriptors) descriptors"
    }
}
