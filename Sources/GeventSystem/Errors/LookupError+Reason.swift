// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

extension LookupError {
    /// What exactly went wrong; more may be added.
    public struct Reason: Hashable, Sendable, CustomStringConvertible {
        /// The reason as a clause.
        public let description: String

        init(_ description: String) {
            self.description = description
        }

        /// The server says that there is no such name (`NXDOMAIN`).
        public static let noSuchName = Reason("there is no such name")

        /// The name exists and has nothing of what was asked for (`NODATA`).
        public static let noData = Reason("the name has no such data")

        /// No server could answer (`SERVFAIL`).
        public static let serverFailure = Reason("the server failed to answer")

        /// No server was willing to answer (`REFUSED`).
        public static let refused = Reason("the server refused to answer")

        /// No server speaks the question's form (`FORMERR`, `NOTIMP`).
        public static let notUnderstood = Reason("the server did not understand the question")

        /// No server has answered in time.
        public static let timedOut = Reason("no server answered in time")

        /// No server could be reached.
        public static let unreachable = Reason("no server could be reached")

        /// The answer breaks the rules of the protocol, or says what must not be passed on.
        public static let badAnswer = Reason("the answer is malformed")

        /// The look-up was given up, as its resolver was closed.
        public static let cancelled = Reason("the look-up was cancelled")

        /// The name cannot be one, so nobody was asked; the text says why.
        public static func malformed(_ why: String) -> Reason { Reason(why) }
    }

    /// A name that cannot be one, for which nobody was asked.
    package static func malformed(_ subject: String, _ why: String) -> LookupError {
        LookupError(subject: subject, code: EAI_NONAME, reason: .malformed(why))
    }

    /// A look-up that failed for this reason, with the code that the C library has for it.
    package static func failed(_ subject: String, _ reason: Reason) -> LookupError {
        let code =
            switch reason {
            case .noSuchName: EAI_NONAME
            case .noData: Int32(GV_EAI_NODATA)
            case .serverFailure, .timedOut, .unreachable: EAI_AGAIN
            default: EAI_FAIL
            }
        return LookupError(subject: subject, code: code, reason: reason)
    }

    /// A service, or a port, that no table has.
    package static func noSuchService(_ subject: String) -> LookupError {
        LookupError(subject: subject, code: EAI_SERVICE)
    }

    /// A kind of address that has no name.
    package static func noNameFor(_ subject: String) -> LookupError {
        LookupError(subject: subject, code: EAI_FAMILY)
    }

    /// An answer that must not be passed on.
    package static func badAnswer(_ subject: String) -> LookupError {
        LookupError(subject: subject, code: EAI_FAIL, reason: .badAnswer)
    }

    /// An address of the wrong family for the question.
    package static func wrongFamily(_ subject: String) -> LookupError {
        LookupError(
            subject: subject, code: GV_EAI_ADDRFAMILY,
            reason: .malformed("it is an address of the other family"))
    }
}
