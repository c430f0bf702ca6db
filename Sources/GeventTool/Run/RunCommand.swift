// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import GeventMonkey

/// Runs another program with its blocking calls patched.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs a program whose blocking calls let other greenlets run.",
        discussion: """
            The program is any that is linked dynamically: gevent run --threads --verbose pigz -k \
            file. It runs in this very process, so signals, the terminal and the exit status are \
            its own. A script is run by its interpreter, which is what is patched.
            """)

    @Option(
        help: ArgumentHelp(
            "Which calls, with commas between them: \(Self.areaNames). Default: all but threads.",
            valueName: "areas"))
    var only: [String] = []

    @Flag(help: "Threads that the program's first thread makes become greenlets.")
    var threads = false

    @Flag(help: "Programs that this one starts are patched, too.")
    var children = false

    @Flag(help: "Says on standard error what was patched.")
    var verbose = false

    @Argument(
        parsing: .captureForPassthrough, help: "The program, and what it is given.")
    var program: [String] = []

    private static var areaNames: String {
        Monkey.Area.allCases.map(\.rawValue).joined(separator: ", ")
    }

    /// The program and its arguments, without what only ends our own options.
    var words: [String] { program.first == "--" ? Array(program.dropFirst()) : program }

    /// The areas that are asked for.
    func areas() throws -> Set<Monkey.Area> {
        var areas = Set<Monkey.Area>()
        for name in only.flatMap({ $0.split(separator: ",") }) {
            guard let area = Monkey.Area(rawValue: String(name)) else {
                throw ValidationError(
                    "There is no area \"\(name)\"; there are \(Self.areaNames).")
            }
            areas.insert(area)
        }
        if only.isEmpty { areas = .default }
        return threads ? areas.union([.threads]) : areas
    }

    func validate() throws {
        _ = try areas()
        guard let first = words.first else { throw ValidationError("Which program is to be run?") }
        if ["--help", "-h"].contains(first) { throw CleanExit.helpRequest(self) }
        guard !first.hasPrefix("-") else {
            throw ValidationError("\"\(first)\" is no option of gevent run.")
        }
    }

    func run() throws {
        let target: RunTarget
        let library: String
        do {
            target = try RunTarget(words)
            library = try PreloadLibrary.path()
        } catch {
            throw ValidationError("\(error)")
        }
        var variables = ProcessInfo.processInfo.environment
        let others = variables["LD_PRELOAD"].flatMap { $0.isEmpty ? nil : $0 }
        variables["LD_PRELOAD"] = others.map { "\(library):\($0)" } ?? library
        variables["GEVENT_RUN_AREAS"] = try areas().map(\.rawValue).sorted().joined(separator: ",")
        variables["GEVENT_RUN_VERBOSE"] = verbose ? "1" : nil
        variables["GEVENT_RUN_CHILDREN"] = children ? "1" : nil
        let error = target.replaceThisProcess(variables: variables)
        throw ValidationError("\(target.path) cannot be run: \(error)")
    }
}
