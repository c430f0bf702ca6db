// SPDX-License-Identifier: Apache-2.0
public import GeventNet

extension ServerContract {
    /// What a server that is put to the contract does for whoever asks.
    public struct Service {
        /// How many handlers there may be at once; `nil` is no limit.
        public let limit: Int?

        /// The answer to a question; it may wait, and may throw.
        ///
        /// > Suspends: When the question says so.
        public let answer: (_ question: String) throws -> String

        init(limit: Int?, answer: @escaping (String) throws -> String) {
            self.limit = limit
            self.answer = answer
        }

        /// Reads a question from a stream, a line, and writes the answer, another.
        ///
        /// > Suspends: When the question has not arrived, and as ``answer`` does.
        ///
        /// - Throws: What the stream and ``answer`` throw.
        public func serve(_ stream: any ByteStream) throws {
            guard let question = try stream.readLine(limit: 1000) else { return }
            try stream.write(try answer(question) + "\n")
        }
    }

    /// One server that is put to the contract.
    public struct Subject {
        let start: () throws -> Void
        let stop: (_ timeout: Duration?) throws -> Bool
        let startAccepting: () throws -> Void
        let stopAccepting: () throws -> Void
        let isStarted: () -> Bool
        let ask: (_ question: String) throws -> String?

        /// A server, by what can be done with it.
        ///
        /// - Parameters:
        ///   - start: Starts it, and returns.
        ///   - stop: Stops it, and returns whether all handlers have ended.
        ///   - startAccepting: Goes on after `stopAccepting`.
        ///   - stopAccepting: Takes no more, for a while.
        ///   - isStarted: Whether it was started and not stopped.
        ///   - ask: Asks it something, as a client, and waits for the answer; `nil` for none.
        public init(
            start: @escaping () throws -> Void,
            stop: @escaping (_ timeout: Duration?) throws -> Bool,
            startAccepting: @escaping () throws -> Void,
            stopAccepting: @escaping () throws -> Void, isStarted: @escaping () -> Bool,
            ask: @escaping (_ question: String) throws -> String?
        ) {
            self.start = start
            self.stop = stop
            self.startAccepting = startAccepting
            self.stopAccepting = stopAccepting
            self.isStarted = isStarted
            self.ask = ask
        }

        /// A server of the library's that is asked by `ask`.
        public init(
            _ server: BaseServer, ask: @escaping (_ question: String) throws -> String?
        ) {
            self.init(
                start: { try server.start() }, stop: { try server.stop(timeout: $0) },
                startAccepting: { try server.startAccepting() },
                stopAccepting: { try server.stopAccepting() }, isStarted: { server.isStarted },
                ask: ask)
        }

        /// A server of the library's over streams, each for one question.
        ///
        /// - Parameters:
        ///   - server: The server, whose handlers call ``Service/serve(_:)``.
        ///   - connect: Connects to it.
        public init(
            _ server: BaseServer, connect: @escaping () throws -> any ByteStream
        ) {
            self.init(server) { question in
                let stream = try connect()
                defer { stream.close() }
                try stream.write(question + "\n")
                return try stream.readLine(limit: 1000)
            }
        }
    }
}
