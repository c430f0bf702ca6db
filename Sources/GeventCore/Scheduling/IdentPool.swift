// SPDX-License-Identifier: Apache-2.0

/// Small numbers, the smallest free one first.
struct IdentPool {
    private var free: [Int] = []
    private var next = 0

    mutating func take() -> Int {
        guard let smallest = free.popLast() else {
            next += 1
            return next - 1
        }
        return smallest
    }

    mutating func give(back ident: Int) {
        // Kept with the smallest at the end.
        var low = 0
        var high = free.count
        while low < high {
            let middle = (low + high) / 2
            if free[middle] > ident { low = middle + 1 } else { high = middle }
        }
        free.insert(ident, at: low)
    }
}
