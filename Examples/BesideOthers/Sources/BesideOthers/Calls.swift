// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Foundation
import Gevent
import Glibc
import NIOCore

/// Every function of Gevent's, by its bare name: overloads of the C library's are told apart.
func callAll() throws {
    // The C library's would let the thread sleep, and nobody would run.
    var log: [String] = []
    let other = spawn { log.append("other") }
    try sleep(.zero)
    log.append("here")
    guard log == ["other", "here"] else { fatalError("another module's sleep was called") }
    try sleep()
    try sleep(.milliseconds(1))
    try sleep(.milliseconds(1), ref: true)

    try joinAll([other])
    try joinAll(spawn { 1 }, spawn { "two" })
    try wait([other])
    try waitEach([other]) { _ in }
    kill(other)
    try killAll([other])
    spawnRaw {}
    spawn(after: .milliseconds(1)) {}
    try idle()
    try shielded { try sleep() }
    try withTimeout(.seconds(10)) { try sleep() }
    _ = try withGreenlet(spawn { try sleep() }) { greenlet in try greenlet.join() }
    _ = try lookup("127.0.0.1", port: 80)
    let listener = try TCPListener(host: "127.0.0.1", port: 0)
    try connect(host: "127.0.0.1", port: listener.port).close()
    listener.close()
    try callNetwork()
    try wait()
}

/// Every function of the network's, by its bare name.
private func callNetwork() throws {
    _ = try lookupPort(of: "http")
    _ = try lookupService(at: 80)
    _ = try inheritedListeners()
    let (near, far) = try UnixStream.pair()
    try far.write("x")
    try near.withDescriptor { number in
        try waitReadable(number)
        try waitWritable(number)
        guard try select(read: [number], timeout: .seconds(5)).read == [number] else {
            fatalError("another module's select was called")
        }
    }
    try far.shutdownWrite()
    let (back, end) = try UnixStream.pair()
    defer { end.close() }
    guard try copy(from: near, to: back) == 1 else { fatalError("another copy was called") }
}
