// Names that are what the test says they are, and as late as it says.

import Gevent
import GeventTesting

try TestHub().run {
    let names = FakeResolver([
        "db.test": .hosts("192.0.2.1", "2001:db8::1"),
        "flaky.test": .inTurn(.failure(.timedOut), .hosts("192.0.2.2")),
        "slow.test": .late(.seconds(30), .hosts("192.0.2.3")),
    ])
    try Resolvers.with(names) {
        print(try lookup("db.test", port: 5432).map { "\($0)" })
        do { _ = try lookup("flaky.test") } catch let error as LookupError {
            print(error.isTemporary ? "try again later" : "never")
        }
        print(try lookup("flaky.test").count)
        let answer = try withTimeout(.seconds(10), default: nil) { try lookup("slow.test") }
        print(answer == nil ? "too slow" : "in time")
    }
    print(names.questions)
}
