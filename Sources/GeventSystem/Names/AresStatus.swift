// SPDX-License-Identifier: Apache-2.0
#if CAres
internal import CGeventAres
internal import CGeventSystem

extension LookupError {
    /// The failure that a status of c-ares stands for.
    init(subject: String, aresStatus status: Int32) {
        let (code, reason) = Self.meaning(of: status)
        self.init(subject: subject, code: code, reason: reason)
    }

    private static func meaning(of status: Int32) -> (Int32, Reason) {
        switch gv_ares_outcome(status) {
        case GV_ARES_NO_NAME: (EAI_NONAME, .noSuchName)
        case GV_ARES_NO_DATA: (GV_EAI_NODATA, .noData)
        case GV_ARES_SERVER_FAILED: (EAI_AGAIN, .serverFailure)
        case GV_ARES_REFUSED: (EAI_FAIL, .refused)
        case GV_ARES_NOT_UNDERSTOOD: (EAI_FAIL, .notUnderstood)
        case GV_ARES_TIMED_OUT: (EAI_AGAIN, .timedOut)
        case GV_ARES_UNREACHABLE: (EAI_AGAIN, .unreachable)
        case GV_ARES_CANCELLED: (EAI_AGAIN, .cancelled)
        case GV_ARES_BAD_ANSWER: (EAI_FAIL, .badAnswer)
        case GV_ARES_NO_MEMORY: (EAI_MEMORY, Reason(text(of: status)))
        default: (EAI_FAIL, Reason(text(of: status)))
        }
    }

    /// A name that exists and has nothing of what was asked for.
    static func noData(_ subject: String) -> LookupError {
        LookupError(subject: subject, code: GV_EAI_NODATA, reason: .noData)
    }

    private static func text(of status: Int32) -> String {
        // SAFETY: a constant of c-ares for any number.
        unsafe String(cString: gv_ares_text(status))
    }
}
#endif
