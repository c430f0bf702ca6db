// SPDX-License-Identifier: Apache-2.0

extension BlockedReport: CustomStringConvertible {
    /// The report for people: one line if it is over, else with the stack.
    public var description: String {
        let held = "\(greenlet) of hub \(hub) (thread \(thread))"
        if stage == .ended { return "\(held) has let go, after \(seconds) in all" }
        var lines = ["\(held) has held it for \(seconds)"]
        if let spawnSite { lines[0] += ", spawned at \(spawnSite)" }
        lines.append("  it \(place)")
        lines.append("  to do: \(advice)")
        lines += stack.enumerated().map { "  \($0) \($1)" }
        if stack.count < 2 { lines.append("  its thread did not tell how it came there") }
        return lines.joined(separator: "\n")
    }

    /// What would help, in words.
    public var advice: String {
        if greenlet == Self.callback {
            return "a callback keeps everybody waiting; spawn a greenlet in it for what takes long"
        }
        return switch activity {
        case .computing: "yield with sleep(.zero) now and then, or compute on another thread"
        case .waiting:
            "patch the call (GeventMonkey), use what waits like a greenlet, or call it on another thread"
        case .loadingMemory: "use less memory, or load it on another thread"
        case .unknown: "yield now and then; let other threads do what blocks"
        }
    }

    /// What a hub's callback is called in place of a greenlet's name.
    static let callback = "a callback"

    private var seconds: String {
        let parts = duration.components
        let milliseconds = parts.seconds * 1000 + parts.attoseconds / 1_000_000_000_000_000
        return "\(milliseconds) ms"
    }

    private var place: String {
        var text =
            switch activity {
            case .computing: "runs on the processor"
            case .waiting(let name):
                name.map { "waits in the system call \($0)" } ?? "waits in a system call"
            case .loadingMemory: "waits for memory"
            case .unknown: "does something that the kernel does not tell"
            }
        if let call { text += ", in \(call)" }
        if let library {
            let file = library.split(separator: "/").last.map(String.init) ?? library
            text += call == nil ? ", in \(file)" : ", called by \(file)"
        }
        if let function { text += " (\(function))" }
        return text
    }
}

extension BlockedReport.Frame: CustomStringConvertible {
    /// The function or the offset, and the object.
    public var description: String {
        let file = object?.split(separator: "/").last.map(String.init) ?? "?"
        guard let function else { return "\(file) + 0x\(String(objectOffset, radix: 16))" }
        return "\(function) + \(functionOffset) in \(file) + 0x\(String(objectOffset, radix: 16))"
    }
}
