// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import GeventTool

@Suite(.tags(.slow)) struct TourCommandTests {
    /// A folder with the tool, and with a script in the place of each program of the tour.
    private func folder(
        without missing: String? = nil, script: (String) -> String
    ) throws -> Scratch {
        let scratch = try Scratch()
        try FileManager.default.copyItem(
            atPath: Tool.folder.appendingPathComponent("gevent").path,
            toPath: "\(scratch.path)/gevent")
        for name in Guide.useCases.flatMap(\.programs) where name != missing {
            try scratch.put("#!/bin/sh\n\(script(name))\n", at: name)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: "\(scratch.path)/\(name)")
        }
        return scratch
    }

    private static let headings = Guide.useCases.enumerated().map { index, useCase in
        "\(index + 1). \(useCase.title)"
    }

    @Test func `runs every use case of the guide, in its order`() throws {
        let tool = try Tool(["tour", "--fast"])

        #expect(tool.status == 0)
        #expect(tool.errors == "")
        let lines = tool.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.filter { Self.headings.contains("\($0)") } == Self.headings.map { $0[...] })
        let programs = lines.filter { $0.hasPrefix("Snippets/") }
        #expect(
            programs == Guide.useCases.flatMap(\.programs).map { "Snippets/\($0).swift:" })
        #expect(
            tool.output.hasPrefix(
                """
                1. Spawn, sleep and join
                ------------------------
                Snippets/01-SpawnAndJoin.swift:

                test1.start
                test2.start
                test1.end
                test2.end

                2. The patch, and looking up names
                ----------------------------------
                Snippets/02-LookUpNames.swift:

                """))
    }

    @Test(arguments: [(["tour"], "[]"), (["tour", "--fast"], "[--fast]")])
    func `hands the wish for short sleeps on`(arguments: [String], given: String) throws {
        let scratch = try folder { "echo \"\($0) [$*]\"" }

        let tool = try Tool(arguments, in: scratch.path)

        let lines = tool.output.split(separator: "\n").filter { $0.hasSuffix("]") }
        #expect(tool.status == 0)
        #expect(lines == Guide.useCases.flatMap(\.programs).map { "\($0) \(given)" })
    }

    @Test func `goes on after a program that fails, and says so at the end`() throws {
        let scratch = try folder { name in
            switch name {
            case "03-GreenletState": "exit 3"
            case "11-Queue": "kill -9 $$"
            default: "echo ran"
            }
        }

        let tool = try Tool(["tour"], in: scratch.path)

        #expect(tool.status == 1)
        #expect(
            tool.errors
                == "gevent: 03-GreenletState ended with status 3; 11-Queue ended with status -9\n")
        #expect(tool.output.split(separator: "\n").count { $0 == "ran" } == 12)
    }

    @Test func `says which programs are not there, and runs none`() throws {
        let scratch = try folder(without: "07-Event") { _ in "echo ran" }

        let tool = try Tool(["tour"], in: scratch.path)

        #expect(tool.status == 1)
        #expect(tool.output == "")
        #expect(
            tool.errors == """
                gevent: these programs of the tour are not beside this one: 07-Event
                Build all of the package with `swift build`, for which there must be no --product.

                """)
    }

    @Test func `is named by the help, beside the other commands`() throws {
        let tool = try Tool(["--help"])

        #expect(tool.status == 0)
        let names = tool.output.split(separator: "\n").compactMap { $0.split(separator: " ").first }
        #expect(names.filter { ["tour", "get", "demo"].contains($0) } == ["tour", "get", "demo"])
    }
}
