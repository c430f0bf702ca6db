// SPDX-License-Identifier: Apache-2.0
import Gevent

/// One file to be downloaded, and what became of it.
final class Download {
    /// The address as it was given.
    let text: String
    /// How many bytes came.
    private(set) var byteCount = 0
    /// Why there is no file; `nil` if there is one.
    private(set) var failure: (any Error)?

    private let address: HTTPAddress?
    private let name: String

    /// Plans a download.
    init(_ text: String, names: inout FileNames) {
        self.text = text
        do {
            let address = try HTTPAddress(text)
            self.address = address
            name = names.next(for: address)
        } catch {
            address = nil
            name = ""
            failure = error
        }
    }

    /// Downloads, again if it was bad luck.
    ///
    /// > Suspends: Always.
    ///
    /// - Throws: What strikes the greenlet; the rest becomes ``failure``.
    func run(_ plan: DownloadPlan) throws {
        guard let address else { return }
        for attempt in 0...plan.retries {
            if attempt > 0 { try sleep(plan.pause(before: attempt)) }
            do {
                byteCount = try fetch(address, plan)
                failure = nil
                return
            } catch let error where error is GreenletExit || error is Timeout {
                throw error
            } catch {
                failure = error
                guard DownloadPlan.isWorthAnotherTry(error) else { return }
            }
        }
    }

    private func fetch(_ address: HTTPAddress, _ plan: DownloadPlan) throws -> Int {
        var exchange = try HTTPExchange.following(address, silence: plan.silence)
        defer { exchange.close() }
        let file = try PartialFile(name, in: plan.folder)
        while let piece = try exchange.next() {
            try file.write(piece)
            plan.progress.note(bytes: piece.count)
        }
        try file.finish()
        return file.byteCount
    }
}
