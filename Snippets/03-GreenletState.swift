// What became of a greenlet.
//
// An error stays in the greenlet that threw it, until somebody asks.

import Gevent

struct Failure: Error, CustomStringConvertible {
    var description: String { "You Fail" }
}

func win() -> String {
    "You Win"
}

func fail() throws -> String {
    throw Failure()
}

let winner = spawn(win)
let loser = spawn(fail)

print("winner.started =", winner.isStarted)
print("loser.started =", loser.isStarted)

do {
    try joinAll([winner, loser])
} catch {
    print("joinAll threw", error)
}

print("winner.ready() =", winner.isReady)
print("loser.ready() =", loser.isReady)

print("winner.value =", winner.value ?? "nil")
print("loser.value =", loser.value ?? "nil")

print("winner.successful() =", winner.isSuccessful)
print("loser.successful() =", loser.isSuccessful)

if let error = loser.error { print("loser.exception =", error) }

do {
    print(try loser.get())
} catch {
    print("exception from loser")
}
