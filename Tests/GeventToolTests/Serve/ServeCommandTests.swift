// SPDX-License-Identifier: Apache-2.0
import Foundation
import Gevent
import Testing

@Suite(.tags(.slow)) struct ServeCommandTests {
    private static let files = [
        "plain.txt": "plain", "sub/index.html": "<p>index", "list/a & b.md": "odd",
        "list/.hidden": "secret", ".git/config": "secret", "empty": "",
    ]

    private func serving<Value>(_ body: (String, Scratch) throws -> Value) throws -> Value {
        let scratch = try Scratch(Self.files)
        for (name, place) in [
            ("out", "/etc/passwd"), ("etc", "/etc"), ("in.txt", "plain.txt"), ("up", ".."),
        ] {
            try FileManager.default.createSymbolicLink(
                atPath: "\(scratch.path)/\(name)", withDestinationPath: place)
        }
        let tool = try RunningTool(["serve", scratch.path, "--listen", "127.0.0.1:0"]) { line in
            line.components(separatedBy: " on ").last
        }
        return try body("http://\(tool.address)", scratch)
    }

    @Test func `answers curl with files, their types and their lengths`() throws {
        try serving { (site, scratch) throws in
            let large = String(repeating: "0123456789abcdef", count: 200_000)
            try scratch.put(large, at: "large.bin")

            #expect(try curl("\(site)/plain.txt") == "plain")
            #expect(try curl("\(site)/plain.txt?query") == "plain")
            #expect(try curl("\(site)/in.txt") == "plain")
            #expect(try curl("\(site)/large.bin") == large)
            #expect(try curl("\(site)/empty") == "")
            #expect(try curl("\(site)/list/a%20%26%20b.md") == "odd")
            let head = try curl("--head", "\(site)/plain.txt")
            #expect(head.hasPrefix("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"))
            #expect(head.contains("Content-Type: text/plain; charset=utf-8\r\n"))
        }
    }

    @Test func `shows the index of a folder, or a list`() throws {
        try serving { (site, _) throws in
            #expect(try curl("--location", "\(site)/sub") == "<p>index")
            let list = try curl("\(site)/list/")
            #expect(list.contains("<a href=\"./a%20%26%20b.md\">a &amp; b.md</a>"))
            #expect(!list.contains("hidden"))
            let root = try curl("\(site)/")
            #expect(root.contains("<a href=\"./sub/\">sub/</a>") && !root.contains(".git"))
            #expect(
                try curl("-w", "%{http_code} %{redirect_url}", "-o", "/dev/null", "\(site)//sub")
                    == "301 \(site)/sub/")
        }
    }

    @Test(arguments: [
        "/none", "/out", "/etc/passwd", "/etc/", "/up/", "/../etc/passwd", "/%2e%2e/etc/passwd",
        "/sub/%2E%2E/%2E%2E/etc/passwd", "/..%2fetc%2fpasswd", "/.git/config", "/list/.hidden",
        "/plain.txt/", "/%252e%252e/etc/passwd", "/sub/../plain.txt",
    ])
    func `has nothing that is not in the folder`(path: String) throws {
        try serving { (site, _) throws in
            #expect(
                try curl("--path-as-is", "-w", "%{http_code}", "-o", "/dev/null", site + path)
                    == "404")
        }
    }

    @Test(arguments: [
        (["-X", "POST", "-d", "x"], "/plain.txt", "405"), ([], "/%00", "400"),
        ([], "/%ff", "400"), ([], "/" + String(repeating: "a", count: 9000), "414"),
        (["-H", "X: " + String(repeating: "a", count: 9000)], "/plain.txt", "431"),
        (["-H", "Host;"], "/plain.txt", "200"), (["-H", "Host:"], "/plain.txt", "400"),
        (["-H", "bad name: x"], "/plain.txt", "400"),
    ])
    func `says what is wrong with a request`(
        options: [String], path: String, status: String
    ) throws {
        try serving { (site, _) throws in
            let line = ["-w", "%{http_code}", "-o", "/dev/null"] + options + [site + path]
            #expect(try curl(line) == status)
        }
    }

    @Test func `answers several requests on one connection`() throws {
        try serving { (site, _) throws in
            let format = "%{num_connects} "
            let output = try curl(
                "-w", format, "-o", "/dev/null", "-o", "/dev/null", "-o", "/dev/null",
                "\(site)/plain.txt", "\(site)/none", "\(site)/empty")
            #expect(output == "1 0 0 ")
            let old = try curl(
                "--http1.0", "-w", format, "-o", "/dev/null", "-o", "/dev/null",
                "\(site)/plain.txt", "\(site)/empty")
            #expect(old == "1 1 ")
        }
    }

    @Test func `says what is wrong with its arguments`() throws {
        let address = try Tool(["serve", "--listen", "nowhere"])
        let folder = try Tool(["serve", "/does/not/exist", "--listen", "127.0.0.1:0"])

        #expect(address.status != 0 && address.errors.contains("it has no port"))
        #expect(folder.status != 0 && folder.errors.contains("/does/not/exist"))
    }
}
