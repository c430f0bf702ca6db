// SPDX-License-Identifier: Apache-2.0
import Gevent
import GeventTestSupport
import Testing

@testable import GeventTool

@Suite struct DownloadTests {
    private func run(
        _ text: String, into folder: String, retries: Int
    ) throws -> (bytes: Int, failure: (any Error)?) {
        var names = FileNames()
        let download = Download(text, names: &names)
        let plan = DownloadPlan(
            silence: .seconds(10), retries: retries, folder: folder,
            progress: Progress(total: 1, isShown: false))
        try download.run(plan)
        return (download.byteCount, download.failure)
    }

    private func download(_ answers: String..., retries: Int = 0) throws -> (Scratch, String?) {
        let scratch = try Scratch()
        let path = scratch.path
        let failure = try onHub {
            let listener = try TCPListener(host: "127.0.0.1", port: 0)
            spawn {
                for answer in answers {
                    let stream = try listener.accept()
                    while let line = try stream.readLine(), !line.isEmpty {}
                    try stream.write(answer)
                    stream.close()
                }
            }
            let address = "http://127.0.0.1:\(listener.port)/file"
            return try run(address, into: path, retries: retries).failure.map { "\($0)" }
        }
        return (scratch, failure)
    }

    @Test func `puts the body into a file`() throws {
        let (scratch, failure) = try download("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")

        #expect(failure == nil)
        #expect(scratch.names == ["file"])
        #expect(scratch.text(of: "file") == "hello")
    }

    @Test func `leaves nothing of a file that did not come whole`() throws {
        let (scratch, failure) = try download("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello")

        #expect(failure == "the stream ended after 0 of 4 bytes")
        #expect(scratch.names == [])
    }

    @Test func `tries again after bad luck`() throws {
        let (scratch, failure) = try download(
            "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", retries: 1)

        #expect(failure == nil)
        #expect(scratch.text(of: "file") == "ok")
    }

    @Test func `does not try again where it cannot help`() throws {
        let (scratch, failure) = try download(
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", retries: 5)

        #expect(failure == "404 Not Found")
        #expect(scratch.names == [])
    }
}
