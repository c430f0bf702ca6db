// Names that are looked up at the same time.
//
// In Python `monkey.patch_all()` makes the standard library cooperative. The patch for Swift comes
// later; what this package has of its own needs none. A look-up parks its greenlet, not the thread.

import Gevent

// snippet.hide
let second: Duration = CommandLine.arguments.contains("--fast") ? .milliseconds(200) : .seconds(1)
// snippet.show

func addresses(of name: String) throws -> String {
    do {
        let found = try withTimeout(second * 5, default: []) { try lookup(name) }
        return found.compactMap(\.host).joined(separator: " ")
    } catch let error as LookupError {
        return error.message
    }
}

print("monkey.patch_all() comes later; look-ups need no patch:")

let names = ["localhost", "ip6-localhost", "ip6-loopback"]
let lookups = names.map { spawn(addresses, $0) }
try joinAll(lookups)
for (name, lookup) in zip(names, lookups) { print("\(name):", try lookup.get()) }
