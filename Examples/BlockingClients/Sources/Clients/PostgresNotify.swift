// SPDX-License-Identifier: Apache-2.0
import CPostgres
import Gevent
import Glibc

extension Postgres {
    /// Waits for the next notification.
    func notification() throws -> (channel: String, payload: String) {
        while true {
            if let found = PQnotifies(connection) {
                defer { PQfreemem(found) }
                return (
                    String(cString: found.pointee.relname), String(cString: found.pointee.extra)
                )
            }
            var entry = pollfd(fd: PQsocket(connection), events: Int16(POLLIN), revents: 0)
            try check(poll(&entry, 1, 5000) == 1, "no notification came within 5 s")
            try check(PQconsumeInput(connection) == 1, String(cString: PQerrorMessage(connection)))
        }
    }
}

/// Ten greenlets listen, another one notifies each of them.
func postgresNotify(_ address: String, count: Int) throws {
    var listening = 0
    let everybodyListens = Event()
    let listeners = (0..<count).map { number in
        spawn {
            let database = try Postgres(address)
            defer { database.close() }
            _ = try database.query("LISTEN channel_\(number)")
            listening += 1
            if listening == count { everybodyListens.set() }
            let first = try database.notification()
            let second = try database.notification()
            try check(
                first == ("channel_\(number)", "a\(number)")
                    && second == ("channel_\(number)", "b\(number)"),
                "listener \(number) got \(first) and \(second)")
        }
    }
    let took = try seconds {
        let notifier = spawn {
            _ = try everybodyListens.wait()
            let database = try Postgres(address)
            defer { database.close() }
            for word in ["a", "b"] {
                for number in 0..<count {
                    _ = try database.query(
                        "SELECT pg_notify($1, $2)", "channel_\(number)", "\(word)\(number)")
                }
                try Gevent.sleep(.milliseconds(50))
            }
        }
        for listener in listeners { try listener.get() }
        try notifier.get()
    }
    print("\(count) listeners, 2 notifications each, in \(rounded(took)) s")
}
