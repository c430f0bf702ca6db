// SPDX-License-Identifier: Apache-2.0

/// Objects that ought to go, looked at without keeping them.
struct Remains {
    private struct Place {
        weak var object: AnyObject?
    }

    private var places: [Place] = []

    /// How many were noted.
    var noted: Int { places.count }

    /// How many of them are still there.
    var living: Int { places.count { $0.object != nil } }

    /// Notes one more.
    mutating func note(_ object: AnyObject) { places.append(Place(object: object)) }
}
