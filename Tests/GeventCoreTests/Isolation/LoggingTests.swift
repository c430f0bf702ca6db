// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Logging
import Synchronization
import Testing

/// Remembers what is logged, with the request that it is about.
private struct Recorder: LogHandler {
    let lines: LogLines
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel = Logger.Level.info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let provided = metadataProvider?.get() ?? [:]
        let request = metadata["request"] ?? provided["request"] ?? "none"
        lines.add("\(event.message) \(request)")
    }
}

private final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    func add(_ line: String) { lines.withLock { $0.append(line) } }
}

private enum Current {
    @TaskLocal static var logger = Logger(label: "nobody") { _ in SwiftLogNoOpLogHandler() }
    @TaskLocal static var request: String?
}

@Suite struct LoggingTests {
    @Test func `keeps a logger that is task-local with its greenlet`() throws {
        let lines = LogLines()
        try onHub(.inOrder) {
            _ = try joinAll(
                ["a", "b"].map { name in
                    var logger = Logger(label: "test") { _ in Recorder(lines: lines) }
                    logger[metadataKey: "request"] = "\(name)"
                    return Current.$logger.withValue(logger) {
                        spawn {
                            Current.logger.info("begins")
                            try sleep(.zero)
                            Current.logger.info("ends")
                        }
                    }
                })
        }

        #expect(lines.all == ["begins a", "begins b", "ends a", "ends b"])
    }

    @Test func `asks a metadata provider in the greenlet that logs`() throws {
        let lines = LogLines()
        let provider = Logger.MetadataProvider {
            Current.request.map { ["request": "\($0)"] } ?? [:]
        }
        let logger = Logger(
            label: "test", factory: { _ in Recorder(lines: lines, metadataProvider: provider) })
        try onHub(.inOrder) {
            _ = try joinAll(
                ["a", "b"].map { name in
                    spawn {
                        try Current.$request.withValue(name) {
                            try sleep(.zero)
                            logger.info("in")
                        }
                        try sleep(.zero)
                        logger.info("out")
                    }
                })
        }

        #expect(lines.all == ["in a", "in b", "out none", "out none"])
    }
}
