// SPDX-License-Identifier: Apache-2.0
import Gevent
import Testing

@testable import GeventTool

@Suite struct HTTPExchangeTests {
    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and more",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n2;x=y\r\nhe\r\n3\r\nllo\r\n0\r\nA: b\r\n\r\n",
        "HTTP/1.0 200\r\n\r\nhello",
        "HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    ])
    func `reads a body however it ends`(answer: String) throws {
        #expect(try Conversation.download(answer).get() == "hello")
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
    ])
    func `does not take a part for the whole`(answer: String) throws {
        #expect(try Conversation.download(answer).failure is UnexpectedEnd)
    }

    @Test(arguments: [
        "", "SSH-2.0-OpenSSH_9\r\n\r\n", "HTTP/1.1 +20 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nA: b",
        "HTTP/1.1 200 OK\r\nContent-Length : 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello!\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
    ])
    func `refuses what can be read in two ways`(answer: String) throws {
        guard case .malformed? = try Conversation.download(answer).failure as? HTTPError else {
            Issue.record("not refused")
            return
        }
    }

    @Test(arguments: [
        "HTTP/1.1 200 \(String(repeating: "x", count: 10_000))\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\(String(repeating: "A: b\r\n", count: 101))\r\n",
        "HTTP/1.1 200 OK\r\n\(String(repeating: "A: \(String(repeating: "b", count: 8000))\r\n", count: 9))\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;\(String(repeating: "x", count: 300))\r\n",
        String(repeating: "HTTP/1.1 102 Wait\r\n\r\n", count: 12),
    ])
    func `limits what it keeps`(answer: String) throws {
        guard case .tooLarge? = try Conversation.download(answer).failure as? HTTPError else {
            Issue.record("not refused")
            return
        }
    }

    @Test func `follows redirects`() throws {
        let body = try Conversation.download(
            "HTTP/1.1 302 Found\r\nLocation: ../b\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

        #expect(try body.get() == "ok")
    }

    @Test func `gives up on redirects that lead nowhere`() throws {
        let again = "HTTP/1.1 301 Moved\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n"

        let result = try Conversation.download(again, again, again, again, again, again, again)

        #expect(result.failure as? HTTPError == .tooManyRedirects(5))
    }

    @Test func `does not follow a redirect to where it needs TLS`() throws {
        let result = try Conversation.download(
            "HTTP/1.1 301 Moved\r\nLocation: https://localhost/\r\n\r\n")

        #expect(result.failure as? HTTPError == .needsTLS)
    }

    @Test func `shows no control characters of a server's`() throws {
        let result = try Conversation.download("HTTP/1.1 404 \u{1B}[2JGone\r\n\r\n")

        #expect(result.failure as? HTTPError == .status(404, "?[2JGone"))
    }
}
