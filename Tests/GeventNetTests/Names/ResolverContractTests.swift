// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct ResolverContractTests {
    @Test(arguments: ResolverContract.all)
    func `knows this machine`(contract: ResolverContract) throws {
        try onHub {
            try contract.check { subject in
                let found = try subject.resolver.addresses(of: "localhost", port: 7, family: nil)
                let small = try subject.resolver.addresses(
                    of: "localhost", port: 7, family: .ipv4)

                try expect(found.contains(.loopback(port: 7)), "\(found)")
                try expect(Set(found).count == found.count, "repeats: \(found)")
                try expect(small == [.loopback(port: 7)], "\(small)")
            }
        }
    }

    @Test(arguments: ResolverContract.all)
    func `answers numbers without a switch`(contract: ResolverContract) throws {
        try onHub {
            try contract.check { subject in
                let resolver = subject.resolver
                var hasSwitched = false
                try sleep(.zero)
                let other = spawn { hasSwitched = true }
                let found = try [("192.0.2.1", nil), ("::1", SocketAddress.Family.ipv6)]
                    .flatMap { try resolver.addresses(of: $0.0, port: 7, family: $0.1) }
                let scoped = try resolver.addresses(of: "fe80::1%lo", port: 7, family: nil)
                let wrong = errorOf {
                    _ = try resolver.addresses(of: "::1", port: 7, family: .ipv4)
                }
                let isAlone = !hasSwitched
                try other.join()

                try expect(isAlone, "has switched")
                try expect(found.map(\.host) == ["192.0.2.1", "::1"], "\(found)")
                try expect(scoped.map(\.scope) == [1], "\(scoped)")
                try expect((wrong as? LookupError)?.isNotFound == true, "\(wrong as Any)")
            }
        }
    }

    @Test(arguments: ResolverContract.all)
    func `refuses malformed names without a switch`(contract: ResolverContract) throws {
        try onHub {
            try contract.check { subject in
                var hasSwitched = false
                try sleep(.zero)
                let other = spawn { hasSwitched = true }
                let names = ["", ".", "a..b", "a\0b", "a\nb", "127.1", "0x7f.1", "[::1]", "ü.test"]
                for name in names + [String(repeating: "a.", count: 150)] {
                    let error = errorOf {
                        _ = try subject.resolver.addresses(of: name, port: 0, family: nil)
                    }
                    try expect((error as? LookupError)?.reason != nil, "\(name): \(error as Any)")
                }
                let isAlone = !hasSwitched
                try other.join()

                try expect(isAlone, "has switched")
            }
        }
    }

    @Test(arguments: ResolverContract.all)
    func `says that there is no such name`(contract: ResolverContract) throws {
        try onHub {
            try contract.check { subject in
                let error = errorOf {
                    _ = try subject.resolver.addresses(
                        of: subject.unknownName, port: 0, family: nil)
                }

                // Where the machine reaches no name server, that is what it says.
                let lookup = error as? LookupError
                try expect(
                    lookup?.isNotFound == true || lookup?.isTemporary == true, "\(error as Any)")
                try expect(lookup?.subject == subject.unknownName, "\(error as Any)")
            }
        }
    }

    @Test(arguments: ResolverContract.all)
    func `finds the name of this machine, and none for a path`(contract: ResolverContract) throws {
        try onHub {
            try contract.check { subject in
                let path = try SocketAddress(unixPath: "/run/app.sock")
                let name = try subject.resolver.name(of: .loopback(port: 80))
                let error = errorOf { _ = try subject.resolver.name(of: path) }

                try expect(name == "localhost", name)
                try expect(error is LookupError, "\(error as Any)")
            }
        }
    }

    @Test(arguments: ResolverContract.all)
    func `knows services`(contract: ResolverContract) throws {
        try onHub {
            try contract.check { subject in
                let port = try subject.resolver.port(of: "https", over: .tcp)
                let name = try subject.resolver.service(at: 53, over: .udp)
                let error = errorOf { _ = try subject.resolver.port(of: "nosuch", over: .udp) }

                try expect(port == 443 && name == "domain", "\(port) \(name)")
                try expect(error is LookupError, "\(error as Any)")
            }
        }
    }

    @Test(arguments: ResolverContract.all)
    func `answers many at once`(contract: ResolverContract) throws {
        try onHub {
            try contract.check { subject in
                let lookups = (0..<100).map { _ in
                    spawn {
                        try subject.resolver.addresses(of: "localhost", port: 0, family: .ipv4)
                    }
                }
                try joinAll(lookups)

                try expect(lookups.allSatisfy(\.isSuccessful), "some have failed")
            }
        }
    }

    @Test(arguments: ResolverContract.all)
    func `answers a thread without a hub`(contract: ResolverContract) throws {
        let resolver = try onHub { try contract.make().resolver }
        let found = try withoutHub {
            try resolver.addresses(of: "localhost", port: 7, family: .ipv4)
        }

        #expect(found == [.loopback(port: 7)])
    }

    // In a process of its own, as it takes all the threads that look up names.
    @Test func `outlives those that give up`() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent])
        {
            for contract in ResolverContract.all {
                let error = errorOf { try onHub { try contract.check(giveUp) } }
                if let error { StandardError.write("\(contract): \(error)\n") }
            }
        }

        #expect(result.errorText == "")
    }
}

private func giveUp(_ subject: ResolverContract.Subject) throws {
    let ask = { try subject.resolver.addresses(of: subject.slowName, port: 0, family: nil) }
    try subject.stall()
    let killed = spawn(ask)
    let late = spawn {
        try withTimeout(.milliseconds(5), ask)
    }
    try untilParked(killed, in: "a ")
    let waiter = spawn(ask)
    try untilParked(waiter, in: "a ")
    try killed.kill()
    try expect(killed.isKilled, "was not killed")
    try late.join()
    try expect(late.error is Timeout, "\(late.error as Any) in place of a timeout")
    try expect(!waiter.isReady, "who did not give up has not waited")
    subject.release()
    try waiter.kill()
    let found = try subject.resolver.addresses(of: "localhost", port: 7, family: .ipv4)
    try expect(found == [.loopback(port: 7)], "\(found)")
}

/// A clause that is not kept.
struct NotKept: Error, CustomStringConvertible {
    let description: String
}

/// Throws unless `condition` holds: for what runs on a hub's thread, where `#expect` is not heard.
func expect(_ condition: Bool, _ text: @autoclosure () -> String) throws {
    if !condition { throw NotKept(description: text()) }
}
