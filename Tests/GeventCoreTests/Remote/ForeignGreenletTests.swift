// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSystem
import GeventTestSupport
import Testing

/// Greenlets as threads without a hub, and other hubs, use them.
@Suite struct ForeignGreenletTests {
    /// How another thread comes to the greenlet.
    enum Place: CaseIterable {
        case threadWithoutHub
        case otherHub

        func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) throws
            -> Elsewhere<Value>
        {
            switch self {
            case .threadWithoutHub:
                try Elsewhere {
                    let value = try body()
                    if Hub.currentIfExists != nil { throw HubWasMade() }
                    return value
                }
            case .otherHub: try Elsewhere { try onHub { try spawn { try body() }.get() } }
            }
        }
    }

    /// Lets the hub run until what runs elsewhere has come to its end.
    private static func outcome<Value: Sendable>(of elsewhere: Elsewhere<Value>) throws -> Value {
        try Offload(name: "wait", limit: 1).run { try elsewhere.get() }
    }

    @Test(arguments: Place.allCases)
    func `hands its value over to another thread`(place: Place) throws {
        let values = try onHub {
            let greenlet = spawn {
                try sleep(.milliseconds(2))
                return "a value"
            }
            let other = try place.run { (try greenlet.join(), try greenlet.get(), greenlet.value) }
            return try Self.outcome(of: other)
        }

        #expect(values.0)
        #expect(values.1 == "a value")
        #expect(values.2 == "a value")
    }

    @Test(arguments: Place.allCases)
    func `throws its error in another thread, and is not reported then`(place: Place) throws {
        let reports = try onHub {
            let reports = Guarded(0)
            Hub.current.errorHandler = { _ in reports.withLock { $0 += 1 } }
            let other = try { () throws -> Elsewhere<Void> in
                let greenlet = spawn { () throws -> Int in
                    try sleep(.milliseconds(2))
                    throw Mistake("there")
                }
                return try place.run {
                    #expect(throws: Mistake.self) { try greenlet.get() }
                }
            }()
            try Self.outcome(of: other)
            try sleep(.milliseconds(1))
            return reports.withLock { $0 }
        }

        #expect(reports == 0)
    }

    @Test(arguments: Place.allCases)
    func `gives up waiting when the time is up, and leaves the line`(place: Place) throws {
        let joined = try onHub {
            let greenlet = spawn { try sleep(.seconds(60)) }
            let other = try place.run { try greenlet.join(timeout: .milliseconds(1)) }
            let joined = try Self.outcome(of: other)
            let waiters = greenlet.joinerCount
            try greenlet.kill()
            return (joined, waiters)
        }

        #expect(!joined.0)
        #expect(joined.1 == 0)
    }

    @Test(arguments: Place.allCases)
    func `is killed from another thread, and runs its clean-up on its own`(place: Place) throws {
        let outcome = try onHub {
            let home = CurrentThread.identifier
            let cleaned = Guarded<Int32>(0)
            let greenlet = spawn {
                defer { cleaned.withLock { $0 = CurrentThread.identifier } }
                try sleep(.seconds(60))
            }
            try idle()
            let other = try place.run { try greenlet.kill() }
            let isOver = try Self.outcome(of: other)
            return [isOver, greenlet.isKilled, cleaned.withLock { $0 } == home]
        }

        #expect(outcome == [true, true, true])
    }

    @Test func `calls a link on the hub that made it`() throws {
        let places = try onHub {
            let greenlet = spawn {
                try sleep(.milliseconds(5))
                return 1
            }
            let other = try Elsewhere {
                try onHub {
                    let place = Guarded<Int32>(0)
                    greenlet.link { ended in
                        if ended.value == 1 { place.withLock { $0 = CurrentThread.identifier } }
                    }
                    // Nothing keeps this hub awake but what other threads may hand over.
                    Hub.current.keepAlive()
                    while place.withLock({ $0 }) == 0 { try sleep(.milliseconds(1)) }
                    return place.withLock { $0 } == CurrentThread.identifier
                }
            }
            return try Self.outcome(of: other)
        }

        #expect(places)
    }

    @Test func `refuses a link on a thread without a hub`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            try onHub {
                let greenlet = spawn {}
                _ = try Elsewhere { greenlet.link { _ in } }.get()
            }
        }

        #expect(result.errorText.contains("a thread without a hub has nowhere to run"))
    }

    @Test func `is waited for together with those of other hubs`() throws {
        let order = try onHub([.inOrder, .realTime]) {
            let near = spawn {
                try sleep(.milliseconds(20))
                return "near"
            }
            let others = Guarded<[Greenlet<String>]>([])
            let isOver = Guarded(false)
            let other = try Elsewhere {
                try onHub([.inOrder, .realTime]) {
                    let far = spawn { "far" }
                    others.withLock { $0.append(far) }
                    while !isOver.withLock({ $0 }) { try sleep(.milliseconds(1)) }
                }
            }
            while others.withLock({ $0.isEmpty }) { try sleep(.milliseconds(1)) }
            let ready = try wait([near, others.withLock { $0[0] }]).map(\.value)
            let natively = try Offload(name: "wait", limit: 1).run {
                try wait(others.withLock { $0 }, timeout: .seconds(60)).count
            }
            isOver.withLock { $0 = true }
            try Self.outcome(of: other)
            return (ready, natively)
        }

        #expect(order.0 == ["far", "near"])
        #expect(order.1 == 1)
    }

    @Test func `has a name and a number for every thread`() throws {
        let names = try onHub {
            let greenlet = spawn { try sleep(.seconds(60)) }
            let names = try (0..<4).map { _ in try Elsewhere { greenlet.name } }.map {
                try $0.get()
            }
            try greenlet.kill()
            return names
        }

        #expect(Set(names).count == 1)
    }
}
