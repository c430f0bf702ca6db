// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventTesting

/// Lets `duration` pass in which nobody else runs, as if the greenlet had worked for so long.
package func spend(_ duration: Duration) {
    // Only on a clock that is real has it to be worked in fact.
    do { try TestHub.advance(by: duration) } catch {
        let end = Hub.current.now + duration
        while Hub.current.now < end {}
    }
}
