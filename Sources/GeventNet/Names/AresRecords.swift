// SPDX-License-Identifier: Apache-2.0
#if CAres
package import GeventSystem

extension NameRecord.Kind {
    var number: AresRecord.Kind {
        switch self {
        case .srv: .service
        case .txt: .text
        case .mx: .mail
        }
    }
}

extension NameRecord {
    /// A record as it may be handed on.
    ///
    /// - Throws: `LookupError` when the host in it is none.
    package init(_ record: AresRecord, of name: String) throws(LookupError) {
        switch record {
        case .text(let pieces):
            self = .txt(TXTRecord(pieces: pieces))
        case .mail(let host, let preference):
            let host = try Self.presentable(host, of: name)
            self = .mx(MXRecord(host: host, preference: preference))
        case .service(let host, let port, let priority, let weight):
            let host = try Self.presentable(host, of: name)
            self = .srv(SRVRecord(host: host, port: port, priority: priority, weight: weight))
        }
    }

    // c-ares leaves out the dot of the root, so that the root itself, "not here", is empty.
    private static func presentable(
        _ host: String, of name: String
    ) throws(LookupError) -> String {
        if host.isEmpty || host == "." { return "." }
        guard HostName.isPresentable(host) else { throw .badAnswer(name) }
        return host
    }
}
#endif
