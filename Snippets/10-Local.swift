// A value that each greenlet has for itself.
//
// What one greenlet sets, another does not see: reading what was never set is an error.

import Gevent

let data = Local<String>()

func f1() throws {
    data.set("f1")
    print(try data.get())
}

func f2() {
    do {
        print(try data.get())
    } catch {
        print("f2 has not data.x")
    }
}

try joinAll([spawn(f1), spawn(f2)])
