// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Testing

private enum Request {
    @TaskLocal static var user = "nobody"
    @TaskLocal static var number = 0
    @TaskLocal static var tracer: Witness?
}

@Suite struct TaskLocalTests {
    @Test func `keeps the values of interleaved greenlets apart`() throws {
        let names = try onHub {
            try ["a", "b", "c"].map { name in
                spawn {
                    try Request.$user.withValue(name) {
                        try (0..<3).map { _ in
                            try sleep(.zero)
                            return Request.user
                        }
                    }
                }
            }.flatMap { try $0.get() }
        }

        #expect(names == ["a", "a", "a", "b", "b", "b", "c", "c", "c"])
    }

    @Test func `ends values in another order than they began`() throws {
        let outcome = try onHub {
            let all = [3, 1, 2].map { number in
                spawn {
                    let inside = try Request.$number.withValue(number) {
                        try sleep(.milliseconds(number))
                        return Request.number == number
                    }
                    return inside && Request.number == 0
                }
            }
            return try all.map { try $0.get() } + [Request.number == 0]
        }

        #expect(outcome == [true, true, true, true])
    }

    @Test func `inherits what is in force at spawn`() throws {
        let seen = try onHub {
            let child = Request.$user.withValue("steve") {
                Request.$number.withValue(1) {
                    Request.$number.withValue(2) { spawn { [Request.user, "\(Request.number)"] } }
                }
            }
            return try child.get() + [Request.user]
        }

        #expect(seen == ["steve", "2", "nobody"])
    }

    @Test func `hands on to grandchildren, and to those that start later`() throws {
        let seen = try onHub {
            try Request.$user.withValue("steve") {
                let child = spawn { try spawn(after: .milliseconds(1)) { Request.user }.get() }
                return try child.get()
            }
        }

        #expect(seen == "steve")
    }

    @Test func `does not see what the spawner sets afterwards`() throws {
        let seen = try onHub {
            let child = spawn { Request.user }
            return try Request.$user.withValue("late") { try child.get() }
        }

        #expect(seen == "nobody")
    }

    @Test func `binds anew on top of what was inherited`() throws {
        let seen = try onHub {
            try Request.$user.withValue("outer") {
                try spawn {
                    let inner = try Request.$user.withValue("inner") {
                        try sleep(.zero)
                        return Request.user
                    }
                    return [inner, Request.user]
                }.get()
            }
        }

        #expect(seen == ["inner", "outer"])
    }

    @Test(arguments: Stage.allCases)
    func `frees what was inherited, whether the greenlet ran or not`(_ stage: Stage) throws {
        let hasGone = try onHub {
            var hasGone = false
            try Request.$tracer.withValue(Witness { hasGone = true }) {
                try stage.make { try sleep(.seconds(60)) }.kill()
            }
            try sleep(.milliseconds(2))
            return hasGone
        }

        #expect(hasGone)
    }

    @Test func `leaves nothing behind on a stack that is used again`() throws {
        let seen = try onHub {
            var seen: Set<String> = []
            for number in 0..<50 {
                try Request.$user.withValue("user \(number)") { try spawn { Request.user }.join() }
                seen.insert(try spawn { Request.user }.get())
            }
            return seen
        }

        #expect(seen == ["nobody"])
    }

    @Test func `takes values of any size and alignment`() throws {
        let outcome = try onHub {
            let text = String(repeating: "x", count: 1_000)
            return try Large.$values.withValue(Large(text: text, numbers: Array(0..<100))) {
                try spawn { Large.values == Large(text: text, numbers: Array(0..<100)) }.get()
            }
        }

        #expect(outcome)
    }
}

private struct Large: Equatable, Sendable {
    @TaskLocal static var values = Large()
    var text = ""
    var vectors = [SIMD16<Float>(repeating: 1)]
    var vector = SIMD16<Float>(repeating: 2)
    var numbers: [Int] = []
}
