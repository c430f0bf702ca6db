// SPDX-License-Identifier: Apache-2.0
import Testing

extension ExitTest.Result? {
    /// What the child process has written to standard error.
    var errorText: String { String(decoding: self?.standardErrorContent ?? [], as: UTF8.self) }
}
