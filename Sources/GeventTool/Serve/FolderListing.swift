// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A page that lists what is in a folder.
struct FolderListing {
    /// The page, in HTML.
    let page: String

    /// Lists `folder`, which was asked for as `path`.
    init(_ folder: OpenFile, at path: String) throws {
        let place = try folder.location
        let names = try FileManager.default.contentsOfDirectory(atPath: place)
            .filter { !$0.hasPrefix(".") }.sorted()
        let lines = names.map { name in
            var isFolder: ObjCBool = false
            // SAFETY: the flag is a local's and written during the call only.
            _ = unsafe FileManager.default.fileExists(
                atPath: "\(place)/\(name)", isDirectory: &isFolder)
            let end = isFolder.boolValue ? "/" : ""
            // With ./ in front no name looks like a scheme.
            return "<li><a href=\"./\(Self.encoded(name))\(end)\">\(Self.escaped(name))\(end)</a>"
        }
        let title = Self.escaped(path)
        page = """
            <!doctype html>
            <meta charset="utf-8">
            <title>\(title)</title>
            <h1>\(title)</h1>
            <ul>
            \(lines.joined(separator: "\n"))
            </ul>

            """
    }

    /// A path with everything percent-encoded but slashes and what needs it nowhere, without empty
    /// parts.
    static func encoded(_ path: String) -> String {
        let plain = CharacterSet(
            charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        return path.split(separator: "/").map {
            $0.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
        }.joined(separator: "/")
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
}
