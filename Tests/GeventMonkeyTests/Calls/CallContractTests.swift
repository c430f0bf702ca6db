// SPDX-License-Identifier: Apache-2.0
import CGeventCallProbes
import GeventCore
import GeventMonkey
import GeventTestSupport
import Testing

/// A table of situations, in each of which a call and its stand-in must answer alike.
struct Situations: Sendable, CustomStringConvertible {
    let index: Int
    let name: String
    let count: Int

    var description: String { name }

    static let all: [Situations] = (0...).lazy.map(Situations.init(index:)).prefix { $0 != nil }
        .compactMap(\.self)

    private init?(index: Int) {
        // SAFETY: the table and its names are never freed.
        guard let family = unsafe gv_probe_family_at(index) else { return nil }
        self.index = index
        name = unsafe String(cString: family.pointee.name)
        count = unsafe family.pointee.count
    }

    /// What one situation is, for a report.
    func text(_ number: Int) -> String {
        report { unsafe gv_probe_describe(index, number, $0) }
    }

    /// What the real calls answer, on threads.
    func realAnswers() -> [String] {
        // SAFETY: as much room as all reports fill, initialized, and gone after they were copied.
        unsafe withUnsafeTemporaryAllocation(
            of: CChar.self, capacity: count * Int(GV_REPORT_BYTES)
        ) { room in
            unsafe room.initialize(repeating: 0)
            guard let start = room.baseAddress else { return [] }
            unsafe gv_probe_run_really(index, start)
            return (0..<count).map { unsafe String(cString: start + $0 * Int(GV_REPORT_BYTES)) }
        }
    }

    /// Those of `numbers` that differ each time when they are alone: many situations are about what comes a
    /// few milliseconds later, which on a busy machine is sometimes too late for one of the two.
    func confirm(_ numbers: [Int]) throws -> [String] {
        var left = numbers
        var texts: [String] = []
        for _ in 0..<5 where !left.isEmpty {
            let now = left
            let again = realAnswers()
            let answers = try onHub(.realTime) { now.map { answer($0) } }
            texts = []
            left = []
            for (number, answer) in zip(now, answers) where answer != again[number] {
                left.append(number)
                texts.append("\(text(number)): \(again[number]) not \(answer)")
            }
        }
        return texts
    }

    /// What a stand-in answers, on a greenlet; its peer is another one.
    func answer(_ number: Int) -> String {
        report { room in
            unsafe gv_probe_run(
                index, number,
                { act, context in
                    // SAFETY: the case waits for the end of its peer.
                    nonisolated(unsafe) let context = unsafe context
                    spawn {
                        try sleep(.milliseconds(2))
                        unsafe act?(context)
                    }
                },
                { milliseconds in try? sleep(.milliseconds(Int(milliseconds))) },
                room)
        }
    }
}

/// The text that `write` puts into a report's room.
@safe func report(_ write: (UnsafeMutablePointer<CChar>) -> Void) -> String {
    // SAFETY: a report's room, initialized, and gone after its text was copied.
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(GV_REPORT_BYTES)) { room in
        unsafe room.initialize(repeating: 0)
        guard let start = room.baseAddress else { return "" }
        unsafe write(start)
        return unsafe String(cString: start)
    }
}

@Suite(.serialized, .tags(.slow)) struct CallContractTests {
    init() { PatchHooks.install() }

    @Test(arguments: Situations.all)
    func `a stand-in answers as the real call, and others run meanwhile`(
        situations: Situations
    ) throws {
        let real = situations.realAnswers()

        // A sanitizer makes each of them slow, and what it looks for is the same in most.
        let step = isSanitized ? 8 : 1
        let different = try onHub(.realTime) {
            var different: [Int] = []
            let workers = (0..<32).map { first in
                spawn {
                    stride(from: first * step, to: situations.count, by: 32 * step).filter {
                        number in
                        situations.answer(number) != real[number]
                    }
                }
            }
            for worker in workers { different += try worker.get() }
            return different
        }

        #expect(try situations.confirm(different) == [])
    }

    static let endless: [String] = (0...).lazy.map(name).prefix { $0 != nil }.compactMap(\.self)

    private static func name(_ index: Int) -> String? {
        // SAFETY: the names are never freed.
        unsafe gv_probe_endless_at(index).map { unsafe String(cString: $0) }
    }

    @Test(arguments: endless.indices)
    func `a greenlet that is killed in a call of C leaves it by an error`(index: Int) throws {
        let answer = try onHub(.realTime) {
            let answer = Kept()
            let greenlet = spawn { answer.text = report { unsafe gv_probe_endless(index, $0) } }
            try idle()
            try sleep(.milliseconds(5))
            try greenlet.kill()
            return answer.text
        }

        #expect(answer == (Self.endless[index].contains("after") ? "a part" : "-1 ECANCELED"))
    }

    @Test func `calls that never wait let others run now and then`() throws {
        let turns = try onHub(.realTime) {
            let stop = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
            unsafe stop.initialize(to: 0)
            nonisolated(unsafe) let flag = unsafe stop
            defer { unsafe stop.deallocate() }
            let busy = spawn { unsafe gv_probe_never_waits(flag, 1_000_000) }
            let other = spawn { unsafe flag.pointee = 1 }
            let turns = try busy.get()
            try other.join()
            return turns
        }

        #expect(turns <= 64)
    }
}

/// What a greenlet leaves for its killer.
private final class Kept: @unchecked Sendable {
    // SAFETY: used on the thread of one hub.
    var text = ""
}
