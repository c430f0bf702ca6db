// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Nanoseconds of a clock that only goes forward.
public func now() -> UInt64 { nanoseconds(CLOCK_MONOTONIC) }

/// Processor time that this process has used.
public func cpuSeconds() -> Double { Double(nanoseconds(CLOCK_PROCESS_CPUTIME_ID)) / 1e9 }

private func nanoseconds(_ clock: clockid_t) -> UInt64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

/// What this process has of the machine's memory.
public func residentBytes() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    fgets(&line, 128, file)
    let fields = String(cString: line).split(separator: " ")
    return (Int(fields[1]) ?? 0) * 4096
}

/// Prints what was measured as the driver reads it.
public func report(_ values: KeyValuePairs<String, Double>) {
    print(values.map { "\($0.key)=\($0.value)" }.joined(separator: " "))
}

/// Nanoseconds that one of `count` has taken since `start`.
public func each(_ count: Int, since start: UInt64) -> Double {
    Double(now() - start) / Double(count)
}

/// A number in the command line.
public func argument(_ index: Int) -> Int {
    guard CommandLine.arguments.count > index, let number = Int(CommandLine.arguments[index])
    else { fatalError("argument \(index) is no number") }
    return number
}
