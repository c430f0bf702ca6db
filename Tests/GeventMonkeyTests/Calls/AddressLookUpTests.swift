// SPDX-License-Identifier: Apache-2.0
import CGeventMonkeyTestProbes
import GeventCore
import GeventTestSupport
import Glibc
import Testing

/// What getaddrinfo is asked for; flags -1: without hints.
struct AddressQuestion: Sendable {
    var node: String?
    var service: String?
    var flags: Int32 = -1
    var family: Int32 = 0

    func answer(isReal: Bool) -> String {
        text { unsafe gv_probe_addresses(isReal, node, service, flags, family, $0) }
    }
}

@Suite struct AddressLookUpTests {
    static let questions: [AddressQuestion] = [
        .init(node: "localhost", service: "80"),
        .init(node: "localhost", service: nil, flags: AI_CANONNAME, family: AF_INET),
        .init(node: "localhost", service: "http", flags: AI_NUMERICSERV),
        .init(node: "localhost", service: "no-such-service", flags: 0),
        .init(node: "localhost", service: nil, flags: 0x4000_0000),
        .init(node: "localhost", service: nil, flags: 0, family: 99),
        .init(node: "127.0.0.1", service: "80"),
        .init(node: "127.1", service: "80"),
        .init(node: "::1", service: "80", flags: AI_NUMERICHOST),
        .init(node: "fe80::1%lo", service: "80"),
        .init(node: "localhost", service: "80", flags: AI_NUMERICHOST),
        .init(node: "", service: "80"),
        .init(node: nil, service: "80", flags: AI_PASSIVE),
        .init(node: nil, service: nil),
    ]

    @Test(arguments: questions)
    func `answers as the real call`(question: AddressQuestion) throws {
        let mine = try onPatchedHub { question.answer(isReal: false) }

        #expect(mine == question.answer(isReal: true))
    }

    @Test(arguments: ["127.0.0.1", "::1", nil])
    func `asks nobody for an address in numbers`(node: String?) throws {
        let hasRun = try onPatchedHub {
            let other = Count()
            let greenlet = spawn { other.value = 1 }
            _ = AddressQuestion(node: node, service: "80").answer(isReal: false)
            let hasRun = other.value
            try greenlet.join()
            return hasRun
        }

        #expect(hasRun == 0)
    }

    @Test(arguments: [0, NI_NUMERICHOST, NI_NUMERICSERV, NI_NAMEREQD], [0, 2, 1025])
    func `names an address as the real call`(flags: Int32, room: Int32) throws {
        for family in [AF_INET, 99] {
            let mine = try onPatchedHub {
                text { unsafe gv_probe_name(false, family, flags, room, $0) }
            }

            #expect(mine == text { unsafe gv_probe_name(true, family, flags, room, $0) })
        }
    }
}
