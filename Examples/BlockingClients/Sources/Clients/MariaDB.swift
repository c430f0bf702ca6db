// SPDX-License-Identifier: Apache-2.0
import CMariaDB
import Gevent

/// 50 queries that take half a second each, on as many connections.
func mariadb(_ port: UInt32, count: Int) throws {
    mysql_server_init(0, nil, nil)
    let took = try together(count) { number in
        guard let connection = mysql_init(nil) else { throw Failure("libmariadb has no memory") }
        defer { mysql_close(connection) }
        func failed(_ what: String) -> String {
            "\(what) \(number): \(String(cString: mysql_error(connection)))"
        }
        let isConnected =
            mysql_real_connect(connection, "127.0.0.1", "root", "", nil, port, nil, 0) != nil
        try check(isConnected, failed("connection"))
        let statement = "SELECT SLEEP(0.5), \(number) * 7"
        try check(mysql_query(connection, statement) == 0, failed("query"))
        guard let answer = mysql_store_result(connection) else { throw Failure(failed("answer")) }
        defer { mysql_free_result(answer) }
        let row = mysql_fetch_row(answer)
        let values = (0..<2).map { row?[$0].map { String(cString: $0) } ?? "NULL" }
        try check(values == ["0", String(number * 7)], "query \(number): \(values)")
    }
    try check(took < 2.5, "\(count) queries of 0.5 s took \(rounded(took)) s")
    print("\(count) queries of 0.5 s in \(rounded(took)) s")
}
