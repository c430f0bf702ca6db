// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A blocking socket of the C library's, connected to a port of this machine.
func plainSocket(port: UInt16) throws -> Int32 {
    let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    try check(number >= 0, "socket: \(String(cString: strerror(errno)))")
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let code = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
    guard code == 0 else {
        let reason = String(cString: strerror(errno))
        close(number)
        throw Failure("connect: \(reason)")
    }
    return number
}
