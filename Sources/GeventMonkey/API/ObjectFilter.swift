// SPDX-License-Identifier: Apache-2.0

extension Monkey {
    /// Which loaded objects of the process are patched: the program, and its libraries.
    ///
    /// An object is named by its whole path, or by a part of its file's name: `libcurl` is any
    /// `libcurl.so.4`, and `libcurl-gnutls.so.4` too. The C library, the dynamic linker and the
    /// runtimes of Swift and C++ are never patched, but for the threads of C++. Objects that are loaded
    /// later are asked about then. Only `dlopen` and `dlclose` are watched in every object, since what comes has to be seen.
    ///
    /// gevent: none; a module's attributes are everybody's.
    public struct ObjectFilter: Sendable {
        /// `nil` takes all.
        let accepts: (@Sendable (String) -> Bool)?

        /// All objects.
        public static let all = ObjectFilter(accepts: nil)

        /// Those of these names.
        public static func only(_ names: [String]) -> ObjectFilter {
            matching { path in names.contains { isNamed(path, $0) } }
        }

        /// All but those of these names.
        public static func except(_ names: [String]) -> ObjectFilter {
            matching { path in !names.contains { isNamed(path, $0) } }
        }

        /// Those for whose path `accepts` is true.
        ///
        /// - Parameter accepts: Called more than once for an object, on any thread. It must answer
        ///   the same each time, and must neither wait nor load objects.
        /// - Returns: The filter.
        public static func matching(_ accepts: @escaping @Sendable (String) -> Bool) -> ObjectFilter
        {
            ObjectFilter(accepts: accepts)
        }

        /// Whether an object of this path would be patched.
        public func takes(_ path: String) -> Bool { accepts?(path) ?? true }

        private static func isNamed(_ path: String, _ name: String) -> Bool {
            if name.utf8.contains(UInt8(ascii: "/")) { return path == name }
            let file = path.split(separator: "/").last ?? ""
            return file.contains(name)
        }
    }
}
