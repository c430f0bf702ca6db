// SPDX-License-Identifier: Apache-2.0

/// What the command line asks for.
enum Command {
    case serve(Service, port: UInt16)
    case patched(PatchedLoad)

    /// A command line that makes no sense.
    struct Mistake: Error, CustomStringConvertible {
        var description: String {
            """
            usage: serve echo|http|sink|source --port N
                   serve sendfile --port N --file PATH
                   serve tls --port N --certificate PEM --key PEM
                   serve patched --library PATH --client NAME --port N --greenlets N --count N
            """
        }
    }

    init(arguments: some Sequence<String>) throws {
        var words = arguments.makeIterator()
        let name = words.next() ?? ""
        var options: [String: String] = [:]
        while let option = words.next() { options[option] = words.next() }

        func text(_ option: String) throws -> String {
            guard let text = options["--" + option] else { throw Mistake() }
            return text
        }
        func number(_ option: String) throws -> Int {
            guard let number = Int(try text(option)), number > 0 else { throw Mistake() }
            return number
        }
        guard let port = UInt16(try text("port")) else { throw Mistake() }
        switch name {
        case "echo": self = .serve(.echo, port: port)
        case "http": self = .serve(.http, port: port)
        case "sink": self = .serve(.sink, port: port)
        case "source": self = .serve(.source, port: port)
        case "sendfile": self = .serve(.file(try text("file")), port: port)
        case "tls":
            let service = Service.tls(
                certificate: try text("certificate"), key: try text("key"))
            self = .serve(service, port: port)
        case "patched":
            self = .patched(
                PatchedLoad(
                    library: try text("library"), client: try text("client"), port: port,
                    greenlets: try number("greenlets"), count: try number("count")))
        default: throw Mistake()
        }
    }
}
