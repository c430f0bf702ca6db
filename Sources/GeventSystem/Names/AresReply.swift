// SPDX-License-Identifier: Apache-2.0
#if CAres
internal import CGeventAres

/// A part of an answer, copied out of c-ares's memory.
struct AresItem {
    /// A socket address or a piece of text; `nil` for an alias or a name.
    let bytes: [UInt8]?
    let host: String
    let numbers: (UInt16, UInt16, UInt16)

    init(_ item: gv_ares_item) {
        // SAFETY: c-ares lends the parts for the call that hands the item over.
        unsafe bytes = item.bytes.map { bytes in
            unsafe Array(UnsafeRawBufferPointer(start: bytes, count: item.count))
        }
        unsafe host = item.host.map { unsafe String(cString: $0) } ?? ""
        unsafe numbers = (item.first, item.second, item.third)
    }
}

/// Gathers the parts of an answer, and hands them over when c-ares is done.
///
/// c-ares is done exactly once with each question, also with those that it gives up.
final class AresReply {
    private let subject: String
    private let done: (Result<[AresItem], LookupError>) -> Void
    private var items: [AresItem] = []

    init(subject: String, done: @escaping (Result<[AresItem], LookupError>) -> Void) {
        self.subject = subject
        self.done = done
    }

    /// What c-ares calls; it holds the reply until it is done.
    var callbacks: gv_ares_reply {
        var reply = unsafe gv_ares_reply()
        // SAFETY: balanced in `done`, which is called once.
        unsafe reply.context = unsafe Unmanaged.passRetained(self).toOpaque()
        unsafe reply.item = { context, item in
            guard let context = unsafe context, let item = unsafe item else { return }
            // SAFETY: the retain of `callbacks` stands until `done`.
            let reply = unsafe Unmanaged<AresReply>.fromOpaque(context).takeUnretainedValue()
            unsafe reply.items.append(AresItem(item.pointee))
        }
        unsafe reply.done = { context, status in
            guard let context = unsafe context else { return }
            // SAFETY: balances the retain of `callbacks`.
            unsafe Unmanaged<AresReply>.fromOpaque(context).takeRetainedValue().finish(status)
        }
        return unsafe reply
    }

    private func finish(_ status: Int32) {
        if gv_ares_outcome(status) == GV_ARES_DONE { return done(.success(items)) }
        done(.failure(LookupError(subject: subject, aresStatus: status)))
    }
}
#endif
