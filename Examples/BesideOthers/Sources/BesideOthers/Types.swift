// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Foundation
import Gevent
import Glibc
import NIOCore

/// Every type of Gevent's, by its bare name unless another module has the name too.
enum Types {
    static let greenlets: [Any.Type] = [
        AnyGreenlet.self, Greenlet<Int>.self, (any GreenletProtocol).self, GreenletLocal<Int>.self,
        Hub.self, Isolation.self, Failure.self, LinkToken.self, Local<Int>.self, Timeout.self,
        (any Waitable).self,
    ]
    static let primitives: [Any.Type] = [
        AsyncResult<Int>.self, BoundedSemaphore.self, Condition.self, DummySemaphore.self,
        Event.self, RLock.self, Semaphore.self,
    ]
    static let queues: [Any.Type] = [
        BlockingQueue<HeapStorage<Int>>.self, Gevent.Channel<Int>.self, HeapStorage<Int>.self,
        LifoQueue<Int>.self, PriorityQueue<Int>.self, Queue<Int>.self, (any QueueStorage).self,
        SimpleQueue<Int>.self, StackStorage<Int>.self,
    ]
    static let groups: [Any.Type] = [Group.self, Pool.self, ResultSequence<Int>.self]
    static let network: [Any.Type] = [
        BaseServer.self, BufferedReader.self, BufferedWriter.self, (any ByteStream).self,
        Datagram.self, DatagramServer.self, InheritedSocket.self,
        KeepAlive.self, LineReader.self, ListenerAddress.self, OwnedDescriptor.self,
        PeerCredentials.self, Poll.self, Selected.self, Selector.self, ServerSpawn.self,
        Gevent.SocketAddress.self, SocketListener.self, SocketStream.self, StreamServer.self,
        TCPListener.self, TCPStream.self, UDPSocket.self, UnixListener.self, UnixStream.self,
    ]
    static let names: [Any.Type] = [
        BlockResolver.self, CachingResolver.self, MXRecord.self, NameRecord.self,
        (any Resolver).self, Resolvers.self, SRVRecord.self, TXTRecord.self, ThreadResolver.self,
        Transport.self,
    ]
    static let errors: [any Error.Type] = [
        BlockingSwitchOutError.self, ConcurrentObjectUseError.self, ConnectError.self,
        GreenletExit.self, HubClosed.self, InvalidThreadUseError.self, LineTooLong.self,
        ListenerAddressError.self, SocketActivationError.self,
        LocalUnset.self, LookupError.self, LoopExit.self, PoolFull.self, QueueEmpty.self,
        QueueFull.self, QueueShutDown.self, ResolverCannot.self, SocketTimeoutError.self,
        StackError.self,
        SystemError.self, UnexpectedEnd.self,
    ]
}
