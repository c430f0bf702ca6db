// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch

/// What has greenlets of one hub as members, and lets them go when they have ended.
package protocol GreenletCollection: AnyObject {
    /// Called on the hub's thread when a member has ended, before those who wait for its end are woken.
    ///
    /// It must not wait. Until the collection ends the membership, the greenlet is a member.
    func memberHasEnded(_ member: Membership)
}

/// That a greenlet is a member of a collection: both know it, so that neither has to search.
///
/// Of the hub's thread, but for the collection, which may go anywhere: it must have ended all of its
/// memberships by then.
package final class Membership {
    /// The member; `nil` once it has left.
    @exclusivity(unchecked) package fileprivate(set) var greenlet: AnyGreenlet?
    /// Whether the collection has killed it.
    @exclusivity(unchecked) package var isDying = false
    /// The next one of the collection.
    @exclusivity(unchecked) package var next: Membership?
    // SAFETY: the collection that has this one has that before it as well.
    /// The one before it of the collection.
    @exclusivity(unchecked) package unowned(unsafe) var previous: Membership?

    private weak var collection: (any GreenletCollection)?
    @exclusivity(unchecked) private var nextOfGreenlet: Membership?

    /// Makes `greenlet` a member, in its own eyes; the collection keeps what is made.
    ///
    /// - Precondition: It is a greenlet of this thread's hub.
    package init(of greenlet: AnyGreenlet, in collection: any GreenletCollection) {
        unsafe self.greenlet = greenlet
        self.collection = collection
        unsafe nextOfGreenlet = Self.takeAll(of: greenlet)
        Self.setAll(of: greenlet, to: self)
    }

    /// That of `greenlet` in `collection`; `nil` if it is no member.
    ///
    /// - Complexity: O(*n*) in the collections that it is a member of.
    package static func of(
        _ greenlet: AnyGreenlet, in collection: any GreenletCollection
    ) -> Membership? {
        guard greenlet.isOfThisHub, var candidate = first(of: greenlet) else { return nil }
        while candidate.collection !== collection {
            guard let next = unsafe candidate.nextOfGreenlet else { return nil }
            candidate = next
        }
        return candidate
    }

    /// Ends the membership in the greenlet's eyes; the collection has let go of it, or is about to.
    package func end() {
        guard let greenlet = unsafe greenlet.take() else { return }
        guard let first = Self.takeAll(of: greenlet) else { return }
        if first === self { return Self.setAll(of: greenlet, to: unsafe nextOfGreenlet.take()) }
        Self.setAll(of: greenlet, to: first)
        var before = first
        while let next = unsafe before.nextOfGreenlet {
            if next === self {
                unsafe before.nextOfGreenlet = nextOfGreenlet.take()
                return
            }
            before = next
        }
    }

    /// Lets go of the greenlet as the collection goes, on whatever thread that is.
    ///
    /// The greenlet keeps what is left of it until it ends.
    package func abandon() { unsafe greenlet = nil }

    /// Tells all whose member `greenlet` was that it has ended.
    static func endAll(of greenlet: AnyGreenlet) {
        var rest = first(of: greenlet)
        while let member = rest {
            rest = unsafe member.nextOfGreenlet
            member.collection?.memberHasEnded(member)
        }
    }

    /// Lets go of what collections have left that went before it.
    static func forgetAll(of greenlet: AnyGreenlet) {
        var rest = takeAll(of: greenlet)
        while let member = rest { rest = unsafe member.nextOfGreenlet.take() }
    }

    private static func first(of greenlet: AnyGreenlet) -> Membership? {
        guard let first = unsafe greenlet.node.pointee.memberships else { return nil }
        // SAFETY: `setAll` retained it.
        return unsafe Unmanaged<Membership>.fromOpaque(first).takeUnretainedValue()
    }

    private static func takeAll(of greenlet: AnyGreenlet) -> Membership? {
        guard let first = unsafe greenlet.node.pointee.memberships else { return nil }
        unsafe greenlet.node.pointee.memberships = nil
        // SAFETY: balances the retain of `setAll`.
        return unsafe Unmanaged<Membership>.fromOpaque(first).takeRetainedValue()
    }

    private static func setAll(of greenlet: AnyGreenlet, to first: Membership?) {
        // SAFETY: `takeAll` takes it back, at the latest when the greenlet's object goes.
        unsafe greenlet.node.pointee.memberships = first.map {
            unsafe Unmanaged.passRetained($0).toOpaque()
        }
    }
}
