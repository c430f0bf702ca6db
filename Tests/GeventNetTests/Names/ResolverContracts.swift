// SPDX-License-Identifier: Apache-2.0
#if !CAres
import GeventTesting

extension ResolverContract {
    /// All resolvers of this build.
    static let all = [thread, caching]
}
#endif
