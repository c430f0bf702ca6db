// SPDX-License-Identifier: Apache-2.0
#if CAres
internal import GeventCore

/// Lets so many questions of a hub be open at once; others wait in the order in which they came.
///
/// A name server answers at its leisure, and into a socket that all questions share: asked for
/// thousands of names at once, most of its answers would be dropped by the kernel.
final class AresGate {
    private var places: Int
    private var line: [Answer<Void>] = []

    init(places: Int) {
        self.places = places
    }

    /// Takes a place.
    ///
    /// > Suspends: When there is none.
    ///
    /// - Throws: What strikes the greenlet; then it has no place.
    func enter() throws {
        if places > 0 {
            places -= 1
            return
        }
        let turn = Answer<Void>()
        line.append(turn)
        do { try turn.wait("a look-up's turn") } catch {
            if turn.isThere { leave() } else { line.removeAll { $0 === turn } }
            throw error
        }
    }

    /// Gives a place to the next in line.
    func leave() {
        if line.isEmpty {
            places += 1
        } else {
            line.removeFirst().complete(.success(()))
        }
    }
}
#endif
