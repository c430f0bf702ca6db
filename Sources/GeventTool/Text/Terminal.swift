// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The two outputs of the process.
enum Terminal {
    /// Whether standard error is shown to a person.
    static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }

    /// Writes `text` to standard error, as it is.
    static func writeError(_ text: String) {
        // Nobody can be told that standard error is closed.
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    /// Hands over what `print` has kept, before somebody else writes to the same place.
    static func flush() {
        fflush(nil)
    }
}
