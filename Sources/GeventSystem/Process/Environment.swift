// SPDX-License-Identifier: Apache-2.0
internal import CGeventSystem

/// The variables that the process was started with.
package enum Environment {
    /// The value of a variable; `nil` if it is not set.
    ///
    /// Call: `getenv`.
    package static func value(_ name: String) -> String? {
        // SAFETY: the bytes are copied at once; the package never changes the environment.
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }
}
