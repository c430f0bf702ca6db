// SPDX-License-Identifier: Apache-2.0

/// An error that nobody collected.
public struct Failure: Error, Sendable, CustomStringConvertible {
    /// What failed, as the greenlet's name or in words.
    public let context: String
    /// What it threw.
    public let error: any Error
    /// Where the greenlet was spawned.
    public let spawnSite: String?

    /// Notes what `context` threw.
    package init(context: String, error: any Error, spawnSite: String?) {
        self.context = context
        self.error = error
        self.spawnSite = spawnSite
    }

    /// What failed, why, and where it came from.
    public var description: String {
        let place = spawnSite.map { ", spawned at \($0)," } ?? ""
        return "\(context)\(place) failed with \(type(of: error)): \(error)"
    }
}
