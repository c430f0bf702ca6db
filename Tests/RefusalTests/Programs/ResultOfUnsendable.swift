// SPDX-License-Identifier: Apache-2.0
// refused: type 'Box' does not conform to the 'Sendable' protocol
import Gevent

final class Box { var number = 0 }

func hand(_ value: some Sendable) {}

func run() { hand(AsyncResult<Box>()) }
