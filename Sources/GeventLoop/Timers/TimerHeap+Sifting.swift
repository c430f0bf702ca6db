// SPDX-License-Identifier: Apache-2.0

// SAFETY, for the whole file: places are below `size`, and the nodes of the entries there are kept
// alive by their owners. `TimerHeap.swift` is the only caller and keeps that.
extension TimerHeap {
    /// Puts an entry at a place or above it, moving down those that fire later.
    @inline(__always)
    func siftUp(_ entry: TimerEntry, from place: Int) {
        let entries = unsafe entries
        var hole = place
        while hole > 0 {
            let parent = (hole &- 1) >> 2
            let above = unsafe entries[parent]
            guard entry.precedes(above) else { break }
            put(above, at: hole)
            hole = parent
        }
        put(entry, at: hole)
    }

    /// Fills a hole with an entry that may belong above or below it.
    ///
    /// The hole first sinks to the bottom, then the entry rises from there: the entry comes from the
    /// bottom and nearly always belongs there, so this saves comparing it at each level.
    @inline(__always)
    func refill(_ place: Int, with entry: TimerEntry) {
        let entries = unsafe entries
        let count = size
        var hole = place
        while true {
            let first = hole &* 4 &+ 1
            guard first &+ 3 < count else {
                let last = unsafe sinkToLast(hole, first, entries)
                siftUp(entry, from: last)
                return
            }
            let child = unsafe Self.firstOfFour(entries, first)
            put(unsafe entries[child], at: hole)
            hole = child
        }
    }

    /// The end of a sinking, where fewer than four children are left.
    private func sinkToLast(
        _ hole: Int, _ first: Int, _ entries: UnsafeMutablePointer<TimerEntry>
    ) -> Int {
        guard first < size else { return hole }
        var child = first
        for other in first..<min(first &+ 4, size) {
            if unsafe entries[other].precedes(entries[child]) { child = other }
        }
        put(unsafe entries[child], at: hole)
        return child
    }

    /// Which of four neighbours fires first, in two rounds that do not depend on each other.
    @inline(__always)
    private static func firstOfFour(
        _ entries: UnsafeMutablePointer<TimerEntry>, _ first: Int
    ) -> Int {
        let left = unsafe first &+ (entries[first &+ 1].precedes(entries[first]) ? 1 : 0)
        let right = unsafe first &+ (entries[first &+ 3].precedes(entries[first &+ 2]) ? 3 : 2)
        return unsafe entries[right].precedes(entries[left]) ? right : left
    }

    @inline(__always)
    private func put(_ entry: TimerEntry, at place: Int) {
        unsafe entries[place] = entry
        unsafe entry.node.pointee.place = UInt32(truncatingIfNeeded: place)
    }
}
