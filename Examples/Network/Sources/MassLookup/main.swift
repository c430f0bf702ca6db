// SPDX-License-Identifier: Apache-2.0
// Looks up many names, ten at a time: MassLookup NAME…. Counterpart of gevent's dns_mass_resolve.py.
import Gevent

let names = CommandLine.arguments.dropFirst()
let pool = Pool(10)
for name in names {
    try pool.spawn {
        do {
            let addresses = try lookup(name)
            print(name, addresses.map { $0.host ?? "\($0)" }.joined(separator: " "))
        } catch let error as LookupError {
            print("\(name) is not known: \(error)")
        }
    }
}
let isDone = try pool.join(timeout: .seconds(30))
print("\(names.count) names,", isDone ? "all are done" : "some are still under way")
