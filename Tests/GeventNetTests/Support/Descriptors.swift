// SPDX-License-Identifier: Apache-2.0
import Foundation

/// How many descriptors this process has open.
func openDescriptorCount() -> Int {
    // The folder itself is open while it is listed.
    ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0) - 1
}

/// The flags of a descriptor, as the kernel tells them.
func descriptorFlags(_ number: Int32) throws -> Int {
    let text = try String(contentsOfFile: "/proc/self/fdinfo/\(number)", encoding: .utf8)
    let line = text.split(separator: "\n").first { $0.hasPrefix("flags:") } ?? ""
    return Int(line.split(separator: "\t").last ?? "", radix: 8) ?? 0
}

/// This process.
let processNumber = ProcessInfo.processInfo.processIdentifier
