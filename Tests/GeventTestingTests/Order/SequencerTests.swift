// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import GeventTesting
import Testing

@Suite struct SequencerTests {
    @Test func `takes the steps in the order of their numbers`() throws {
        let order = try onHub {
            let step = Sequencer()
            var order: [Int] = []
            let greenlets = [3, 1, 4, 0, 2].map { number in
                spawn { try step(number) { order.append(number) } }
            }
            try joinAll(greenlets, raiseError: true)
            return order
        }

        #expect(order == [0, 1, 2, 3, 4])
    }

    @Test func `refuses a number that was given before`() throws {
        try onHub {
            let step = Sequencer()
            try step(0) {}

            #expect(throws: SequenceBroken.givenTwice(0)) { try step(0) {} }
        }
    }

    @Test func `ends every later step once one was given up`() throws {
        try onHub(.inOrder) {
            let step = Sequencer()
            let killed = spawn { try step(2) {} }
            let later = spawn { try step(3) {} }
            try sleep(.zero)
            try killed.kill()
            try later.join()

            #expect(later.error as? SequenceBroken == .never(3, since: 2))
            try step(0) {}
            try step(1) {}
            #expect(throws: SequenceBroken.never(4, since: 2)) { try step(4) {} }
        }
    }

    @Test func `goes on after a step that failed`() throws {
        struct Failed: Error {}
        try onHub {
            let step = Sequencer()

            #expect(throws: Failed.self) { try step(0) { throw Failed() } }
            let answer = try step(1) { "next" }
            #expect(answer == "next")
        }
    }

    @Test func `says which step was due when one waited too long`() throws {
        try onHub {
            let step = Sequencer()

            #expect(throws: SequenceBroken.late(1, at: 0)) {
                try step(1, timeout: .milliseconds(1)) {}
            }
        }
    }
}
