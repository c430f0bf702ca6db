// SPDX-License-Identifier: Apache-2.0
internal import GeventCore

/// A subject on trial for one clause of a contract.
protocol Trial {
    /// What is on trial, for reports.
    var subject: String { get }
    /// The clause, for reports.
    var clauseName: String { get }
}

extension Trial {
    func require(_ isKept: Bool, _ complaint: @autoclosure () -> String) throws {
        if !isKept { throw broken(complaint()) }
    }

    func broken(_ complaint: String) -> ContractBroken {
        ContractBroken(subject: subject, clause: clauseName, complaint: complaint)
    }

    func text(_ error: (any Error)?) -> String {
        error.map { "\(type(of: $0)): \($0)" } ?? "no error"
    }

    /// Lets a greenlet run to where it waits for others.
    ///
    /// > Suspends: Always.
    func settle(_ greenlet: AnyGreenlet) throws {
        for _ in 0..<20 { try sleep(.milliseconds(1)) }
        try require(!greenlet.isReady, "ended before its time with \(text(greenlet.error))")
    }
}

func errorOf(_ body: () throws -> Void) -> (any Error)? {
    do { try body() } catch { return error }
    return nil
}

extension TestHub {
    /// The hub of a contract: first come, first served, as some clauses are about the very order.
    static func forContract(_ clock: Clock) -> TestHub {
        TestHub(clock: clock, order: .firstComeFirstServed, limit: .seconds(300))
    }
}
