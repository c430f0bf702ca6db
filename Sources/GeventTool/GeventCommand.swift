// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// The tool's entry: picks the subcommand.
@main
struct GeventCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gevent",
        abstract: """
            Greenlets for Swift: a guided tour, a downloader, small servers and a demonstration.
            """,
        version: "0.0.0 (no version has been tagged)",
        subcommands: [
            TourCommand.self, GetCommand.self, ServeCommand.self, ForwardCommand.self,
            DemoCommand.self, RunCommand.self,
        ])
}
