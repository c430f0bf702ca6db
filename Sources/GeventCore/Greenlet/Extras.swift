// SPDX-License-Identifier: Apache-2.0
internal import GeventSystem

/// What a greenlet has beside its record, once something asks for it.
///
/// Other threads may ask for its name, its number and its links: those are under the lock of the line
/// of joiners, and so is the making of it.
@safe final class Extras {
    var name: String?
    private(set) var ident: Int?
    var links = ReadyLinks()
    var delayedStart: HubTimer?
    var localStores: [ObjectIdentifier: any GreenletStore] = [:]
    private var nameBytes: UnsafeMutablePointer<CChar>?

    /// Keeps `name` where a signal handler can read it, and returns its address.
    func publishName(_ name: String) -> UnsafePointer<CChar>? {
        self.name = name
        // The bytes of an earlier name are kept: a report may be reading them.
        let bytes = Array(name.utf8.prefix(200)) + [0]
        let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
        for (index, byte) in bytes.enumerated() { unsafe copy[index] = CChar(bitPattern: byte) }
        freeName()
        unsafe nameBytes = copy
        return unsafe UnsafePointer(copy)
    }

    func freeName() {
        unsafe nameBytes?.deallocate()
        unsafe nameBytes = nil
    }

    func assignIdent(_ ident: Int?) { self.ident = ident }
}

/// Something that keeps values by greenlet, and lets go of those of a greenlet that has ended.
package protocol GreenletStore: AnyObject {
    /// Forgets what it holds for this greenlet.
    func forget(_ greenlet: ObjectIdentifier)
}

/// Values shared by all greenlets of one spawn tree.
final class SpawnTree {
    var locals: [String: Any] = [:]
}
