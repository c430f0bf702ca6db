// SPDX-License-Identifier: Apache-2.0
// Blocking libraries in greenlets, unchanged. Each work checks its own results and says how long it took.
//
// With --unpatched in front the same code runs without the patch, one call after the other; --count makes it fewer.
import Gevent
import GeventMonkey
import Glibc

let usage = """
    usage: clients [--unpatched] [--count NUMBER] WORK
           postgres ADDRESS            100 queries of 0.5 s        (libpq)
           postgres-notify ADDRESS     LISTEN and NOTIFY
           postgres-timeout ADDRESS    a query that takes too long
           redis-blocking PORT         1,000 BLPOP                 (hiredis)
           redis-pipelines PORT        1,000 pipelines
           curl URL [AUTHORITIES]      500 downloads of 0.2 s      (libcurl)
           mariadb PORT                50 queries of 0.5 s         (libmariadb)
           openssl PORT AUTHORITIES    50 requests of 0.2 s        (OpenSSL on plain sockets)
           ssh PORT USER KEY           50 commands of 0.3 s        (libssh2)
           foundation FOLDER           what blocks in Foundation, beside a ticker
           url-session URL             20 downloads
           plan                        what a patch replaces, and where
           database FOLDER             10 writers of one file      (GRDB on SQLite)
    """

func run(_ work: String, _ words: [String], count: Int?) throws -> Bool {
    let port = words.first.flatMap { UInt16($0) } ?? 0
    switch (work, words.count) {
    case ("postgres", 1): try postgres(words[0], count: count ?? 100)
    case ("postgres-notify", 1): try postgresNotify(words[0], count: count ?? 10)
    case ("postgres-timeout", 1): try postgresTimeout(words[0])
    case ("redis-blocking", 1): try redisBlocking(Int32(port), count: count ?? 1000)
    case ("redis-pipelines", 1): try redisPipelines(Int32(port), count: count ?? 1000)
    case ("curl", 1...2):
        try curl(words[0], authorities: words.dropFirst().first, count: count ?? 500)
    case ("mariadb", 1): try mariadb(UInt32(port), count: count ?? 50)
    case ("openssl", 2): try openssl(port, authorities: words[1], count: count ?? 50)
    case ("ssh", 3): try ssh(port, user: words[1], key: words[2], count: count ?? 50)
    case ("foundation", 1): try foundation(words[0])
    case ("url-session", 1): try urlSession(words[0], count: count ?? 20)
    case ("database", 1): try database(words[0], count: count ?? 10)
    case ("plan", 0): print(Monkey.plan())
    default: return false
    }
    return true
}

var arguments = Array(CommandLine.arguments.dropFirst())
let isPatched = arguments.first != "--unpatched"
if !isPatched { arguments.removeFirst() }
let count = arguments.first == "--count" ? arguments.dropFirst().first.flatMap { Int($0) } : nil
if count != nil { arguments.removeFirst(2) }
do {
    if isPatched { try Monkey.patchAll() }
    guard let work = arguments.first,
        try run(work, Array(arguments.dropFirst()), count: count)
    else {
        print(usage)
        exit(2)
    }
} catch {
    print("clients: \(error)")
    exit(1)
}
