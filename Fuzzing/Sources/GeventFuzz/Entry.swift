// SPDX-License-Identifier: Apache-2.0
internal import GeventFuzzing
internal import GeventSystem

/// The target that this process is for.
private let target: FuzzTarget = {
    let name = Environment.value("GEVENT_FUZZ_TARGET") ?? ""
    guard let target = FuzzTarget.named(name) else {
        trap("GEVENT_FUZZ_TARGET is '\(name)', and there are only \(FuzzTarget.all)")
    }
    return target
}()

/// What libFuzzer, which has the program's `main`, calls for each input.
@c(LLVMFuzzerTestOneInput)
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // SAFETY: libFuzzer lends so many bytes for the call.
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    do { try target.run(bytes) } catch { trap("\(target): \(error)") }
    return 0
}
