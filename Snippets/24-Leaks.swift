// What a body leaves behind, and what it allocates.

import Gevent
import GeventTesting

try TestHub().run {
    do {
        try checkLeaks {
            let forgotten = spawn { try Event().wait() }
            forgotten.name = "forgotten"
            try sleep(.zero)
        }
    } catch let found as LeaksFound {
        print(found.leaks.contains { $0.description.contains("forgotten") })
    }
    try checkLeaks { try joinAll((0..<10).map { _ in spawn { try sleep(.seconds(1)) } }) }
    print("nothing is left")
}
