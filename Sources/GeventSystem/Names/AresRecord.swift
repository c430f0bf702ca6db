// SPDX-License-Identifier: Apache-2.0
#if CAres
internal import CGeventAres

/// A record as c-ares reads it.
package enum AresRecord: Sendable {
    /// The types that can be asked for.
    package enum Kind: Sendable {
        /// Where mail goes.
        case mail
        /// Free text.
        case text
        /// Where a service is.
        case service

        var type: gv_ares_type {
            switch self {
            case .mail: GV_ARES_MX
            case .text: GV_ARES_TXT
            case .service: GV_ARES_SRV
            }
        }
    }

    /// `MX`.
    case mail(host: String, preference: UInt16)
    /// `TXT`.
    case text([[UInt8]])
    /// `SRV`.
    case service(host: String, port: UInt16, priority: UInt16, weight: UInt16)

    /// The records that an answer consists of.
    static func all(_ kind: Kind, _ items: [AresItem]) -> [AresRecord] {
        switch kind {
        case .mail:
            return items.map { .mail(host: $0.host, preference: $0.numbers.0) }
        case .service:
            return items.map { item in
                .service(
                    host: item.host, port: item.numbers.2, priority: item.numbers.0,
                    weight: item.numbers.1)
            }
        case .text:
            var texts: [[[UInt8]]] = []
            for item in items {
                if item.numbers.0 != 0 || texts.isEmpty { texts.append([]) }
                texts[texts.count - 1].append(item.bytes ?? [])
            }
            return texts.map { .text($0) }
        }
    }
}
#endif
