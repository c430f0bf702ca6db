// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Testing

/// A greenlet that says what it does in a method.
private final class Doubling: Greenlet<Int>, @unchecked Sendable {
    // SAFETY: as in its parent; the number never changes.
    let number: Int

    init(_ number: Int) {
        self.number = number
        super.init()
    }

    override func run() throws -> Int {
        try sleep(.zero)
        if number < 0 { throw Mistake("negative") }
        return number * 2
    }
}

@Suite struct SpawnTests {
    @Test func `passes arguments of several types`() throws {
        let text = try onHub {
            func join(_ name: String, _ number: Int, _ flag: Bool) -> String {
                "\(name) \(number) \(flag)"
            }
            return try spawn(join, "a", 1, true).get()
        }

        #expect(text == "a 1 true")
    }

    @Test func `passes a single argument`() throws {
        #expect(try onHub { try spawn({ (number: Int) in number + 1 }, 41).get() } == 42)
    }

    @Test func `runs the method of a subclass`() throws {
        let value = try onHub {
            let greenlet = Doubling(21)
            greenlet.start()
            return try greenlet.get()
        }

        #expect(value == 42)
    }

    @Test func `keeps the error of a subclass`() throws {
        #expect(throws: Mistake.self) {
            try onHub {
                let greenlet = Doubling(-1)
                greenlet.start()
                _ = try greenlet.get()
            }
        }
    }

    @Test func `hands the subclass itself to its links`() throws {
        let number = try onHub {
            var number: Int?
            let greenlet = Doubling(3)
            greenlet.link { number = $0.number }
            greenlet.start()
            try greenlet.join()
            try idle()
            return number
        }

        #expect(number == 3)
    }

    @Test func `returns values that are not Sendable`() throws {
        final class Box { var number = 0 }

        let isSame = try onHub {
            let box = Box()
            return try spawn { box }.get() === box
        }

        #expect(isSame)
    }

    @Test func `reports the error of a raw greenlet`() throws {
        let contexts = try onHub {
            var errors: [String] = []
            Hub.current.errorHandler = { errors.append("\($0.error)") }
            spawnRaw { throw Mistake("raw") }
            try idle()
            return errors
        }

        #expect(contexts == ["raw"])
    }

    @Test func `kills a raw greenlet`() throws {
        let isKilled = try onHub {
            let raw = spawnRaw { try sleep(.seconds(60)) }
            try sleep(.zero)
            try killAll([raw])
            return raw.isKilled
        }

        #expect(isKilled)
    }

    @Test func `joins a scoped greenlet when its block returns`() throws {
        let (value, isReady) = try onHub {
            let greenlet = spawn { try sleep(.milliseconds(1)) }
            let value = try withGreenlet(greenlet) { _ in 7 }
            return (value, greenlet.isReady)
        }

        #expect(value == 7)
        #expect(isReady)
    }

    @Test func `kills a scoped greenlet with the error of its block`() throws {
        let (isThrown, isKept) = try onHub {
            let mistake = Mistake()
            let greenlet = spawn { try sleep(.seconds(60)) }
            let thrown = errorOf { try withGreenlet(greenlet) { _ in throw mistake } }
            return (
                thrown as? Mistake === mistake,
                errorOf { try greenlet.get() } as? Mistake === mistake
            )
        }

        #expect(isThrown)
        #expect(isKept)
    }

    @Test func `does not throw the error of a scoped greenlet at the end of its block`() throws {
        let error = try onHub {
            let greenlet = spawn { throw Mistake() }
            try withGreenlet(greenlet) { _ in }
            return "\(greenlet.error ?? GreenletExit())"
        }

        #expect(error == "a mistake")
    }

    @Test func `kills the scoped greenlet when the scope is killed`() throws {
        let (inner, outer) = try onHub(.inOrder) {
            let child = spawn { try sleep(.seconds(60)) }
            let scope = spawn { try withGreenlet(child) { try $0.join() } }
            try sleep(.zero)
            try scope.kill()
            return (child.isKilled, scope.isKilled)
        }

        #expect(inner)
        #expect(outer)
    }
}
