// SPDX-License-Identifier: Apache-2.0

/// The names of downloaded files: none twice, and none that leaves the folder.
struct FileNames {
    private var taken: Set<String> = []

    /// A name for what is downloaded from `address`.
    mutating func next(for address: HTTPAddress) -> String {
        let name = Self.safeName(address.path)
        var candidate = name
        var number = 1
        while !taken.insert(candidate).inserted {
            number += 1
            candidate = "\(name).\(number)"
        }
        return candidate
    }

    // An address is somebody else's text: it must not name a hidden file, nor one elsewhere.
    private static func safeName(_ path: String) -> String {
        let last = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        var name = String(
            last.map { $0.isLetter || $0.isNumber || "-_.+ ".contains($0) ? $0 : "_" })
        while name.utf8.count > 200 { name.removeLast() }
        if name.hasPrefix(".") { name = "_" + name.dropFirst() }
        return name.isEmpty ? "index.html" : name
    }
}
