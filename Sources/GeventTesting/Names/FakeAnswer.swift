// SPDX-License-Identifier: Apache-2.0
public import GeventSystem

/// What a ``FakeResolver`` answers for a name.
///
/// gevent: none.
public struct FakeAnswer: Sendable {
    indirect enum Kind {
        case addresses([SocketAddress])
        case failure(LookupError.Reason)
        case late(Duration, FakeAnswer)
        case inTurn([FakeAnswer])
    }

    let kind: Kind

    private init(_ kind: Kind) { self.kind = kind }

    /// These addresses, in this order; their ports do not matter.
    public static func addresses(_ addresses: [SocketAddress]) -> FakeAnswer {
        FakeAnswer(.addresses(addresses.map { $0.with(port: 0) }))
    }

    /// These addresses in numbers, in this order.
    ///
    /// - Precondition: Each is an IPv4 or an IPv6 address.
    public static func hosts(_ numbers: String...) -> FakeAnswer {
        addresses(
            numbers.map { text in
                guard let address = SocketAddress(text, port: 0) else {
                    trap("'\(text)' is no address in numbers")
                }
                return address
            })
    }

    /// A `LookupError` with this reason.
    public static func failure(_ reason: LookupError.Reason) -> FakeAnswer {
        FakeAnswer(.failure(reason))
    }

    /// The answer, after so long by the hub's clock.
    public static func late(_ delay: Duration, _ answer: FakeAnswer) -> FakeAnswer {
        FakeAnswer(.late(delay, answer))
    }

    /// The first answer for the first question, and so on; the last one for all that follow.
    ///
    /// - Precondition: There is at least one.
    public static func inTurn(_ answers: FakeAnswer...) -> FakeAnswer {
        require(!answers.isEmpty, "answers in turn have a first one")
        return FakeAnswer(.inTurn(answers))
    }

    /// The answer for this question; `rest` becomes the one for the next.
    func taken(_ rest: inout FakeAnswer?) -> FakeAnswer {
        guard case .inTurn(let answers) = kind else { return self }
        if answers.count > 1 { rest = FakeAnswer(.inTurn(Array(answers.dropFirst()))) }
        return answers[0]
    }

    /// Every address that it may give.
    var addresses: [SocketAddress] {
        switch kind {
        case .addresses(let addresses): addresses
        case .failure: []
        case .late(_, let answer): answer.addresses
        case .inTurn(let answers): answers.flatMap(\.addresses)
        }
    }
}
