// SPDX-License-Identifier: Apache-2.0
#if arch(x86_64)
extension ProgramKind {
    /// `EM_X86_64`.
    static let machine = 62
}
#endif
