// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// A name that could not be looked up, with the resolver's own code.
///
/// ```swift
/// do { … } catch let error as LookupError where error.isTemporary { /* try again later */ }
/// ```
///
/// gevent: `socket.gaierror`.
public struct LookupError: Error, Hashable {
    /// What was looked up: the host name, or the address for a reverse look-up.
    public let subject: String

    /// The resolver's code: one of the `EAI_…` constants.
    public let code: Int32

    /// The error number behind the code `EAI_SYSTEM`; `nil` for every other code.
    public let systemCode: Int32?

    /// What went wrong, more exactly than the code says it; `nil` where the resolver tells no more.
    ///
    /// The C library tells no more than its codes; c-ares does.
    public let reason: Reason?

    /// A failed look-up of `subject`, with the error number that belongs to `EAI_SYSTEM`.
    public init(
        subject: String, code: Int32, systemCode: Int32? = nil, reason: Reason? = nil
    ) {
        self.subject = subject
        self.code = code
        self.systemCode = systemCode
        self.reason = reason
    }

    /// Whether the same question may find an answer later.
    public var isTemporary: Bool {
        code == EAI_AGAIN
    }

    /// Whether the resolver is sure that there is no such name or no address for it.
    public var isNotFound: Bool {
        code == EAI_NONAME || code == GV_EAI_NODATA || code == GV_EAI_ADDRFAMILY
    }

    /// The resolver's text, such as `Name or service not known`.
    ///
    /// Call: `gai_strerror`.
    public var message: String {
        if let systemCode { return SystemError(call: "", code: systemCode).message }
        // SAFETY: gai_strerror answers a string that lives as long as the process, for any number.
        return unsafe String(cString: gai_strerror(code))
    }

    private var name: String {
        switch code {
        case EAI_BADFLAGS: "EAI_BADFLAGS"
        case EAI_NONAME: "EAI_NONAME"
        case EAI_AGAIN: "EAI_AGAIN"
        case EAI_FAIL: "EAI_FAIL"
        case GV_EAI_NODATA: "EAI_NODATA"
        case EAI_FAMILY: "EAI_FAMILY"
        case EAI_SOCKTYPE: "EAI_SOCKTYPE"
        case EAI_SERVICE: "EAI_SERVICE"
        case GV_EAI_ADDRFAMILY: "EAI_ADDRFAMILY"
        case EAI_MEMORY: "EAI_MEMORY"
        case EAI_SYSTEM: "EAI_SYSTEM"
        case EAI_OVERFLOW: "EAI_OVERFLOW"
        default: "EAI"
        }
    }
}

extension LookupError: CustomStringConvertible {
    /// The failure in one line: `nowhere.invalid: Name or service not known (EAI_NONAME -2)`.
    public var description: String {
        let exactly = reason.map { ": \($0)" } ?? ""
        return "\(subject): \(message) (\(name) \(code))\(exactly)"
    }
}
