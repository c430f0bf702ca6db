// SPDX-License-Identifier: Apache-2.0
import CPostgres
import Gevent
import Glibc

/// A query that takes too long is given up, and the server is told so.
///
/// libpq believes the connection to be in order, but the answer is still to come, and would be taken for that to the next
/// query. So whoever gives up a query begins the connection anew.
func postgresTimeout(_ address: String) throws {
    let database = try Postgres(address)
    defer { database.close() }
    let server = try database.query("SELECT pg_backend_pid()")[0][0]
    let took = try seconds {
        do {
            try withTimeout(.milliseconds(300)) {
                do { _ = try database.query("SELECT pg_sleep(30)") } catch is Failure {
                    // The call has failed; what struck it is thrown at the next wait.
                    try Gevent.sleep()
                }
            }
            throw Failure("the query was not given up")
        } catch is Timeout {}
    }
    try check(took < 3, "the query was given up after \(rounded(took)) s")
    print("libpq says that the connection is \(database.isOK ? "in order" : "bad")")
    try database.cancel()
    do {
        print("the next query was answered with \(try database.query("SELECT 'next'"))")
    } catch { print("the next query failed: \(error)") }
    PQreset(database.connection)
    try check(database.isOK, "it cannot be connected anew")
    let answer = try database.query("SELECT 7 * 6")
    try check(answer == [["42"]], "the next query was answered with \(answer)")
    let left = "SELECT count(*) FROM pg_stat_activity WHERE pid = $1::int AND state = 'active'"
    for _ in 0..<100 where try database.query(left, server) != [["0"]] {
        try Gevent.sleep(.milliseconds(50))
    }
    try check(try database.query(left, server) == [["0"]], "the server goes on with the query")
    print("given up after \(rounded(took)) s of 30 s; the next connection is clean")
}

extension Postgres {
    /// Tells the server to stop what it does for this connection.
    func cancel() throws {
        guard let handle = PQgetCancel(connection) else { throw Failure("it is not connected") }
        defer { PQfreeCancel(handle) }
        var reason = [CChar](repeating: 0, count: 256)
        let isDone = PQcancel(handle, &reason, Int32(reason.count)) == 1
        try check(isDone, text(reason))
    }
}
