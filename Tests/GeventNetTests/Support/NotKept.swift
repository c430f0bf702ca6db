// SPDX-License-Identifier: Apache-2.0

/// Something that is not as it should be.
struct NotKept: Error, CustomStringConvertible {
    let description: String
}

/// Throws unless `condition` holds: for processes of their own, where `#expect` is not heard.
func expect(_ condition: Bool, _ text: @autoclosure () -> String) throws {
    if !condition { throw NotKept(description: text()) }
}
