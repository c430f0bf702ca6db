// SPDX-License-Identifier: Apache-2.0
import Foundation
import GeventFuzzing
import GeventTestSupport
import Testing

/// The inputs that fuzzers begin with, and those that they have found something by.
@Suite struct ReplayTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Fuzzing").standardized

    @Test(arguments: FuzzTarget.all)
    func `stands every input that is kept`(target: FuzzTarget) throws {
        let inputs = try ["Corpus", "Crashes"].flatMap { try Self.inputs($0, of: target) }
        #expect(inputs.contains { $0.path().contains("/Corpus/") }, "nothing to begin with")

        for input in inputs {
            let bytes = Array(try Data(contentsOf: input))
            #expect(throws: Never.self, "\(input.path())") {
                try onHub { try target.run(bytes) }
            }
        }
    }

    private static func inputs(_ kind: String, of target: FuzzTarget) throws -> [URL] {
        let folder = folder.appending(path: kind).appending(path: target.name)
        guard FileManager.default.fileExists(atPath: folder.path()) else { return [] }
        return try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil
        ).filter { !$0.lastPathComponent.hasPrefix(".") }
    }
}
