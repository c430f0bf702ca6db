// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Programs that must not compile, and one that must: what may cross to another thread.
@Suite struct RefusalTests {
    static let programs = [
        "Accepted", "ChannelOfUnsendable", "GreenletOfUnsendable", "QueueOfUnsendable",
        "RemoteAnswer", "RemoteCapture", "ResultOfUnsendable", "SocketElsewhere", "UpcastGreenlet",
    ]

    @Test(arguments: programs)
    func `says of the program what its first comment says`(name: String) throws {
        let program = try ForeignProgram(name: name)

        let diagnostics = try program.compile()

        switch program.expectation {
        case .accepted: #expect(diagnostics == "")
        case .refused(let reason):
            #expect(diagnostics.contains("error: \(reason)"))
            // For this reason and no other.
            #expect(
                diagnostics.components(separatedBy: ".swift:").count { $0.contains(": error:") }
                    == 1)
        }
    }

    @Test func `leaves out no program`() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: ForeignProgram.folder.path)

        #expect(Set(files) == Set(Self.programs.map { "\($0).swift" }))
    }
}
