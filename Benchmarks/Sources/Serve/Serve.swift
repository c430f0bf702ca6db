// SPDX-License-Identifier: Apache-2.0
internal import Gevent
internal import Glibc

/// What `scripts/bench --peers` sets beside the peers: servers as a user would write them, and blocking
/// libraries under the patch.
@main
enum Serve {
    static func main() {
        do {
            switch try Command(arguments: CommandLine.arguments.dropFirst()) {
            case .serve(let service, let port):
                let server = try service.server(on: "127.0.0.1:\(port)")
                try server.start()
                print("READY")
                fflush(nil)
                try server.serveForever()
            case .patched(let load): try load.run()
            }
        } catch {
            fail("\(error)")
        }
    }

    private static func fail(_ message: String) -> Never {
        let text = "serve: \(message)\n"
        _ = unsafe text.withCString { unsafe write(STDERR_FILENO, $0, strlen($0)) }
        exit(EXIT_FAILURE)
    }
}
