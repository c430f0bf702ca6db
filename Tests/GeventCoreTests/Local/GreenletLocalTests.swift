// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Testing

private struct Request: Sendable {
    @GreenletLocal var user = "nobody"
}

@Suite struct GreenletLocalTests {
    @Test func `begins with its initial value in each greenlet, and is changed there only`() throws
    {
        let names = try onHub {
            let request = Request()
            request.user = "main"
            let names = try spawn {
                let before = request.user
                request.user = "steve"
                try sleep(.zero)
                return [before, request.user]
            }.get()
            return names + [request.user]
        }

        #expect(names == ["nobody", "steve", "main"])
    }

    @Test func `shows the place underneath`() throws {
        let isSet = try onHub {
            let request = Request()
            request.user = "steve"
            return try request.$user.get() == "steve" && request.$user.count == 1
        }

        #expect(isSet)
    }
}
