// SPDX-License-Identifier: Apache-2.0
internal import GeventSystem

/// A resolver chosen by name.
package enum ResolverChoice {
    /// Why there is none.
    package struct Refusal: Error, CustomStringConvertible {
        /// The sentence.
        package let description: String
    }

    private static let variable = "GEVENT_RESOLVER"
    private static let names = ["ares", "block", "thread"]

    /// What the environment says, which traps if it makes no sense.
    static func fromEnvironment() -> any Resolver {
        do throws(Refusal) {
            return try resolver(for: Environment.value(variable) ?? "")
        } catch { trap("\(variable): \(error)") }
    }

    /// The first resolver of a list that is there; the default for no list.
    ///
    /// - Throws: ``Refusal`` for a name that none has, wherever it stands, and when none of
    ///   those that are named is there.
    package static func resolver(for list: String) throws(Refusal) -> any Resolver {
        let wanted = list.split(separator: ",").map(trimmed).filter { !$0.isEmpty }
        if wanted.isEmpty { return ThreadResolver() }
        if let unknown = wanted.first(where: { !Self.names.contains($0) }) {
            throw Refusal(
                description: "there is no resolver '\(unknown)'; there are "
                    + Self.names.joined(separator: ", "))
        }
        var reasons: [String] = []
        for name in wanted {
            switch name {
            case "block": return BlockResolver()
            case "thread": return ThreadResolver()
            default:
                do { return try AresChoice.make() } catch { reasons.append("ares: \(error)") }
            }
        }
        throw Refusal(
            description: "no resolver of '\(list)' is there: \(reasons.joined(separator: "; "))")
    }

    private static func trimmed(_ name: Substring) -> String {
        let start = name.drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed()).lowercased()
    }
}
