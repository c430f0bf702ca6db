// SPDX-License-Identifier: Apache-2.0
import Foundation
import GeventMonkey
import Testing

@Suite struct PatchSpeedTests {
    @Test func `patches a hundred loaded objects, and says how long that took`() async throws {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardErrorContent]
        ) {
            Monkey.warningHandler = { _ in }
            let built = try Calls("many")
            for index in 0..<100 {
                let path = "\(built.path).\(index)"
                try FileManager.default.copyItem(atPath: built.path, toPath: path)
                _ = try LoadedObject(path)
            }
            let clock = ContinuousClock()
            let times = try (0..<20).map { _ in
                let time = try clock.measure { _ = try Monkey.patchAll(.all) }
                #expect(Monkey.isPatched("getegid", in: ".99"))
                Monkey.unpatch()
                return time
            }
            let text = "median \(times.sorted()[10]), first \(times[0])"
            FileHandle.standardError.write(Data(text.utf8))
        }

        let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(text.hasPrefix("median"))
        print("patchAll with 100 objects and the libraries of the tests:", text)
    }
}
