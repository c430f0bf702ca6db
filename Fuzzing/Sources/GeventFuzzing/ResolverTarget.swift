// SPDX-License-Identifier: Apache-2.0
internal import GeventNet

extension FuzzTarget {
    /// What `GEVENT_RESOLVER` may say.
    static let resolvers = FuzzTarget("resolvers") { input in
        let text = input.text()
        let names = text.lowercased().split(separator: ",").map { name in
            String(name.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
        }.filter { !$0.isEmpty }
        let isKnown = names.allSatisfy { ["ares", "block", "thread"].contains($0) }
        do {
            let resolver = try ResolverChoice.resolver(for: text)
            try check(isKnown, "\(text) names a resolver that there is not")
            let expected = names.first { $0 != "ares" } ?? "thread"
            let kind = "\(type(of: resolver))".lowercased()
            let isRight =
                kind == expected + "resolver" || names.first == "ares" && kind == "aresresolver"
            try check(isRight, "\(text) gives a \(kind)")
        } catch let refusal as ResolverChoice.Refusal {
            try check(!refusal.description.isEmpty, "\(text) is refused for no reason")
            try check(
                !isKnown || names.contains("ares") && names.allSatisfy { $0 == "ares" },
                "\(text) was refused: \(refusal)")
        }
    }
}
