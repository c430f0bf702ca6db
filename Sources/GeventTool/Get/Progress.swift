// SPDX-License-Identifier: Apache-2.0
import Gevent

/// How far the downloads are, and the bar that shows it on a terminal.
final class Progress {
    private let total: Int
    private let isShown: Bool
    private var done = 0
    private var failed = 0
    private var bytes = 0
    private var drawing: AnyGreenlet?

    /// Nothing done of `total` downloads.
    ///
    /// - Parameters:
    ///   - total: How many downloads there are.
    ///   - isShown: Whether there is a bar at all.
    init(total: Int, isShown: Bool) {
        self.total = total
        self.isShown = isShown
    }

    /// Counts bytes that have come.
    func note(bytes count: Int) { bytes += count }

    /// Counts a download that has ended.
    func noteEnd(failed hasFailed: Bool) {
        done += 1
        if hasFailed { failed += 1 }
    }

    /// Begins to draw, ten times a second.
    func start() {
        guard isShown else { return }
        drawing = spawn { [unowned self] in
            while true {
                draw()
                try sleep(.milliseconds(100), ref: false)
            }
        }
    }

    /// Takes the bar off the screen.
    func stop() {
        guard let drawing else { return }
        kill(drawing)
        Terminal.writeError("\r\u{1B}[K")
    }

    private func draw() {
        let width = 24
        let filled = total == 0 ? width : width * done / total
        let bar =
            String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
        let suffix = failed > 0 ? ", \(failed) failed" : ""
        Terminal.writeError(
            "\r\u{1B}[K[\(bar)] \(done)/\(total) files, \(Figures.bytes(bytes))\(suffix)")
    }
}
