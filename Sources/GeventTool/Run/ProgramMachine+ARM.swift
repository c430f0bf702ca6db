// SPDX-License-Identifier: Apache-2.0
#if arch(arm64)
extension ProgramKind {
    /// `EM_AARCH64`.
    static let machine = 183
}
#endif
