// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Gevent

/// Serves a folder to itself, and checks every byte.
struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Serves a folder over loopback and downloads it with 200 greenlets.",
        discussion: """
            A greenlet listens and starts one more for each connection; 200 others download every \
            file, often enough that all of them are busy, and compare what comes with the original. \
            All of that is one thread.
            """)

    private static let concurrency = 200

    @Argument(help: "The folder; of a git repository, the files that git knows of.")
    var path = "."

    func run() throws {
        let files = try FileList(of: path)
        guard !files.paths.isEmpty else { throw ValidationError("There are no files in \(path).") }
        let server = try FileServer(files)
        let listening = spawn(server.run)
        defer { kill(listening) }

        let comparison = Comparison(files, served: server)
        let times = max(files.paths.count, 2 * Self.concurrency)
        print("\(Figures.count(files.paths.count, "file")) served on \(server.address)")
        let duration = try ContinuousClock().measure {
            try comparison.run(times: times, concurrency: Self.concurrency)
        }
        report(comparison, times, duration)
        if comparison.equal != times { throw ExitCode.failure }
    }

    private func report(_ comparison: Comparison, _ times: Int, _ duration: Duration) {
        for difference in comparison.differences { Terminal.writeError("\(difference)\n") }
        print(
            """
            \(times) downloads by \(Self.concurrency) greenlets, \(comparison.equal) equal to the \
            original in every byte
            \(Figures.bytes(comparison.byteCount)) in \(Figures.seconds(duration)); most greenlets \
            alive at once: \(Hub.current.mostGreenlets)
            """)
    }
}
