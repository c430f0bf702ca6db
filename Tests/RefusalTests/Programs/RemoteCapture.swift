// SPDX-License-Identifier: Apache-2.0
// refused: capture of 'box' with non-Sendable type 'Box'
import Gevent

final class Box { var number = 0 }

func run() throws {
    let box = Box()
    try Hub.current.remote.submit { box.number += 1 }
}
