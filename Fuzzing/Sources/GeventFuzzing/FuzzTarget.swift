// SPDX-License-Identifier: Apache-2.0

/// Code that must stand any input, and what must hold whatever the input is.
package struct FuzzTarget: Sendable, CustomStringConvertible {
    /// What its folders in `Corpus` and `Crashes` are called.
    package let name: String

    private let body: @Sendable (inout FuzzInput) throws -> Void

    init(_ name: String, _ body: @escaping @Sendable (inout FuzzInput) throws -> Void) {
        self.name = name
        self.body = body
    }

    /// Puts the code to one input.
    ///
    /// - Throws: ``Finding`` when something does not hold.
    package func run(_ bytes: [UInt8]) throws {
        var input = FuzzInput(bytes)
        try body(&input)
    }

    /// The name.
    package var description: String { name }
}

extension FuzzTarget {
    /// All that this build has; the answers of name servers are there with the trait `CAres`.
    package static let all: [FuzzTarget] = {
        var all = [addresses, listeners, hosts, readers, resolvers]
        #if CAres
        all += [answers, channels]
        #endif
        return all
    }()

    /// The one of a name.
    package static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }
}

/// Something does not hold that should, whatever the input.
package struct Finding: Error, CustomStringConvertible {
    /// What it is.
    package let description: String
}

/// Throws a ``Finding`` with the sentence unless `condition` holds.
func check(_ condition: Bool, _ sentence: @autoclosure () -> String) throws(Finding) {
    if !condition { throw Finding(description: sentence()) }
}
