// SPDX-License-Identifier: Apache-2.0
internal import CBenchLimits

/// The other side of a server's connections, in a process of its own.
struct Load {
    private let thread: Elsewhere

    init(port: UInt16, connections: Int, messages: Int) {
        thread = Elsewhere {
            let load = Measurement.load(port: port, connections: connections, messages: messages)
            let lost = try load.takeElsewhere().values[0]
            precondition(lost == 0, "\(lost) messages were lost or changed")
        }
    }

    func join() { thread.join() }
}
