// SPDX-License-Identifier: Apache-2.0
// A room where everybody reads what everybody says: Chat [ADDRESS]. Counterpart of gevent's
// webchat, without the web.
import Gevent
import Glibc

/// Who is in the room, and what they have not read yet.
final class Room {
    // Whoever does not read misses what is beyond.
    private static let most = 100

    private var members: [String: Queue<String>] = [:]

    /// Lets somebody in; `nil` if the name is taken.
    func enter(_ name: String) -> Queue<String>? {
        guard members[name] == nil else { return nil }
        let lines = Queue<String>(maxSize: Self.most)
        members[name] = lines
        say("* \(name) has come")
        return lines
    }

    /// Lets somebody go.
    func leave(_ name: String) {
        members[name] = nil
        say("* \(name) has gone")
    }

    /// Tells everybody.
    func say(_ line: String) {
        for lines in members.values { try? lines.putNowait(line) }
    }
}

func talk(_ stream: any ByteStream, in room: Room) throws {
    try stream.write("your name? ")
    guard let name = try stream.readLine(limit: 64), !name.isEmpty else { return }
    guard let lines = room.enter(name) else { return try stream.write("it is taken\n") }
    defer { room.leave(name) }
    let teller = spawn { while true { try stream.write(lines.get() + "\n") } }
    defer { kill(teller) }
    while let line = try stream.readLine(limit: 1024) { room.say("<\(name)> \(line)") }
}

let room = Room()
let server = try StreamServer(CommandLine.arguments.dropFirst().first ?? ":16001") { stream, _ in
    try talk(stream, in: room)
}
try server.start()
print("listening on \(server.address?.description ?? "nothing")")
fflush(nil)
try server.serveForever()
