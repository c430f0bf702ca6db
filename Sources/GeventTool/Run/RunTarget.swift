// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A program with its arguments, known to be one that can be patched.
struct RunTarget {
    /// Its file.
    let path: String
    /// How it is called, and what with.
    let words: [String]

    /// Looks for the program as a shell does, and into it.
    ///
    /// - Throws: ``RunError``, if it is not there, or cannot be patched.
    init(_ words: [String]) throws {
        let path = try Self.find(words.first ?? "")
        // `env` would start another program, and only itself be patched.
        if case .script(let interpreter, let name?) = ProgramKind(path),
            interpreter.hasSuffix("/env")
        {
            guard !name.contains(where: { $0 == "-" || $0 == "=" || $0 == " " }) else {
                throw RunError("\(path) is a script for env \(name): name its program instead")
            }
            self.words = [name, path] + words.dropFirst()
            self.path = try Self.find(name)
        } else {
            self.words = words
            self.path = path
        }
        try Self.check(self.path, depth: 0)
    }

    /// Becomes the program; returns only why it could not.
    func replaceThisProcess(variables: [String: String]) -> String {
        var arguments = unsafe words.map { unsafe strdup($0) }
        var environment = unsafe variables.map { unsafe strdup("\($0.key)=\($0.value)") }
        unsafe arguments.append(nil)
        unsafe environment.append(nil)
        // SAFETY: both lists end with nil, and their texts are never freed.
        unsafe execve(path, arguments, environment)
        return unsafe String(cString: strerror(errno))
    }

    private static func find(_ name: String) throws -> String {
        let manager = FileManager.default
        if name.contains("/") {
            guard manager.fileExists(atPath: name) else { throw RunError("there is no \(name)") }
            guard isProgram(name) else { throw RunError("\(name) is no program that may be run") }
            return name
        }
        let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let places = folders.split(separator: ":", omittingEmptySubsequences: false)
            .map { ($0.isEmpty ? "." : String($0)) + "/" + name }
        guard let path = places.first(where: isProgram) else {
            throw RunError("there is no program \(name) in the folders of PATH")
        }
        return path
    }

    private static func isProgram(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        let manager = FileManager.default
        return unsafe manager.fileExists(atPath: path, isDirectory: &isFolder)
            && !isFolder.boolValue
            && manager.isExecutableFile(atPath: path)
    }

    private static func check(_ path: String, depth: Int) throws {
        try checkRights(path)
        switch ProgramKind(path) {
        case .dynamic: return
        case .static:
            throw RunError(
                "\(path) is linked statically: there are no tables of calls to patch, and nothing "
                    + "can be preloaded into it")
        case .foreign(let why):
            throw RunError("\(path) cannot be patched: \(why)")
        case .script(let interpreter, _):
            // The system follows four.
            guard depth < 4 else { throw RunError("\(path) is a script of too many scripts") }
            guard isProgram(interpreter) else {
                throw RunError("\(path) is a script for \(interpreter), which is no program")
            }
            try check(interpreter, depth: depth + 1)
        }
    }

    private static func checkRights(_ path: String) throws {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { throw RunError("\(path) cannot be looked at") }
        let user = status.st_mode & S_ISUID != 0 ? status.st_uid : getuid()
        let group = status.st_mode & S_ISGID != 0 ? status.st_gid : getgid()
        // The dynamic linker takes no libraries from the user of such a program (ld.so(8)).
        guard user != getuid() || group != getgid() || (getuid() != 0 && hasCapabilities(path))
        else {
            return
        }
        throw RunError(
            "\(path) runs with the rights of another user (setuid, setgid or capabilities): nothing "
                + "can be preloaded into it")
    }
    private static func hasCapabilities(_ path: String) -> Bool {
        typealias Function =
            @convention(c) (
                UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafeMutableRawPointer?, Int
            ) -> Int
        // Swift's module of the C library does not have it.
        guard let address = unsafe dlsym(nil, "getxattr") else { return false }
        // SAFETY: the type is the call's own, getxattr(2); no room is given, so nothing is written.
        let getxattr = unsafe unsafeBitCast(address, to: Function.self)
        return unsafe getxattr(path, "security.capability", nil, 0) > 0
    }
}
