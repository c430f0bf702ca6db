// SPDX-License-Identifier: Apache-2.0
// refused: type 'Box' does not conform to the 'Sendable' protocol
import Gevent

final class Box { var number = 0 }

func run() throws {
    let box = try Hub.current.remote.call { Box() }
    box.number += 1
}
