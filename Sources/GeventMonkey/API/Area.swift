// SPDX-License-Identifier: Apache-2.0
internal import CGeventPatch

extension Monkey {
    /// A family of calls that is patched as a whole.
    ///
    /// gevent: the flags of `patch_all`. There is no `ssl`, `queue` or `contextvars` to patch: libraries
    /// for TLS wait by the calls of `socket` and `os`.
    public enum Area: String, CaseIterable, Sendable, CustomStringConvertible {
        /// `recv`, `send`, `connect`, `accept` and their kin.
        case socket

        /// `getaddrinfo`, `gethostbyname` and their kin.
        case dns

        /// `sleep`, `nanosleep` and their kin.
        case time

        /// `poll`, `select`, `epoll_wait` and their kin.
        case select

        /// `read`, `write`, `close`, `dup2`, `fork`: whatever the descriptor is.
        case os

        /// `sigaction`, `sigwait` and their kin.
        case signal

        /// `waitpid` and its kin.
        case subprocess

        /// `fsync`, `flock`, `lockf`; and regular files in `read` and `write`.
        case files

        /// `pthread_create`, and what threads wait by; only by choice.
        case threads

        /// The name by which ``init(rawValue:)`` and the command line know it.
        public var description: String { rawValue }

        /// As the C side counts them.
        var bit: UInt32 {
            switch self {
            case .socket: UInt32(GV_AREA_SOCKET)
            case .dns: UInt32(GV_AREA_DNS)
            case .time: UInt32(GV_AREA_TIME)
            case .select: UInt32(GV_AREA_SELECT)
            case .os: UInt32(GV_AREA_OS)
            case .signal: UInt32(GV_AREA_SIGNAL)
            case .subprocess: UInt32(GV_AREA_SUBPROCESS)
            case .files: UInt32(GV_AREA_FILES)
            case .threads: UInt32(GV_AREA_THREADS)
            }
        }
    }
}

extension Set where Element == Monkey.Area {
    /// What is patched unless something else is asked for: all areas but that of threads.
    ///
    /// Threads that become greenlets change what a program means; gevent, whose threads never ran at
    /// once anyway, patches them too.
    ///
    /// gevent: the default values of `patch_all`.
    public static var `default`: Self { all.subtracting([.threads]) }

    /// All areas.
    ///
    /// gevent: every flag of `patch_all`.
    public static var all: Self { Set(Monkey.Area.allCases) }

    var bits: UInt32 { reduce(0) { $0 | $1.bit } }

    init(bits: UInt32) { self = Set(Monkey.Area.allCases.filter { bits & $0.bit != 0 }) }
}

extension Sequence where Element == Monkey.Area {
    /// Their names, in the order in which the areas are declared.
    var names: String {
        let areas = Set(self)
        return Monkey.Area.allCases.filter(areas.contains).map(\.rawValue).joined(separator: ", ")
    }
}
