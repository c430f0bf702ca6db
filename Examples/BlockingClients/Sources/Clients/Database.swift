// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import Gevent

/// Ten greenlets write to one SQLite file by GRDB, and wait for each other's locks.
///
/// Each has a queue of its own: a dispatch queue cannot be entered twice by one thread.
func database(_ folder: String, count: Int) throws {
    let path = folder + "/database.sqlite"
    var configuration = Configuration()
    configuration.busyMode = .timeout(20)
    let steps = 5
    let first = try DatabaseQueue(path: path, configuration: configuration)
    try first.write { try $0.execute(sql: "CREATE TABLE line (writer INTEGER, step INTEGER)") }
    try ticking("\(count) writers of GRDB") {
        _ = try together(count) { writer in
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            for step in 0..<steps {
                try queue.writeWithoutTransaction { database in
                    try database.inTransaction(.immediate) {
                        try database.execute(
                            sql: "INSERT INTO line VALUES (?, ?)", arguments: [writer, step])
                        return .commit
                    }
                }
            }
            try queue.close()
        }
    }
    let rows = try first.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM line") }
    try check(rows == count * steps, "\(count * steps) rows were written, \(rows ?? 0) are there")
    try first.close()
}
