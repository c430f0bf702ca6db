// SPDX-License-Identifier: Apache-2.0
internal import GeventSystem

/// What a resolver can be asked and remember.
enum NameQuestion: Hashable, Sendable {
    case addresses(String, SocketAddress.Family?)
    case name(SocketAddress)
    case records(String, NameRecord.Kind)
}

/// What is remembered.
enum NameAnswer: Sendable {
    case addresses([SocketAddress])
    case name(String)
    case records([NameRecord])
}

/// Answers up to a number and a time; the one that was asked for least recently makes room.
struct NameCache: Sendable {
    private struct Entry {
        var answer: NameAnswer
        var end: UInt64
        var newer: NameQuestion?
        var older: NameQuestion?
    }

    private let capacity: Int
    private var entries: [NameQuestion: Entry] = [:]
    private var newest: NameQuestion?
    private var oldest: NameQuestion?

    init(capacity: Int) {
        self.capacity = capacity
    }

    var count: Int { entries.count }

    /// The answer, unless its time is over: then it is forgotten.
    mutating func answer(to question: NameQuestion, now: UInt64) -> NameAnswer? {
        guard let entry = take(question), now < entry.end else { return nil }
        put(entry, for: question)
        return entry.answer
    }

    mutating func remember(_ answer: NameAnswer, to question: NameQuestion, until end: UInt64) {
        _ = take(question)
        put(Entry(answer: answer, end: end), for: question)
        if entries.count > capacity, let oldest { _ = take(oldest) }
    }

    mutating func removeAll() {
        entries = [:]
        (newest, oldest) = (nil, nil)
    }

    private mutating func put(_ entry: Entry, for question: NameQuestion) {
        var entry = entry
        (entry.newer, entry.older) = (nil, newest)
        if let newest { entries[newest]?.newer = question }
        entries[question] = entry
        newest = question
        if oldest == nil { oldest = question }
    }

    private mutating func take(_ question: NameQuestion) -> Entry? {
        guard let entry = entries.removeValue(forKey: question) else { return nil }
        if let newer = entry.newer {
            entries[newer]?.older = entry.older
        } else {
            newest = entry.older
        }
        if let older = entry.older {
            entries[older]?.newer = entry.newer
        } else {
            oldest = entry.newer
        }
        return entry
    }
}
