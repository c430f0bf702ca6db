// SPDX-License-Identifier: Apache-2.0
import CPostgres
import Gevent
import Glibc

/// A connection by libpq.
final class Postgres {
    let connection: OpaquePointer

    init(_ address: String) throws {
        guard let made = PQconnectdb(address) else { throw Failure("libpq has no memory") }
        connection = made
        guard isOK else { throw Failure(String(cString: PQerrorMessage(connection))) }
    }

    var isOK: Bool { PQstatus(connection) == CONNECTION_OK }

    func close() { PQfinish(connection) }

    /// The rows of an answer.
    func query(_ statement: String, _ parameters: String...) throws -> [[String]] {
        let copies = parameters.map { UnsafePointer(strdup($0)) }
        defer { for copy in copies { free(UnsafeMutablePointer(mutating: copy)) } }
        let answer = PQexecParams(
            connection, statement, Int32(copies.count), nil, copies, nil, nil, 0)
        return try rows(of: answer)
    }

    private func rows(of answer: OpaquePointer?) throws -> [[String]] {
        defer { PQclear(answer) }
        let status = PQresultStatus(answer)
        guard status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK else {
            throw Failure(String(cString: PQresultErrorMessage(answer)))
        }
        return (0..<PQntuples(answer)).map { row in
            (0..<PQnfields(answer)).map { String(cString: PQgetvalue(answer, row, $0)) }
        }
    }
}

/// 100 queries that take half a second each, on as many connections.
func postgres(_ address: String, count: Int) throws {
    var servers: Set<String> = []
    let took = try together(count) { number in
        let database = try Postgres(address)
        defer { database.close() }
        let answer = try database.query(
            "SELECT pg_sleep(0.5), $1::int * 7, pg_backend_pid()", String(number))
        try check(
            answer.count == 1 && answer[0][1] == String(number * 7),
            "query \(number) was answered with \(answer)")
        servers.insert(answer[0][2])
    }
    try check(servers.count == count, "\(count) connections had \(servers.count) servers")
    try check(took < 1.5, "\(count) queries of 0.5 s took \(rounded(took)) s")
    print("\(count) queries of 0.5 s in \(rounded(took)) s")
}
