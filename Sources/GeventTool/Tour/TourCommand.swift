// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// Runs every use case of the guide.
struct TourCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tour",
        abstract: "Runs every use case of the guide, in its order.",
        discussion: """
            Each one is a small program of its own; read it below Snippets in the repository while \
            it runs.
            """)

    @Flag(help: "Shorten the sleeps from seconds to milliseconds.")
    var fast = false

    func run() throws {
        let folder = try SnippetFolder()
        let missing = folder.missing(of: Guide.useCases.flatMap(\.programs))
        guard missing.isEmpty else {
            Terminal.writeError(
                """
                gevent: these programs of the tour are not beside this one: \
                \(missing.joined(separator: ", "))
                Build all of the package with `swift build`, for which there must be no --product.

                """)
            throw ExitCode.failure
        }
        var failed: [String] = []
        for (index, useCase) in Guide.useCases.enumerated() {
            let heading = "\(index + 1). \(useCase.title)"
            print(
                "\(index == 0 ? "" : "\n")\(heading)\n\(String(repeating: "-", count: heading.count))"
            )
            for program in useCase.programs {
                print("Snippets/\(program).swift:\n")
                let status = try folder.run(program, fast ? ["--fast"] : [])
                if status != 0 { failed.append("\(program) ended with status \(status)") }
            }
        }
        guard failed.isEmpty else {
            Terminal.writeError("gevent: \(failed.joined(separator: "; "))\n")
            throw ExitCode.failure
        }
    }
}
