// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventLoop
internal import GeventSystem

extension PollerContract {
    /// The poller of the hubs, over the kernel.
    package static let kernel = PollerContract("Poller") {
        let poller = try Poller()
        return Subject(poller) {
            let box = SocketBox(try SocketCalls.openPair())
            return Source(box.near) { try box.send() }
        }
    }

    /// The same poller, by a script, with numbers that the kernel knows nothing of.
    package static let scripted = PollerContract("ScriptedPoller") {
        let poller = try Poller()
        let script = ScriptedPoller()
        script.direct(poller, replacesKernel: true)
        var next: Int32 = 1000
        let real = Subject(poller) {
            next += 1
            let number = next
            return Source(number) { script.add(.ready(number, .readable)) }
        }
        return Subject(
            register: { number in
                let token = try real.register(number)
                script.addReady(number, .writable)
                return token
            },
            deregister: real.deregister, poll: real.poll, wake: real.wake, open: real.open)
    }
}

extension PollerContract.Subject {
    init(_ poller: Poller, open: @escaping () throws -> PollerContract.Source) {
        let waker = poller.waker
        self.init(
            register: { try poller.register($0).rawValue },
            deregister: { poller.deregister(PollToken(rawValue: $0)) },
            poll: { timeout, deliver in
                try poller.poll(timeoutNanoseconds: timeout?.inNanoseconds) { event in
                    deliver(
                        event.token.rawValue, PollReadiness(rawValue: event.readiness.rawValue))
                }
            },
            wake: { waker.wake() }, open: open)
    }
}

private final class SocketBox {
    private let ends: SocketPair

    init(_ ends: consuming SocketPair) { self.ends = ends }

    var near: Int32 { ends.first.number }

    func send() throws {
        let byte: [UInt8] = [1]
        // SAFETY: bytes have no padding that could be uninitialised.
        _ = try Transfer.send(ends.second.number, unsafe byte.span.bytes)
    }
}
