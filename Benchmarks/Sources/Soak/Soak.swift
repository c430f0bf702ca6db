// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import GeventTesting
internal import Synchronization

/// Mixed load on two hubs for a chosen time: `soak SECONDS [REPORT-EVERY] [MOST-KB-PER-MINUTE]`.
///
/// Ends with status 1 if an operation has failed or not ended, if something is left behind, or if
/// memory has grown by more than it may.
@main
enum Soak {
    static func main() throws {
        let numbers = CommandLine.arguments.dropFirst().map { Double($0) }
        guard let duration = numbers.first ?? nil, duration > 0 else {
            print("usage: soak SECONDS [REPORT-EVERY] [MOST-KB-PER-MINUTE]")
            exit(EX_USAGE)
        }
        let interval = (numbers.count > 1 ? numbers[1] : nil) ?? 30
        let most = (numbers.count > 2 ? numbers[2] : nil) ?? 128
        let slope = try run(for: duration, reportEvery: interval)
        // What the hubs and the C library keep for reuse grows for a while.
        let isJudged = duration >= 180
        if !isJudged { print("too short to judge by how memory has grown") }
        let isFlat = slope <= most || !isJudged
        if !isFlat { print("memory grows by more than \(Int(most)) KB a minute") }
        exit(isFlat && board.lost == 0 ? EXIT_SUCCESS : EXIT_FAILURE)
    }

    private static let board = Board()

    private static func run(for duration: Double, reportEvery interval: Double) throws -> Double {
        let between = Between()
        let sides = [Side.answering(board, between), Side.asking(board, between)]
        let warmUp = min(60, duration / 4)
        let start = Date()
        var memory = Trend()
        var nextReport = interval
        print("   time  operations  resident-KB  KB-a-minute  descriptors  greenlets  stacks  lost")
        while true {
            Thread.sleep(forTimeInterval: 0.5)
            let elapsed = Date().timeIntervalSince(start)
            for complaint in board.takeComplaints() { print("lost: \(complaint)") }
            if elapsed > warmUp { memory.note(residentKilobytes(), at: elapsed / 60) }
            guard elapsed >= min(nextReport, duration) else { continue }
            nextReport += interval
            try report(elapsed, memory.slope, sides)
            fflush(nil)
            if elapsed >= duration { break }
        }
        board.isStopping.store(true, ordering: .relaxed)
        end(sides)
        for (name, count) in board.doneByName { print("\(name): \(count)") }
        print(
            "memory: \(rounded(memory.slope)) KB a minute after \(Int(warmUp)) s;",
            "\(board.done) operations, \(board.lost) lost,",
            "\(try HubFigures.openDescriptorCount()) descriptors at the end")
        return memory.slope
    }

    /// Waits until both hubs have run to their end, for as long as an operation may take.
    private static func end(_ sides: [Side]) {
        for _ in 0..<300 {
            for complaint in board.takeComplaints() { print("lost: \(complaint)") }
            if sides.allSatisfy({ $0.hasEnded.load(ordering: .acquiring) }) { return }
            Thread.sleep(forTimeInterval: 0.1)
        }
        board.complain("a hub does not end")
        print("lost: a hub does not end")
    }

    private static func report(_ elapsed: Double, _ slope: Double, _ sides: [Side]) throws {
        let greenlets = sides.reduce(0) { $0 + $1.greenlets.load(ordering: .relaxed) }
        let stacks = sides.reduce(0) { $0 + $1.stacks.load(ordering: .relaxed) }
        let cells = [
            ("\(Int(elapsed)) s", 7), ("\(board.done)", 12), ("\(Int(residentKilobytes()))", 13),
            (rounded(slope), 13), ("\(try HubFigures.openDescriptorCount())", 13),
            ("\(greenlets)", 11), ("\(stacks)", 8), ("\(board.lost)", 6),
        ]
        print(cells.map { pad($0.0, $0.1) }.joined())
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(1, width - text.count)) + text
    }

    private static func rounded(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
