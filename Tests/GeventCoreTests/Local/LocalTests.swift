// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Testing

@Suite struct LocalTests {
    @Test func `keeps a value for each greenlet, across its waits`() throws {
        let values = try onHub {
            let user = Local<String>()
            user.set("main")
            let names = try ["a", "b"].map { name in
                spawn {
                    user.set(name)
                    try sleep(.zero)
                    return try user.get()
                }
            }.map { try $0.get() }
            return names + [try user.get()]
        }

        #expect(values == ["a", "b", "main"])
    }

    @Test func `throws where this greenlet has set nothing`() throws {
        let error = try onHub {
            let user = Local<String>()
            user.set("main")
            return try spawn { errorOf { _ = try user.get() } is LocalUnset }.get()
        }

        #expect(error)
    }

    @Test func `forgets a value that is unset`() throws {
        let states = try onHub {
            let number = Local<Int>()
            number.valueIfSet = 1
            let before = number.valueIfSet
            number.valueIfSet = nil
            return [before, number.valueIfSet]
        }

        #expect(states == [1, nil])
    }

    @Test func `begins in each greenlet with what its initialiser makes there`() throws {
        let lists = try onHub {
            let list = Local { [Int]() }
            func add(_ number: Int) throws -> [Int] {
                list.set(try list.get() + [number])
                try sleep(.zero)
                return try list.get()
            }
            return try [spawn(add, 1), spawn(add, 2)].map { try $0.get() }
        }

        #expect(lists == [[1], [2]])
    }

    @Test func `frees the values of a greenlet when it ends`() throws {
        let log = try onHub(.inOrder) {
            var log: [String] = []
            let local = Local<Witness>()
            for name in ["ended", "killed"] {
                let greenlet = spawn {
                    local.set(Witness { log.append(name) })
                    if name == "killed" { try sleep(.seconds(60)) }
                }
                try sleep(.zero)
                try greenlet.kill()
            }
            return log + ["\(local.count)"]
        }

        #expect(log == ["ended", "killed", "0"])
    }

    @Test func `frees its values when it goes itself`() throws {
        let hasGone = try onHub {
            var hasGone = false
            do { Local<Witness>().set(Witness { hasGone = true }) }
            return hasGone
        }

        #expect(hasGone)
    }

    @Test func `may be used by a value that is being freed`() throws {
        let count = try onHub {
            let local = Local<Witness>()
            local.set(Witness { _ = local.count })
            local.valueIfSet = nil
            return local.count
        }

        #expect(count == 0)
    }

    @Test func `keeps greenlets of different threads apart`() throws {
        let values = try onHub {
            let local = Local<Int>()
            local.set(1)
            let other = try onThread {
                defer { Hub.current.close() }
                let before = local.valueIfSet
                local.set(2)
                return [before, local.valueIfSet]
            }
            return other + [local.valueIfSet]
        }

        #expect(values == [nil, 2, 1])
    }
}
