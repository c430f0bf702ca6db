// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import GeventTool

@Suite struct ProgramKindTests {
    /// A program's first bytes: its header, one entry of its table, and the name of its linker.
    private func program(
        bits: UInt8 = 2, machine: Int = ProgramKind.machine, entry: UInt8 = 3,
        linker: String = "/lib64/ld-linux-x86-64.so.2"
    ) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 64 + 56)
        bytes.replaceSubrange(0..<5, with: [0x7F, 0x45, 0x4C, 0x46, bits])
        bytes[18] = UInt8(machine)
        (bytes[32], bytes[54], bytes[56]) = (64, 56, 1)
        bytes[64] = entry
        bytes[64 + 8] = UInt8(bytes.count)
        return bytes + Array(linker.utf8) + [0]
    }

    @Test func `knows what is linked dynamically`() {
        #expect(ProgramKind(bytes: program()) == .dynamic)
        #expect(ProgramKind("/proc/self/exe") == .dynamic)
    }

    @Test func `knows what is linked statically`() {
        #expect(ProgramKind(bytes: program(entry: 1)) == .static)
    }

    @Test func `knows what is for other systems`() {
        let kinds = [
            program(bits: 1), program(machine: 3), program(linker: "/lib/ld-musl-x86_64.so.1"),
            Array("MZ".utf8), [],
        ].map { ProgramKind(bytes: $0) }

        for kind in kinds {
            guard case .foreign = kind else {
                Issue.record("\(kind)")
                continue
            }
        }
    }

    @Test(arguments: [
        ("#!/bin/sh -e\nexit", "-e"), ("#! /bin/sh", nil), ("#!/bin/sh \n", nil),
        ("#!/bin/sh a  b \n", "a b"),
    ])
    func `knows who runs a script`(text: String, argument: String?) {
        #expect(ProgramKind(bytes: Array(text.utf8)) == .script("/bin/sh", argument: argument))
    }

    @Test func `does not trust what a header says`() {
        var bytes = program()
        bytes.replaceSubrange(32..<40, with: repeatElement(0xFF, count: 8))
        #expect(ProgramKind(bytes: bytes) == .static)
        bytes = program()
        bytes.replaceSubrange(72..<80, with: repeatElement(0xFF, count: 8))
        #expect(ProgramKind(bytes: bytes) == .dynamic)
    }
}
