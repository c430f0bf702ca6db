// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import Testing

@Suite struct GroupApplyTests {
    @Test func `apply returns what the member returned, or throws its very error`() throws {
        try onHub {
            let pool = Pool(1)
            let boom = Boom()

            let value = try pool.apply {
                try sleep()
                return 5
            }

            #expect(value == 5)
            #expect(#expect(throws: Boom.self) { try pool.apply { throw boom } } === boom)
        }
    }

    @Test func `apply by a member runs in place`() throws {
        try onHub {
            let pool = Pool(1)

            let isSame = try pool.apply {
                let outer = AnyGreenlet.current
                return try pool.apply { AnyGreenlet.current === outer }
            }

            #expect(isSame)
        }
    }

    @Test func `applyCallback hands the value to its callback, in a greenlet of its own`() throws {
        try onHub(.inOrder) {
            let group = Group()
            var got: [Int] = []

            let value = try group.applyCallback {
                3
            } callback: {
                got.append($0)
            }
            #expect(value == 3 && got.isEmpty)
            try sleep()

            #expect(got == [3])
        }
    }

    @Test func `applyAsync calls back on success only`() throws {
        try onHub(.inOrder) {
            let pool = Pool(1)
            var got: [Int] = []

            let good = try pool.applyAsync {
                1
            } callback: {
                got.append($0)
            }
            let late = try pool.applyAsync {
                2
            } callback: {
                got.append($0)
            }
            let bad = try pool.applyAsync { () throws -> Int in
                throw Boom()
            } callback: {
                got.append($0)
            }
            try joinAll([good, late, bad])
            try sleep()

            #expect(got == [1, 2])
            #expect(bad.error is Boom)
        }
    }
}
