// Descriptors of other code: a greenlet waits for one, and a selector for many.

import Gevent

let (near, far) = try UnixStream.pair()
let waiter = spawn {
    try near.withDescriptor { try waitReadable($0) }
    return "there is something to read"
}
try far.write("x")
print(try waiter.get())

let pairs = try (0..<3).map { _ in try UnixStream.pair() }
let selector = try Selector()
for (index, pair) in pairs.enumerated() {
    try pair.0.withDescriptor { try selector.register($0, for: .read) }
    if index != 1 { try pair.1.write("x") }
}
print("\(try selector.select(timeout: .seconds(5)).count) of 3 are ready")
