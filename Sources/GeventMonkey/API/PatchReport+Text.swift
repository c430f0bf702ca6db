// SPDX-License-Identifier: Apache-2.0

extension PatchReport: CustomStringConvertible {
    /// A line in sum, a line for each patched object, and a line for each that was left alone.
    public var description: String {
        ([summary] + patchedLines + skippedLines).joined(separator: "\n")
    }

    private var summary: String {
        let names = Set(calls.map(\.name)).count
        var text = "\(names) calls in \(objects.count) objects, \(slots) slots, \(newSlots) new"
        text += areas.isEmpty ? "; no areas" : "; areas: \(areas.names)"
        if !vetoed.isEmpty { text += "; vetoed: \(vetoed.names)" }
        return text
    }

    private var patchedLines: [String] {
        let byObject = Dictionary(grouping: calls, by: \.object)
        return lines(
            objects.map { object in
                let made = byObject[object] ?? []
                let slots = made.reduce(0) { $0 + $1.slots }
                return (object, "\(slots) slots: " + made.map(\.name).joined(separator: " "))
            })
    }

    private var skippedLines: [String] {
        lines(
            skipped.map { left in
                let call = left.call.map { "\($0) " } ?? ""
                return (left.object, "\(call)left alone: \(left.reason)")
            })
    }

    private func lines(_ rows: [(String, String)]) -> [String] {
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { object, text in
            "  " + object + String(repeating: " ", count: width - object.count + 2) + text
        }
    }
}

extension PatchReport.Reason: CustomStringConvertible {
    /// In a few words, to follow "left alone:".
    public var description: String {
        switch self {
        case .runtime: "the C library or a runtime"
        case .filtered: "not asked for"
        case .ownFunction: "not the C library's function"
        case .protected(let error): "\(error)"
        case .nothingToPatch: "makes none of these calls"
        }
    }
}
