// A day in a moment: the clock of a test jumps when everybody waits.

import Gevent
import GeventTesting

try TestHub().run {
    let start = Hub.current.now
    let backup = spawn {
        try sleep(.seconds(86_400))
        return "backed up"
    }
    let gaveUp = try withTimeout(.seconds(3_600), default: true) {
        try backup.join()
        return false
    }
    print(gaveUp ? "not within the hour" : "early")
    print(try backup.get(), Hub.current.now - start)
}
