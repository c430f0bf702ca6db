// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The regular files below a folder: those that git knows of, or else all but git's and the build's
/// own.
struct FileList {
    /// The folder.
    let root: String
    /// The paths of the files, relative to the folder, in order.
    let paths: [String]

    /// Lists what is below `root`.
    init(of root: String) throws {
        var isFolder: ObjCBool = false
        // SAFETY: the flag is a local's and written during the call only.
        guard unsafe FileManager.default.fileExists(atPath: root, isDirectory: &isFolder),
            isFolder.boolValue
        else { throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: root]) }
        self.root = root
        let candidates = Self.known(to: "git", in: root) ?? Self.walk(root)
        paths = candidates.filter { Self.isRegular("\(root)/\($0)") }.sorted()
    }

    /// The path of a file of the list.
    func location(of path: String) -> String { "\(root)/\(path)" }

    private static func known(to git: String, in root: String) -> [String]? {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [git, "-C", root, "ls-files", "-z"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil,
            let output = try? pipe.fileHandleForReading.readToEnd() ?? Data()
        else { return nil }
        process.waitUntilExit()
        guard process.terminationStatus == 0, !output.isEmpty else { return nil }
        return output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func walk(_ root: String) -> [String] {
        guard let found = FileManager.default.enumerator(atPath: root) else { return [] }
        var paths: [String] = []
        while let path = found.nextObject() as? String {
            let name = (path as NSString).lastPathComponent
            if name == ".git" || name.hasPrefix(".build") {
                found.skipDescendants()
            } else {
                paths.append(path)
            }
        }
        return paths
    }

    // A link could lead out of the folder; it is no regular file itself.
    private static func isRegular(_ path: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return attributes?[.type] as? FileAttributeType == .typeRegular
    }
}
