// SPDX-License-Identifier: Apache-2.0
import Gevent
import Testing

@Suite(.tags(.slow)) struct GetCommandTests {
    @Test func `downloads what is listed on standard input`() throws {
        let folder = try Scratch()

        let (tool, paths) = try Site.visit(
            ["get", "-o", folder.path], input: "SITE/one\n\n  SITE/two  \n# SITE/not\nSITE/three"
        ) { { path, _, stream in try stream.send("200 OK", "this is \(path)") } }

        #expect(tool.status == 0)
        #expect(paths.sorted() == ["/one", "/three", "/two"])
        #expect(folder.names == ["one", "three", "two"])
        #expect(folder.text(of: "one") == "this is /one")
        #expect(tool.output.hasPrefix("3 files, 38 B, "))
        #expect(tool.output.hasSuffix(" s\n"))
        #expect(tool.errors == "")
    }

    @Test func `makes the folder, and gives files of one name each its own`() throws {
        let scratch = try Scratch()

        let (tool, _) = try Site.visit(
            ["get", "--output", "\(scratch.path)/a/b", "SITE/x/same", "SITE/y/same"]
        ) { { path, _, stream in try stream.send("200 OK", path) } }

        #expect(tool.status == 0)
        #expect(scratch.text(of: "a/b/same") == "/x/same")
        #expect(scratch.text(of: "a/b/same.2") == "/y/same")
    }

    @Test(arguments: [1, 3])
    func `has as many downloads under way as -c says, and no more`(concurrency: Int) throws {
        let folder = try Scratch()

        let (tool, paths) = try Site.visit(
            ["get", "-c", "\(concurrency)", "-o", folder.path]
                + (0..<9).map { "SITE/\($0)" }
        ) { [concurrency] in
            var underWay = 0
            var last = 0
            return { _, number, stream in
                underWay += 1
                last = number
                // Not before all have come that belong to this round; and none more should come.
                let round = (number + concurrency - 1) / concurrency * concurrency
                while last < round { try sleep(.milliseconds(1)) }
                try sleep(.milliseconds(10))
                let body = "\(underWay)"
                underWay -= 1
                try stream.send("200 OK", body)
            }
        }

        #expect(tool.status == 0)
        #expect(paths.count == 9)
        let seen = folder.names.compactMap { folder.text(of: $0).flatMap { Int($0) } }
        #expect(seen.count == 9)
        #expect(seen.max() == concurrency)
    }

    @Test func `gives up on a server that keeps silent`() throws {
        let folder = try Scratch()

        let (tool, _) = try Site.visit(
            ["get", "--timeout", "0.5", "--retries", "0", "-o", folder.path, "SITE/a", "SITE/b"]
        ) {
            { path, _, stream in
                if path == "/b" {
                    try stream.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\npart")
                }
                while try stream.readLine() != nil {}
            }
        }

        #expect(tool.status == 1)
        #expect(folder.names == [])
        #expect(tool.output.hasPrefix("0 files, 0 B, "))
        #expect(tool.output.hasSuffix(" s; 2 failed\n"))
        let lines = tool.errors.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(
            lines.allSatisfy { $0.hasSuffix(": read: timed out after 0.5 seconds") }, "\(lines)")
    }

    @Test func `tries again as often as --retries says`() throws {
        let folder = try Scratch()

        let (tool, paths) = try Site.visit(
            ["get", "--retries", "1", "-o", folder.path, "SITE/file"]
        ) {
            { path, number, stream in
                try number == 1 ? stream.send("503 Busy") : stream.send("200 OK", "at last")
            }
        }

        #expect(tool.status == 0)
        #expect(paths == ["/file", "/file"])
        #expect(folder.text(of: "file") == "at last")
        #expect(tool.output.hasPrefix("1 file, 7 B, "))
    }

    @Test func `does not try again without retries`() throws {
        let (tool, paths) = try Site.visit(["get", "--retries", "0", "SITE/file"]) {
            { _, _, stream in try stream.send("503 Busy") }
        }

        #expect(tool.status == 1)
        #expect(paths == ["/file"])
        #expect(tool.errors.hasPrefix("http://127.0.0.1:"))
        #expect(tool.errors.hasSuffix("/file: 503 Busy\n"))
    }

    @Test func `tells what is missing, and has the rest`() throws {
        let folder = try Scratch()

        let (tool, _) = try Site.visit(
            ["get", "-o", folder.path, "SITE/there", "SITE/gone", "https://127.0.0.1/", "nonsense"]
        ) {
            { path, _, stream in
                try path == "/there" ? stream.send("200 OK", "here") : stream.send("404 Not Found")
            }
        }

        #expect(tool.status == 1)
        #expect(folder.names == ["there"])
        #expect(tool.output.hasPrefix("1 file, 4 B, "))
        #expect(tool.output.hasSuffix(" s; 3 failed\n"))
        let lines = tool.errors.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines.first?.hasSuffix("/gone: 404 Not Found") == true)
        #expect(
            lines.dropFirst().first == "https://127.0.0.1/: https is not supported yet, only http")
        #expect(lines.last?.hasPrefix("nonsense: not a usable address: ") == true)
    }

    @Test func `says nothing with -q but what has failed`() throws {
        let folder = try Scratch()

        let (tool, _) = try Site.visit(["get", "-q", "-o", folder.path, "SITE/there", "SITE/gone"])
        {
            { path, _, stream in
                try path == "/there" ? stream.send("200 OK", "here") : stream.send("404 Not Found")
            }
        }

        #expect(tool.status == 1)
        #expect(folder.names == ["there"])
        #expect(tool.output == "")
        #expect(tool.errors.hasSuffix("/gone: 404 Not Found\n"))
        #expect(tool.errors.split(separator: "\n").count == 1)
    }

    @Test(arguments: [
        (["get"], "There is nothing to download."),
        (["get", "-c", "0", "http://h/"], "-c takes a number from 1 to 10000."),
        (["get", "--timeout", "0", "http://h/"], "--timeout takes seconds, more than 0"),
        (["get", "--retries", "101", "http://h/"], "--retries takes a number from 0 to 100."),
        (["get", "--nonsense"], "Unknown option '--nonsense'"),
    ])
    func `refuses what it cannot do, and shows how it is used`(
        arguments: [String], reason: String
    ) throws {
        let tool = try Tool(arguments)

        #expect(tool.status == 64)
        #expect(tool.output == "")
        #expect(tool.errors.hasPrefix("Error: \(reason)"))
        #expect(tool.errors.contains("Usage: gevent "))
    }
}
