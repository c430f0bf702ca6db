// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Testing

@Suite struct StartTests {
    @Test func `runs once however often it is started`() throws {
        let runs = try onHub {
            var runs = 0
            let greenlet = Greenlet {
                runs += 1
                try sleep(.zero)
            }
            greenlet.start()
            greenlet.start()
            try sleep(.zero)
            greenlet.start()
            greenlet.start(after: .zero)
            try greenlet.join()
            greenlet.start()
            greenlet.start(after: .zero)
            try sleep(.milliseconds(1))
            return runs
        }

        #expect(runs == 1)
    }

    @Test func `starts after a delay, and not before`() throws {
        let (elapsed, wasStarted) = try onHub {
            let begin = Hub.current.now
            let greenlet = spawn(after: .milliseconds(3)) { Hub.current.now - begin }
            return (try greenlet.get(), greenlet.isReady)
        }

        #expect(elapsed >= .milliseconds(3))
        #expect(wasStarted)
    }

    @Test(arguments: [Duration.zero, .seconds(-5)])
    func `starts at the next turn when the delay is zero or less`(delay: Duration) throws {
        let value = try onHub { try spawn(after: delay) { 7 }.get() }

        #expect(value == 7)
    }

    @Test func `counts as started while its delay runs`() throws {
        let states = try onHub {
            let greenlet = spawn(after: .seconds(60)) {}
            defer { kill(greenlet) }
            return [greenlet.isStarted, greenlet.isReady]
        }

        #expect(states == [true, false])
    }

    @Test func `starts delayed ones in the order they are due`() throws {
        let log = try onHub {
            var dues: [Due] = []
            var log: [Int] = []
            let delays = [3, 1, 2].map { Duration.milliseconds($0) }
            let greenlets = delays.indices.map { index in Greenlet { log.append(index) } }
            for (greenlet, delay) in zip(greenlets, delays) {
                dues.append(Due(after: delay) { greenlet.start(after: delay) })
            }
            try joinAll(greenlets)
            return log.map { dues[$0] }
        }

        #expect(log.count == 3)
        #expect(Due.areInOrder(log))
    }

    @Test func `traps when it is started on another thread`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            try onHub {
                let greenlet = Greenlet {}
                try onThread { greenlet.start() }
            }
        }

        #expect(result.errorText.contains("a greenlet is started on the thread of its hub"))
    }

    @Test func `makes no hub inside of a task, and says what to use`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            await Task.detached { _ = spawn {} }.value
        }

        #expect(result.errorText.contains("GeventAsync"))
    }
}
