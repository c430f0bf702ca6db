// SPDX-License-Identifier: Apache-2.0

/// Traps with `sentence` unless `condition` holds, in release builds too.
///
/// Swift's `precondition` says nothing there, and whoever uses a greenlet in a way that cannot work
/// wants to be told which.
@inline(__always)
package func require(_ condition: Bool, _ sentence: @autoclosure () -> String) {
    if !condition { trap(sentence()) }
}

/// Ends the program with `sentence`.
@inline(never)
package func trap(_ sentence: String) -> Never { fatalError(sentence) }
