// SPDX-License-Identifier: Apache-2.0
#if CAres
internal import Foundation
internal import GeventNet
internal import GeventSystem

extension FuzzTarget {
    /// What a resolver of c-ares is made with, and what may stand in its configuration file.
    static let channels = FuzzTarget("channels") { input in
        if input.flag() { try Self.checkFile(input.rest()) } else { try Self.checkOptions(&input) }
    }

    /// Whatever is in the file, the channel opens or says why not, and asks for names that are some.
    private static func checkFile(_ text: [UInt8]) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "resolv.conf-\(UUID())")
        try Data(text).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let server = try DNSServer()
        var settings = AresSettings()
        settings.servers = [server.address]
        settings.configuration = file.path()
        settings.readsHostsFile = false
        try ask(server, settings)
    }

    private static func ask(_ server: DNSServer, _ settings: AresSettings) throws {
        let channel: AresChannel
        do { channel = try AresChannel(settings) } catch {
            return try check(!error.description.isEmpty, "a refusal without a reason")
        }
        var count = 0
        channel.askAddresses(of: "host", port: 0, family: .ipv4) { _ in count += 1 }
        try server.serve(channel, DNSSockets(of: channel)) { $0.answer(0, [], code: 3) }
        try check(count == 1, "a question was answered \(count) times")
        for name in server.asked {
            try check(name == "host" || name.hasPrefix("host."), "\(name) was asked for")
        }
    }

    private static func checkOptions(_ input: inout FuzzInput) throws {
        var options = AresResolver.Options()
        if input.flag() {
            options.timeout = Duration(
                secondsComponent: Int64(bitPattern: input.long()),
                attosecondsComponent: Int64(bitPattern: input.long()) % 1_000_000_000_000_000_000)
        }
        if input.flag() { options.tries = Int(Int64(bitPattern: input.long())) }
        if input.flag() { options.ndots = Int(Int64(bitPattern: input.long())) }
        if input.flag() { options.rotates = input.flag() }
        options.usesTCP = input.flag()
        options.readsHostsFile = input.flag()
        if input.flag() { options.servers = addresses(&input) }
        if input.flag() { options.configuration = input.text() }
        let texts = input.text().split(separator: ",", omittingEmptySubsequences: false)
        if !texts.isEmpty { options.domains = texts.map(String.init) }
        let isSound = options.servers?.allSatisfy { $0.scope == 0 } != false
        do { _ = try AresResolver(options) } catch let error as LookupError {
            try check(!isSound || hasZero(options), "\(options) was refused: \(error)")
            try check(!error.description.isEmpty, "a refusal without a reason")
            return
        }
        try check(!hasZero(options), "a text with a zero in it was taken")
    }

    private static func hasZero(_ options: AresResolver.Options) -> Bool {
        ((options.domains ?? []) + [options.configuration ?? ""]).contains { $0.utf8.contains(0) }
    }

    private static func addresses(_ input: inout FuzzInput) -> [SocketAddress] {
        (0...input.number(below: 4)).map { _ in
            let (isLarge, port) = (input.flag(), input.short())
            let host =
                isLarge
                ? "\(String(input.short(), radix: 16))::\(String(input.short(), radix: 16))"
                : (0..<4).map { _ in "\(input.byte())" }.joined(separator: ".")
            return SocketAddress(host, port: port) ?? .loopback(port: port)
        }
    }
}
#endif
