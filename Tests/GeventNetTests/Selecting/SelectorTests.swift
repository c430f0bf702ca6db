// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct SelectorTests {
    @Test func `finds all that are ready at once`() throws {
        let (count, again) = try onHub {
            let pairs = try (0..<10).map { _ in try UnixStream.pair() }
            defer { withExtendedLifetime(pairs) {} }
            let selector = try Selector()
            for pair in pairs {
                try pair.0.withDescriptor { try selector.register($0, for: .read) }
            }
            for pair in pairs { try pair.1.write("x") }
            // One that stays ready is found again.
            return (try selector.select().count, try selector.select().count)
        }

        #expect(count == 10)
        #expect(again == 10)
    }

    @Test func `waits for what comes, and no longer than it is told`() throws {
        let (before, after) = try onHub {
            let (near, far) = try UnixStream.pair()
            defer { withExtendedLifetime((near, far)) {} }
            let selector = try Selector()
            let number = try near.withDescriptor { $0 }
            try selector.register(number, for: .read)
            let before = try selector.select(timeout: .milliseconds(2))
            spawn { try far.write("x") }
            let after = try selector.select(timeout: .seconds(60))
            return (before, after.map(\.events))
        }

        #expect(before == [])
        #expect(after == [.read])
    }

    @Test func `watches beside a stream that reads from the same socket`() throws {
        let (line, ready) = try onHub {
            let (near, far) = try UnixStream.pair()
            defer { withExtendedLifetime((near, far)) {} }
            let selector = try Selector()
            try near.withDescriptor { try selector.register($0, for: .read) }
            let reader = spawn { try near.readLine() }
            let watcher = spawn { try selector.select(timeout: .seconds(60)).count }
            try untilParked(reader, in: "read")
            try untilParked(watcher, in: "read")
            try far.write("hello\n")
            let line = try reader.get(timeout: .seconds(60))
            // What was read meanwhile is no reason to return any more; this is.
            try far.write("unread")
            return (line, try watcher.get(timeout: .seconds(60)))
        }

        #expect(line == "hello")
        #expect(ready == 1)
    }

    @Test func `changes and ends registrations, and says what it does not know`() throws {
        let (names, events) = try onHub {
            let (near, far) = try UnixStream.pair()
            defer { withExtendedLifetime((near, far)) {} }
            let number = try near.withDescriptor { $0 }
            let selector = try Selector()
            try selector.register(number, for: .read)
            let errors = [
                errorOf { try selector.register(number, for: .read) },
                errorOf { try selector.register(0, for: []) },
                errorOf { try selector.register(1_000_000, for: .read) },
                errorOf { try selector.modify(1_000_000, for: .read) },
                errorOf { try selector.unregister(1_000_000) },
            ]
            try selector.modify(number, for: .write)
            let events = try selector.select().map(\.events)
            try selector.unregister(number)
            #expect(try selector.select(timeout: .zero) == [])
            return (errors.map { ($0 as? SystemError)?.name }, events)
        }

        #expect(names == ["EEXIST", "EINVAL", "EBADF", "ENOENT", "ENOENT"])
        #expect(events == [.write])
    }

    @Test func `forgets a descriptor that was closed under it`() throws {
        let ready = try onHub {
            let (near, far) = try UnixStream.pair()
            defer { withExtendedLifetime((near, far)) {} }
            let number = try near.withDescriptor { $0 }
            let selector = try Selector()
            try selector.register(number, for: .read)
            near.close()
            far.close()
            let ready = try selector.select(timeout: .milliseconds(1))
            try selector.unregister(number)
            return ready
        }

        #expect(ready == [])
    }

    @Test func `finds regular files always ready`() throws {
        let scratch = try Scratch()
        let path = try scratch.write([1], to: "file")
        let ready = try onHub {
            let file = try Descriptor(opening: path)
            let selector = try Selector()
            try selector.register(file.number, for: .read)
            return try selector.select().map(\.events)
        }

        #expect(ready == [.read])
    }

    @Test func `wakes who waits when it is closed`() throws {
        let names = try onHub {
            let selector = try Selector()
            let waiter = spawn { try selector.select() }
            try untilParked(waiter, in: "read")
            selector.close()
            return [
                errorOf { _ = try waiter.get(timeout: .seconds(60)) },
                errorOf { _ = try selector.select() },
                errorOf { try selector.register(0, for: .read) },
            ].map { ($0 as? SystemError)?.name }
        }

        #expect(names == ["EBADF", "EBADF", "EBADF"])
    }
}
