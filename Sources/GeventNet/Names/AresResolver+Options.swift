// SPDX-License-Identifier: Apache-2.0
#if CAres
public import GeventSystem

extension AresResolver {
    /// What an ``AresResolver`` is made with; `nil` leaves a thing to `/etc/resolv.conf`.
    ///
    /// gevent: the arguments of `channel`, and `GEVENTARES_…`.
    public struct Options: Sendable {
        /// The servers, in the order in which they are asked; port 0 is 53.
        public var servers: [SocketAddress]?

        /// How long to wait for the first answer, at most an hour; `nil` is 5 seconds.
        ///
        /// Each round over all servers waits twice as long as the one before.
        public var timeout: Duration?

        /// How often each server is asked; `nil` is 4 times.
        public var tries: Int?

        /// How many dots a name has at least that is tried as it is before the search list.
        public var ndots: Int?

        /// The search list, for names that do not end in a dot.
        public var domains: [String]?

        /// Whether the servers take turns instead of being asked in order.
        public var rotates: Bool?

        /// Whether the hosts file is read first.
        public var readsHostsFile = true

        /// Whether servers are asked over TCP from the first try on.
        public var usesTCP = false

        /// Whether an answer that was cut is taken as it is instead of being fetched over TCP.
        public var ignoresTruncation = false

        /// A file to read in place of `/etc/resolv.conf`.
        public var configuration: String?

        /// How many questions a hub may have open at once; others wait for their turn.
        ///
        /// A question is open until it is answered or given up, also if nobody waits for it any more.
        public var limit = 128

        /// The system's configuration.
        public init() {}

        var settings: AresSettings {
            require(servers?.isEmpty != true, "a resolver has at least one server")
            require(
                servers?.contains { $0.family == .unix } != true,
                "a name server has no Unix address")
            require(limit > 0, "a resolver may have at least one question open")
            var settings = AresSettings()
            settings.servers = servers?.map { $0.port == 0 ? $0.with(port: 53) : $0 }
            settings.timeout = timeout
            settings.tries = tries
            settings.ndots = ndots
            settings.domains = domains
            settings.rotates = rotates
            settings.readsHostsFile = readsHostsFile
            settings.usesTCP = usesTCP
            settings.ignoresTruncation = ignoresTruncation
            settings.configuration = configuration
            return settings
        }
    }
}
#endif
