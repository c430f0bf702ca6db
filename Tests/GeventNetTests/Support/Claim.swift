// SPDX-License-Identifier: Apache-2.0
import GeventSystem
import GeventTestSupport

/// The body of an exit test, on a hub: what goes wrong is written to standard error, where the test
/// expects nothing.
func inChild(_ body: @escaping @Sendable () throws -> Void) {
    if let error = errorOf({ try onHub([], body) }) { StandardError.write("\(error)\n") }
}

/// Throws when something is not as it should be: in the process of an exit test nobody hears
/// `#expect`.
func claim(_ isTrue: Bool, _ text: @autoclosure () -> String) throws {
    if !isTrue { throw Refuted(description: text()) }
}

private struct Refuted: Error, CustomStringConvertible {
    let description: String
}
