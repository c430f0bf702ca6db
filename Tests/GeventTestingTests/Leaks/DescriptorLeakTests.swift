// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import GeventTesting
import Testing

/// Descriptors are the whole process's, and other tests run beside these: what those open is told
/// apart by what it stands for.
@Suite struct DescriptorLeakTests {
    @Test func `names a descriptor and what it stands for`() throws {
        try onHub {
            var pair: (UnixStream, UnixStream)?
            let leaks = try descriptorLeaks { pair = try UnixStream.pair() }
            let number = try #require(try pair?.0.withDescriptor { $0 })

            #expect(leaks.contains { $0.hasPrefix("descriptor \(number), socket:[") })
        }
    }

    @Test func `says nothing of what was closed`() throws {
        try onHub {
            let path = "/proc/self/attr"
            let leaks = try descriptorLeaks { _ = try Descriptor(opening: path) }

            #expect(!leaks.contains { $0.hasSuffix("/attr") })
        }
    }

    @Test func `says nothing of what was open before`() throws {
        let folder = try Descriptor(opening: "/proc/self/task")
        let number = folder.number
        try onHub {
            let leaks = try descriptorLeaks {}

            #expect(!leaks.contains { $0.hasPrefix("descriptor \(number), ") })
        }
        try folder.close()
    }

    private func descriptorLeaks(_ body: () throws -> Void) throws -> [String] {
        do {
            try checkLeaks(.descriptors, settling: .zero, body)
            return []
        } catch let found as LeaksFound {
            #expect(found.leaks.allSatisfy { $0.kind == .descriptors })
            return found.leaks.map(\.description)
        }
    }
}
