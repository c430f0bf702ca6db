// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A folder whose files may be asked for.
struct StaticSite {
    /// What a path leads to.
    enum Page {
        /// An open file.
        case file(OpenFile)
        /// A folder, asked for by its own path.
        case folder(OpenFile)
        /// A folder whose path lacks the slash at its end.
        case folderWithoutSlash
        /// Nothing that may be asked for.
        case nothing
    }

    /// The folder's own path, without links.
    let root: String

    /// Serves the folder at `path`.
    init(_ path: String) throws {
        let folder = try OpenFile(path)
        guard folder.kind == .folder else {
            throw CocoaError(.fileReadUnknown, userInfo: [NSFilePathErrorKey: path])
        }
        root = try folder.location
    }

    /// Finds what is asked for.
    ///
    /// The path is opened first and then looked at, so that a link that is changed meanwhile leads
    /// nowhere else.
    ///
    /// - Parameter path: The path, its percent-encoding undone.
    /// - Returns: What is there.
    func page(at path: String) -> Page {
        let names = path.split(separator: "/").filter { $0 != "." }
        if names.contains(where: { $0.hasPrefix(".") }) { return .nothing }
        let inner = ([root] + names.map(String.init)).joined(separator: "/")
        guard let file = try? OpenFile(inner), let location = try? file.location,
            isInside(location)
        else { return .nothing }
        switch file.kind {
        case .regular: return path.hasSuffix("/") ? .nothing : .file(file)
        case .folder where !path.hasSuffix("/"): return .folderWithoutSlash
        case .folder: return index(of: path) ?? .folder(file)
        case .other: return .nothing
        }
    }

    private func index(of path: String) -> Page? {
        guard case .file(let file) = page(at: path + "index.html") else { return nil }
        return .file(file)
    }

    // Bytes are compared: equal texts can be different files.
    private func isInside(_ location: String) -> Bool {
        let folder = Array(root == "/" ? "/".utf8 : "\(root)/".utf8)
        return location.utf8.elementsEqual(root.utf8) || location.utf8.starts(with: folder)
    }
}
