// SPDX-License-Identifier: Apache-2.0
import CSSH
import Gevent
import Glibc

/// 50 sessions of libssh2, each of which runs a command that takes 0.3 s.
func ssh(_ port: UInt16, user: String, key: String, count: Int) throws {
    try check(libssh2_init(0) == 0, "libssh2_init failed")
    let took = try together(count) { number in
        let session = try SSHSession(port: port, user: user, key: key)
        defer { session.close() }
        let (output, status) = try session.run("sleep 0.3; echo \(number); exit \(number % 5)")
        try check(
            output == "\(number)\n" && status == number % 5,
            "command \(number): '\(output)', status \(status)")
    }
    let limit = Double(count) * 0.3 / 3
    try check(took < limit, "\(count) commands of 0.3 s took \(rounded(took)) s")
    print("\(count) commands of 0.3 s in \(rounded(took)) s")
}

/// A session that has been let in by its key.
private struct SSHSession {
    private let socket: Int32
    private let session: OpaquePointer

    init(port: UInt16, user: String, key: String) throws {
        socket = try plainSocket(port: port)
        guard let made = libssh2_session_init_ex(nil, nil, nil, nil) else {
            throw Failure("libssh2 has no memory")
        }
        session = made
        try succeeds("handshake", libssh2_session_handshake(session, socket))
        try succeeds(
            "key",
            libssh2_userauth_publickey_fromfile_ex(
                session, user, UInt32(user.utf8.count), key + ".pub", key, nil))
    }

    func run(_ command: String) throws -> (String, Int) {
        guard let channel = ssh_open_session(session) else { throw Failure("no channel") }
        defer { libssh2_channel_free(channel) }
        try succeeds(
            "exec",
            libssh2_channel_process_startup(
                channel, "exec", 4, command, UInt32(command.utf8.count)))
        var output: [UInt8] = []
        var chunk = [CChar](repeating: 0, count: 4096)
        while true {
            let count = libssh2_channel_read_ex(channel, 0, &chunk, chunk.count)
            try check(count >= 0, "reading failed with \(count)")
            if count == 0 { break }
            output += chunk.prefix(count).map { UInt8(bitPattern: $0) }
        }
        try succeeds("close", libssh2_channel_close(channel))
        let status = libssh2_channel_get_exit_status(channel)
        return (String(decoding: output, as: UTF8.self), Int(status))
    }

    func close() {
        libssh2_session_disconnect_ex(session, SSH_DISCONNECT_BY_APPLICATION, "done", "")
        libssh2_session_free(session)
        Glibc.close(socket)
    }

    private func succeeds(_ what: String, _ code: Int32) throws {
        try check(code == 0, "\(what) failed with \(code)")
    }
}
