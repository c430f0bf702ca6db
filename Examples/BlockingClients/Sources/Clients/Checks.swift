// SPDX-License-Identifier: Apache-2.0
import Gevent

/// What went wrong, in a sentence.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Fails with `sentence` unless `condition` holds.
func check(_ condition: Bool, _ sentence: @autoclosure () -> String) throws {
    guard condition else { throw Failure(sentence()) }
}

/// Runs `body` and returns how many seconds it took.
func seconds(_ body: () throws -> Void) throws -> Double {
    let took = try ContinuousClock().measure(body)
    return Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18
}

/// Runs `body` in `count` greenlets of one hub, waits for all of them, and returns how many seconds it took.
func together(_ count: Int, _ body: @escaping (Int) throws -> Void) throws -> Double {
    try seconds {
        let greenlets = (0..<count).map { number in spawn { try body(number) } }
        for greenlet in greenlets { try greenlet.get() }
    }
}

/// A figure as it is printed.
func rounded(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
}

/// The text in a buffer that C filled, up to its zero.
func text(_ characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
