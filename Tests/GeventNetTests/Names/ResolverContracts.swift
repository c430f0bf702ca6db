// SPDX-License-Identifier: Apache-2.0
#if !CAres

extension ResolverContract {
    /// All resolvers of this build.
    static let all = [thread, caching]
}
#endif
