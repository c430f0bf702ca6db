// SPDX-License-Identifier: Apache-2.0
#if !CAres

/// The choice of c-ares in a build without it.
enum AresChoice {
    struct IsAbsent: Error, CustomStringConvertible {
        let description = "this program was built without the package trait CAres"
    }

    static func make() throws(IsAbsent) -> any Resolver { throw IsAbsent() }
}
#endif
