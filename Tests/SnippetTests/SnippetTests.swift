// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite struct SnippetTests {
    @Test(arguments: guideOutput.keys.sorted())
    func `prints what the guide's program prints`(name: String) throws {
        let output = try SnippetProgram(name: name).run()

        #expect(output.masked == guideOutput[name])
    }

    @Test func `looks up names and says that the patch comes later`() throws {
        // At full length: a look-up on a busy machine takes longer than a short limit.
        let lines = try SnippetProgram(name: "02-LookUpNames").run([]).split(separator: "\n")

        #expect(lines.first == "monkey.patch_all() comes later; look-ups need no patch:")
        // The other names are known to some machines only.
        #expect(lines.dropFirst().first?.firstMatch(of: #/^localhost: (127\.0\.0\.1|::1)/#) != nil)
        #expect(lines.count == 4)
    }

    @Test func `is the program that the readme shows`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let readme = try String(
            contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
        let program = try String(
            contentsOf: root.appendingPathComponent("Snippets/00-Readme.swift"), encoding: .utf8)

        #expect(readme.contains("```swift\n\(program)```"))
    }

    // Which of three sleeps is over first depends on when a busy machine lets them begin.
    @Test func `hands over the results of all tasks, without an order`() throws {
        let lines = try SnippetProgram(name: "14-ImapUnordered").run().split(separator: "\n")

        #expect(lines.sorted() == (0..<3).map { "(\"task\", \($0))" })
    }

    // Which of two workers whose sleeps end together goes first is not said.
    @Test func `lets two workers through the semaphore at once`() throws {
        let lines = try SnippetProgram(name: "09-BoundedSemaphore").run().split(separator: "\n")

        let expected = (0..<6).flatMap {
            ["Worker \($0) acquire a sem", "Worker \($0) release a sem"]
        }
        #expect(lines.sorted() == expected.map { $0[...] }.sorted())
        #expect(
            lines.filter { $0.contains("acquire") }.map { $0.dropFirst(7).first } == Array("012345")
        )
        var held = 0
        for line in lines {
            held += line.contains("acquire") ? 1 : -1
            #expect((0...2).contains(held))
        }
    }
}
