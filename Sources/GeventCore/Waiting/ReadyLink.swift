// SPDX-License-Identifier: Apache-2.0

/// A function to be called once, when something has become ready.
package struct ReadyLink {
    /// What takes it back.
    package let token: LinkToken
    /// Starts the call, on whatever thread; called outside of any lock.
    package let start: () -> Void

    /// One that the hub of this thread calls, in its turn; nothing if that has closed by then.
    ///
    /// - Parameters:
    ///   - owner: Whose link it is, kept from the start to the call.
    ///   - callback: What is called. It must not keep the owner, which keeps the link.
    /// - Returns: The link, to be kept by the owner.
    package static func onThisHub(
        of owner: AnyObject, _ callback: @escaping () throws -> Void
    ) -> ReadyLink {
        let hub = HubReference.current
        let token = LinkToken()
        return ReadyLink(token: token) { [unowned owner] in
            let kept = owner
            hub.run { try withExtendedLifetime(kept) { if token.claim() { try callback() } } }
        }
    }

    /// One that is called in place, by whoever makes it ready.
    package static func anywhere(_ callback: @escaping @Sendable () -> Void) -> ReadyLink {
        let token = LinkToken()
        return ReadyLink(token: token) { if token.claim() { callback() } }
    }

    private init(token: LinkToken, start: @escaping () -> Void) {
        self.token = token
        self.start = start
    }
}
