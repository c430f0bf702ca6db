// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Gevent

/// Downloads many files at once.
struct GetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Downloads files over HTTP, many at a time.",
        discussion: """
            Addresses come as arguments, or one a line on standard input. A file has its name only \
            once it is complete. The exit status tells whether all of them are there.
            """)

    @Argument(help: "What to download, beginning with http://.")
    var addresses: [String] = []

    @Option(name: .customShort("c"), help: "How many downloads run at once.")
    var concurrency = 10

    @Option(help: "How many seconds a server may keep silent.")
    var timeout = 30.0

    @Option(help: "How many more tries a download has after the first.")
    var retries = 2

    @Option(name: [.customShort("o"), .long], help: "The folder for the files; made if need be.")
    var output = "."

    @Flag(name: .shortAndLong, help: "Show neither the bar nor the summary, only failures.")
    var quiet = false

    func validate() throws {
        guard (1...10_000).contains(concurrency) else {
            throw ValidationError("-c takes a number from 1 to 10000.")
        }
        guard timeout > 0, timeout <= 86_400 else {
            throw ValidationError("--timeout takes seconds, more than 0 and at most a day.")
        }
        guard (0...100).contains(retries) else {
            throw ValidationError("--retries takes a number from 0 to 100.")
        }
    }

    func run() throws {
        let texts = addresses.isEmpty ? Self.readAddresses() : addresses
        guard !texts.isEmpty else { throw ValidationError("There is nothing to download.") }
        try FileManager.default.createDirectory(
            atPath: output, withIntermediateDirectories: true)
        var names = FileNames()
        let downloads = texts.map { Download($0, names: &names) }
        let seconds = try ContinuousClock().measure { try run(downloads) }
        summarise(downloads, seconds)
        if downloads.contains(where: { $0.failure != nil }) { throw ExitCode.failure }
    }

    private func run(_ downloads: [Download]) throws {
        let progress = Progress(
            total: downloads.count, isShown: !quiet && Terminal.isInteractive)
        let plan = DownloadPlan(
            silence: .seconds(timeout), retries: retries, folder: output, progress: progress)
        progress.start()
        defer { progress.stop() }
        let pool = Pool(concurrency)
        for download in downloads {
            try pool.spawn {
                try download.run(plan)
                progress.noteEnd(failed: download.failure != nil)
            }
        }
        try pool.join()
    }

    private func summarise(_ downloads: [Download], _ duration: Duration) {
        let failed = downloads.filter { $0.failure != nil }
        for download in failed {
            guard let failure = download.failure else { continue }
            Terminal.writeError("\(download.text): \(failure)\n")
        }
        if quiet { return }
        let bytes = downloads.reduce(0) { $0 + $1.byteCount }
        let files = Figures.count(downloads.count - failed.count, "file")
        let end = failed.isEmpty ? "" : "; \(failed.count) failed"
        print("\(files), \(Figures.bytes(bytes)), \(Figures.seconds(duration))\(end)")
    }

    // Read before anything runs: standard input blocks the thread.
    private static func readAddresses() -> [String] {
        if isatty(STDIN_FILENO) == 1 { return [] }
        var addresses: [String] = []
        while let line = readLine() {
            let address = line.trimmingCharacters(in: .whitespaces)
            if !address.isEmpty && !address.hasPrefix("#") { addresses.append(address) }
        }
        return addresses
    }
}
