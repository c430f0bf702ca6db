// SPDX-License-Identifier: Apache-2.0
#if CAres

/// The choice of c-ares in a build with it.
enum AresChoice {
    static func make() throws -> any Resolver { try AresResolver() }
}
#endif
