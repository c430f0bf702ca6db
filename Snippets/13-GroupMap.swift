// A function that is called for many items at once.

import Gevent

let group = Group()

func helloFrom(_ number: Int) -> Int {
    print("Size of group \(group.count)")
    print("Hello from Greenlet \(UInt(bitPattern: ObjectIdentifier(Greenlet.current)))")
    return number
}

let numbers = try group.map(helloFrom, 0..<3)
print(type(of: numbers))
print(numbers)
