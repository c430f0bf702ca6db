// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import Testing

@Suite struct AsyncResultLinkTests {
    @Test func `a linked greenlet hands on its value`() throws {
        try onHub {
            let (any, value, error) = (AsyncResult<Int>(), AsyncResult<Int>(), AsyncResult<Int>())
            let greenlet = spawn { 1 }
            greenlet.link(to: any)
            greenlet.linkValue(to: value)
            greenlet.linkError(to: error)

            try #expect(any.get() == 1)
            try #expect(value.get() == 1)
            #expect(throws: Timeout.self) { try error.get(timeout: .milliseconds(1)) }
        }
    }

    @Test func `a linked greenlet hands on the identical error`() throws {
        try onHub {
            let (any, value, error) = (AsyncResult<Int>(), AsyncResult<Int>(), AsyncResult<Int>())
            let boom = Boom()
            let greenlet = spawn { () throws -> Int in throw boom }
            greenlet.link(to: any)
            greenlet.linkValue(to: value)
            greenlet.linkError(to: error)

            #expect(#expect(throws: Boom.self) { try any.get() } === boom)
            #expect(#expect(throws: Boom.self) { try error.get() } === boom)
            #expect(throws: Timeout.self) { try value.get(timeout: .milliseconds(1)) }
        }
    }

    @Test func `a greenlet that is killed hands on its exit as a success`() throws {
        try onHub {
            let (value, error) = (AsyncResult<Void>(), AsyncResult<Void>())
            let greenlet = spawn { try sleep(.seconds(10)) }
            greenlet.linkValue(to: value)
            greenlet.linkError(to: error)
            try sleep()

            try greenlet.kill()

            #expect(throws: GreenletExit.self) { try value.get() }
            #expect(!error.isReady)
        }
    }

    @Test func `a greenlet that has ended hands on all the same, any number of times`() throws {
        try onHub {
            let greenlet = spawn { 3 }
            try greenlet.join()

            for _ in 1...2 {
                let (any, value, error) = (
                    AsyncResult<Int>(), AsyncResult<Int>(), AsyncResult<Int>()
                )
                greenlet.link(to: any)
                greenlet.linkValue(to: value)
                greenlet.linkError(to: error)

                try #expect(any.get() == 3)
                try #expect(value.get() == 3)
                #expect(!error.isReady)
            }
        }
    }

    @Test func `a greenlet that has failed hands on the identical error, any number of times`()
        throws
    {
        try onHub {
            let boom = Boom()
            let greenlet = spawn { () throws -> Int in throw boom }
            try greenlet.join()

            for _ in 1...2 {
                let (any, value, error) = (
                    AsyncResult<Int>(), AsyncResult<Int>(), AsyncResult<Int>()
                )
                greenlet.link(to: any)
                greenlet.linkValue(to: value)
                greenlet.linkError(to: error)

                #expect(#expect(throws: Boom.self) { try any.get() } === boom)
                #expect(#expect(throws: Boom.self) { try error.get() } === boom)
                #expect(!value.isReady)
            }
        }
    }

    @Test func `can be waited for among others, again and again`() throws {
        try onHub {
            let (set, unset) = (AsyncResult<Int>(), AsyncResult<Int>())
            set.set(1)

            for _ in 1...2 {
                try #expect(wait([set, unset], count: 1).first === set)
                try #expect(wait([unset], timeout: .milliseconds(1)).isEmpty)
            }
            #expect(unset.linkCount == 0)
        }
    }

    @Test func `calls a link once, from the hub`() throws {
        try onHub(.inOrder) {
            let result = AsyncResult<Int>()
            var calls = 0
            _ = result.linkReady { calls += 1 }
            let token = result.linkReady { calls += 10 }

            result.unlink(token)
            result.unlink(token)
            result.set(1)
            #expect(calls == 0)
            result.set(2)
            try sleep()

            #expect(calls == 1)
        }
    }
}
