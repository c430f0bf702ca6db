// SPDX-License-Identifier: Apache-2.0
#if CAres
internal import CGeventAres
internal import CGeventSystem

/// What a channel of c-ares is opened with; `nil` leaves it to the system's configuration.
package struct AresSettings: Sendable {
    /// The servers, with their ports.
    package var servers: [SocketAddress]?
    /// How long the first try may take.
    package var timeout: Duration?
    /// How often each server is asked.
    package var tries: Int?
    /// With how many dots a name is tried as it is before the search list.
    package var ndots: Int?
    /// The search list.
    package var domains: [String]?
    /// Whether the servers take turns.
    package var rotates: Bool?
    /// Whether the hosts file is read before a server is asked.
    package var readsHostsFile = true
    /// Whether TCP is used from the first try on.
    package var usesTCP = false
    /// Whether a cut answer is taken as it is, instead of asking again over TCP.
    package var ignoresTruncation = false
    /// The file to read in place of `/etc/resolv.conf`.
    package var configuration: String?

    /// The system's configuration.
    package init() {}

    private var milliseconds: Int32 {
        guard let timeout else { return -1 }
        let (seconds, rest) = timeout.components
        // c-ares doubles it with each try, in a number of this size.
        let most = 3_600_000
        if seconds >= most / 1000 { return Int32(most) }
        if seconds < 0 { return 1 }
        return Int32(max(1, seconds * 1000 + rest / 1_000_000_000_000_000))
    }

    /// Opens a channel.
    ///
    /// - Parameters:
    ///   - isFrank: Whether it reports what servers say that refuse, instead of asking the next one;
    ///     for hosts it looks at the hosts file only.
    ///   - note: What c-ares calls about its sockets.
    ///   - context: What it calls it with.
    /// - Returns: The channel, to be closed by the caller.
    /// - Throws: ``LookupError`` with the text of c-ares.
    func open(
        isFrank: Bool, _ note: @escaping gv_ares_note, _ context: UnsafeMutableRawPointer
    ) throws(LookupError) -> OpaquePointer {
        // A zero would cut the text short, and another domain or file would be meant.
        let cut = ((domains ?? []) + [configuration ?? ""]).first { $0.utf8.contains(0) }
        if let cut { throw .malformed(cut, "a domain or path has no zero byte") }
        var settings = unsafe gv_ares_settings()
        unsafe settings.is_frank = isFrank
        unsafe settings.uses_tcp = usesTCP
        unsafe settings.ignores_truncation = ignoresTruncation
        unsafe settings.timeout = milliseconds
        unsafe settings.tries = Int32(clamping: tries ?? -1)
        unsafe settings.ndots = Int32(clamping: ndots ?? -1)
        unsafe settings.rotates = rotates.map { $0 ? 1 : 0 } ?? -1
        unsafe settings.domain_count = Int32(clamping: domains?.count ?? -1)
        // SAFETY: the copies live until the end of this function, and c-ares makes its own.
        var names = unsafe (domains ?? []).map { unsafe strdup($0) }
        defer { unsafe names.forEach { unsafe free($0) } }
        let texts = unsafe [
            isFrank ? "f" : readsHostsFile ? "fb" : "b", configuration,
            servers?.map(\.description).joined(separator: ","),
        ].map { text in unsafe text.map { unsafe strdup($0) } }
        defer { unsafe texts.forEach { unsafe free($0 ?? nil) } }
        unsafe settings.lookups = unsafe UnsafePointer(texts[0] ?? nil)
        unsafe settings.configuration = unsafe UnsafePointer(texts[1] ?? nil)
        unsafe settings.servers = unsafe UnsafePointer(texts[2] ?? nil)
        var status: Int32 = 0
        let channel = unsafe names.withUnsafeMutableBufferPointer { names in
            unsafe settings.domains = names.baseAddress
            return unsafe gv_ares_open(&settings, note, context, &status)
        }
        guard let channel = unsafe channel else {
            throw LookupError(subject: "c-ares", aresStatus: status)
        }
        return unsafe channel
    }
}
#endif
