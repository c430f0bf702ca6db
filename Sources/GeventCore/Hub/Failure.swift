// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventSystem

/// An error that nobody collected.
public struct Failure: Error, Sendable, CustomStringConvertible {
    /// What failed, as the greenlet's name or in words.
    public let context: String
    /// What it threw.
    public let error: any Error
    /// Where the greenlet was spawned.
    public let spawnSite: String?

    /// What failed, why, and where it came from.
    public var description: String {
        let place = spawnSite.map { ", spawned at \($0)," } ?? ""
        return "\(context)\(place) failed with \(type(of: error)): \(error)"
    }
}

extension Hub {
    /// Hands `failure` to the error handler, which may be the user's and may throw.
    func report(_ failure: Failure) {
        failureCount += 1
        do { try errorHandler(failure) } catch {
            StandardError.write("gevent: \(failure)\ngevent: the error handler failed with \(error)\n")
        }
    }
}

extension AnyGreenlet {
    /// Called when the last reference goes: an error that was never looked at is made known.
    final func reportUncollected() {
        guard let failure = unsafe failure, has(GV_WAS_FAILED), !has(GV_IS_OBSERVED) else { return }
        let name = unsafe extras?.name ?? extras?.ident.map { "Greenlet-\($0)" } ?? "a greenlet"
        let report = unsafe Failure(context: name, error: failure, spawnSite: SpawnSite.text(node))
        // The last reference may go on another thread, and after the hub.
        guard let hub = unsafe gv_hub_here(), unsafe hub == node.pointee.hub, unsafe hub.pointee.owner != nil else {
            return StandardError.write("gevent: \(report)\n")
        }
        unsafe Hub.of(hub).report(report)
    }

    /// The hub that it belongs to; only its own thread asks.
    @inline(__always) final var ownHub: Hub { unsafe Hub.of(node.pointee.hub) }

    final func requireOwnThread(_ what: String) {
        precondition(unsafe node.pointee.hub == gv_hub_here(), "\(what) on the thread of its hub")
    }
}
