// SPDX-License-Identifier: Apache-2.0
import Foundation
import Gevent

/// What blocks in Foundation, each beside a ticker.
func foundation(_ folder: String) throws {
    try ticking("Thread.sleep") { Thread.sleep(forTimeInterval: 0.5) }
    try ticking("FileHandle") { try readsPipe() }
    try ticking("Host") {
        let addresses = Foundation.Host(name: "localhost").addresses
        try check(
            addresses.contains("127.0.0.1") || addresses.contains("::1"),
            "localhost is at \(addresses)")
    }
    try ticking("Process") { try runsProcess() }
    try ticking("five of Process") { try runsProcesses(count: 5) }
    try readsFile(folder)
}

private func readsPipe() throws {
    let pipe = Pipe()
    let writer = spawn {
        for number in 0..<5 {
            try Gevent.sleep(.milliseconds(100))
            try pipe.fileHandleForWriting.write(contentsOf: Data("line \(number)\n".utf8))
        }
        try pipe.fileHandleForWriting.close()
    }
    let text = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    try check(text == "line 0\nline 1\nline 2\nline 3\nline 4\n", "the pipe had '\(text)'")
    try writer.get()
}

private func process(_ number: Int, _ output: Pipe) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "sleep 0.5; echo \(number); exit \(number + 1)"]
    process.standardOutput = output
    return process
}

private func checkEnd(_ number: Int, _ process: Process, _ output: Pipe) throws {
    let text = String(
        decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    try check(
        process.terminationStatus == Int32(number + 1) && text == "\(number)\n",
        "process \(number): status \(process.terminationStatus), '\(text)'")
}

/// `waitUntilExit` turns the run loop of the thread: one greenlet of a thread can be in it at a time.
private func runsProcess() throws {
    let output = Pipe()
    let one = process(0, output)
    try one.run()
    one.waitUntilExit()
    try checkEnd(0, one, output)
}

/// Several greenlets wait for what the termination handler says, on a thread of Foundation's.
private func runsProcesses(count: Int) throws {
    let took = try together(count) { number in
        let output = Pipe()
        let one = process(number, output)
        let end = AsyncResult<Int32>()
        one.terminationHandler = { end.set($0.terminationStatus) }
        try one.run()
        _ = try end.get(timeout: .seconds(10))
        try checkEnd(number, one, output)
    }
    try check(took < 2, "\(count) processes of 0.5 s took \(rounded(took)) s")
}

private func readsFile(_ folder: String) throws {
    let line = "a line of a large file\n"
    let repeats = 700_000
    let file = URL(fileURLWithPath: folder).appendingPathComponent("large.txt")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(String(repeating: line, count: repeats).utf8).write(to: file)
    var text = ""
    try ticking("String(contentsOf:)") { text = try String(contentsOf: file, encoding: .utf8) }
    let count = text.utf8.count
    try check(count == line.utf8.count * repeats, "the file has \(count) bytes")
    try check(text.hasSuffix(line), "the end of the file is missing")
}
