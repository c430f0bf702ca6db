// SPDX-License-Identifier: Apache-2.0
// refused: capture of 'greenlet' with non-Sendable type 'AnyGreenlet'
import Gevent

func run() throws {
    let remote = Hub.current.remote
    let greenlet: AnyGreenlet = spawn { 1 }
    try remote.submit { _ = greenlet.name }
}
