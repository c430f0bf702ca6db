// SPDX-License-Identifier: Apache-2.0
public import GeventSync

extension QueueContract {
    /// One queue of numbers that is put to the contract.
    public struct Subject {
        let put: (_ element: Int, _ timeout: Duration?) throws -> Void
        let get: (_ timeout: Duration?) throws -> Int
        let putNowait: (Int) throws -> Void
        let getNowait: () throws -> Int
        let shutdown: () -> Void

        /// A queue, by what can be done with it.
        ///
        /// - Parameters:
        ///   - put: Puts an element in; throws `QueueFull` when its time is up.
        ///   - get: Takes one out; throws `QueueEmpty` when its time is up.
        ///   - putNowait: Puts one in if there is room now.
        ///   - getNowait: Takes one out if there is one now.
        ///   - shutdown: Ends the queue, for a kind that can be.
        public init(
            put: @escaping (_ element: Int, _ timeout: Duration?) throws -> Void,
            get: @escaping (_ timeout: Duration?) throws -> Int,
            putNowait: @escaping (Int) throws -> Void, getNowait: @escaping () throws -> Int,
            shutdown: @escaping () -> Void = {}
        ) {
            self.put = put
            self.get = get
            self.putNowait = putNowait
            self.getNowait = getNowait
            self.shutdown = shutdown
        }

        /// A queue of the library's, maybe with a storage of the user's.
        public init<Storage: QueueStorage & ~Copyable>(
            _ queue: BlockingQueue<Storage>
        ) where Storage.Element == Int {
            self.init(
                put: { try queue.put($0, timeout: $1) }, get: { try queue.get(timeout: $0) },
                putNowait: { try queue.putNowait($0) }, getNowait: { try queue.getNowait() },
                shutdown: { queue.shutdown() })
        }

        /// A channel.
        public init(_ channel: Channel<Int>) {
            self.init(
                put: { try channel.put($0, timeout: $1) }, get: { try channel.get(timeout: $0) },
                putNowait: { try channel.putNowait($0) }, getNowait: { try channel.getNowait() })
        }
    }
}
