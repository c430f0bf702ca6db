# SPDX-License-Identifier: Apache-2.0
"""What is measured, of whom, by which command: the table that everything else reads.

A command has names in braces, which `running.py` fills in. A task prints NAME=VALUE itself; a server is put under `load`.
"""

from dataclasses import dataclass, field

from peers import OURS


@dataclass(frozen=True, eq=False)
class Measure:
    """A figure that a run gives; the first of a workload is the one to compare by."""

    name: str
    title: str
    unit: str
    more_is_better: bool = False


@dataclass(frozen=True, eq=False)
class Entry:
    """Somebody's way of doing the work."""

    peer: str
    label: str
    command: str
    # Of our own benchmark's metrics, which is which measure; else a command prints measures.
    metrics: dict = field(default_factory=dict)
    environment: dict = field(default_factory=dict)
    # Not on one core but on all.
    is_on_all: bool = False
    # What the load asks for first.
    request: str = ""


@dataclass(frozen=True, eq=False)
class Workload:
    """Work that is done alike by all."""

    name: str
    title: str
    measures: list
    entries: list
    kind: str = "task"
    load: str = ""

    @property
    def group(self):
        """What the command line calls it, with its like."""
        return self.name.split(":")[0]


NANOSECONDS = [Measure("ns", "time", "ns")]
MEMORY = [Measure("bytes", "memory each", "bytes"), Measure("wake_ns", "wake and end", "ns")]
CPU = [Measure("cpu_s", "processor time", "s")]
LATENCY = [
    Measure("rate", "rate", "/s", True), Measure("p50_us", "p50", "µs"), Measure("p99_us", "p99", "µs"),
    Measure("p999_us", "p99.9", "µs"), Measure("server_busy", "server busy", "cores"),
    Measure("client_busy", "load busy", "cores"),
]
MESSAGES = [Measure("server_us", "server CPU a message", "µs"), *LATENCY]
CONNECTIONS = [Measure("server_us", "server CPU a connection", "µs"), *LATENCY]
PAGE = [Measure("server_us", "server CPU a page", "µs"), *LATENCY]
HANDSHAKES = [Measure("server_us", "server CPU a handshake", "µs"), *LATENCY]
BYTES = [
    Measure("server_us_gb", "server CPU a GB", "µs"), Measure("gb_s", "rate", "GB/s", True),
    Measure("server_busy", "server busy", "cores"), Measure("client_busy", "load busy", "cores"),
]
REQUESTS = [Measure("cpu_us", "CPU a request", "µs"), Measure("rate", "rate", "/s", True)]


def ours(workload, **metrics):
    """Our own benchmark, whose metrics are given as measure=metric."""
    names = {metric.replace("_", "-"): measure for measure, metric in metrics.items()}
    return Entry(OURS, "swift-gevent", f"{{ours}}/bench {workload} --json --repeat 1", names)


def go(label, words, **options):
    return Entry("go", label, f"{{bin}}/go_peers {words}", **options)


def c(label, words):
    return Entry("c", label, f"{{bin}}/{words}")


def boost(label, words):
    return Entry("boost", label, f"{{bin}}/boost {words}")


def threads(label, words, **options):
    return Entry("threads", label, f"{{bin}}/threads {words}", **options)


def gevent(label, words):
    return Entry("gevent", label, f"{{python}} {{peers}}/python/gevent_tasks.py {words}")


def uvloop(label, words):
    return Entry("uvloop", label, f"{{python}} {{peers}}/python/asyncio_tasks.py uvloop {words}")


def asyncio(label, words):
    return Entry("asyncio", label, f"{{python}} {{peers}}/python/asyncio_tasks.py asyncio {words}")


def swift(label, words, **options):
    return Entry("swift", label, f"{{swift}}/SwiftTasks {words}", **options)


def nio(label, words):
    return Entry("nio", label, f"{{swift}}/NIOTasks {words}")


TASKS = [
    Workload("switch", "Two that let each other run", NANOSECONDS, [
        ours("switch", ns="sleep_zero"),
        c("C, inlined switch (limit)", "inline_switching 50000000"),
        c("C, called switch (limit)", "switching called 50000000"),
        c("C, ucontext", "switching ucontext 3000000"),
        boost("Boost.Context, no scheduler", "context 30000000"),
        boost("Boost.Fiber", "switch 5000000"),
        go("Go, Gosched", "switch 10000000"),
        swift("Swift, Task.yield, one thread", "switch thread 3000000"),
        swift("Swift, Task.yield, its pool", "switch pool 2000000", is_on_all=True),
        nio("NIO, execute", "switch 3000000"),
        uvloop("uvloop, sleep(0)", "switch 500000"),
        asyncio("asyncio, sleep(0)", "switch 300000"),
        gevent("greenlet, bare switch", "bare 3000000"),
        gevent("gevent, sleep(0)", "switch 500000"),
        threads("threads, sched_yield", "switch 1000000"),
    ]),
    Workload("handover:one-thread", "A value from one to another and back, a way", NANOSECONDS, [
        ours("handover", ns="channel"),
        boost("Boost.Fiber, unbuffered channel", "handover 2000000"),
        go("Go, channel", "handover 5000000"),
        swift("Swift, continuations, one thread", "handover thread 3000000"),
        swift("Swift, AsyncStream, one thread", "streams thread 1000000"),
        nio("NIO, promise and execute", "handover 1000000"),
        gevent("gevent, Channel", "handover 200000"),
        threads("threads, semaphores", "handover 500000"),
    ]),
    Workload("handover:two-threads", "The same between two threads on two cores", NANOSECONDS, [
        Entry(OURS, "swift-gevent, two hubs", "{ours}/bench remote --json --repeat 1", {"handover": "ns"}, is_on_all=True),
        go("Go, channel, which keeps both on one", "handover 2000000", environment={"GOMAXPROCS": "2"}, is_on_all=True),
        go("Go, channel, locked to threads", "handover-locked 300000", environment={"GOMAXPROCS": "2"}, is_on_all=True),
        swift("Swift, continuations, its pool", "handover pool 500000", is_on_all=True),
        threads("threads, semaphores", "handover 200000", is_on_all=True),
    ]),
    Workload("spawn:batches", "Spawn and join, a thousand at a time", NANOSECONDS, [
        ours("spawn", ns="warm"),
        c("C, one stack (limit)", "spawning reused 20000000"),
        boost("Boost.Fiber", "spawn 1000000"),
        go("Go", "spawn 1000000"),
        swift("Swift, discarding group, one thread", "spawn thread 1000000"),
        swift("Swift, discarding group, its pool", "spawn pool 1000000", is_on_all=True),
        nio("NIO, submit", "spawn 1000000"),
        uvloop("uvloop, create_task", "spawn 200000"),
        gevent("gevent", "spawn 100000"),
        threads("threads, one by one", "spawn 30000"),
    ]),
    Workload("spawn:alive", "Spawn a million, then join them", NANOSECONDS, [
        ours("spawn", ns="million"),
        boost("Boost.Fiber, 100,000", "spawn-alive 100000"),
        go("Go", "spawn-alive 1000000"),
        swift("Swift, discarding group, one thread", "spawn-alive thread 1000000"),
        nio("NIO, submit", "spawn-alive 1000000"),
        gevent("gevent, 300,000", "spawn-alive 300000"),
    ]),
    Workload("parked", "A million that wait for one event", MEMORY, [
        ours("parked", bytes="resident", wake_ns="wake_and_join"),
        c("C, stacks without guards (limit)", "spawning parked 1000000"),
        boost("Boost.Fiber, 100,000", "parked 100000"),
        go("Go", "parked 1000000"),
        swift("Swift, continuations, one thread", "parked thread 1000000"),
        nio("NIO, promises with callbacks", "parked 1000000"),
        gevent("gevent, 300,000", "parked 300000"),
        threads("threads, 10,000", "parked 10000"),
    ]),
    Workload("event", "A hundred thousand wait on one event: set, and all have run", NANOSECONDS, [
        ours("event", ns="wake"),
        Entry("boost", "Boost.Fiber", "{bin}/boost parked 100000", {"wake_ns": "ns"}),
        Entry("go", "Go", "{bin}/go_peers parked 100000", {"wake_ns": "ns"}),
        Entry("swift", "Swift, continuations, one thread", "{swift}/SwiftTasks parked thread 100000", {"wake_ns": "ns"}),
        nio("NIO, callbacks on one future", "event 100000"),
        Entry("gevent", "gevent", "{python} {peers}/python/gevent_tasks.py parked 100000", {"wake_ns": "ns"}),
    ]),
    *[
        Workload(name, f"Items through a queue of a hundred, {pairs} to {pairs}", NANOSECONDS, [
            ours("queue", ns=metric),
            c("C, ring in one thread (limit)", "ring 50000000"),
            boost("Boost.Fiber, buffered channel", f"{word} 5000000"),
            go("Go, channel", f"{word} 5000000"),
            swift("Swift, ring under a mutex, one thread", f"{word} thread 2000000"),
            *([uvloop("uvloop, Queue", "queue 300000")] if pairs == 1 else []),
            gevent("gevent, Queue", f"{word} 500000"),
            threads("threads, conditions, one core", f"{word} 1000000"),
        ])
        for name, pairs, word, metric in (
            ("queue:one", 1, "queue", "one_to_one"), ("queue:ten", 10, "queue-10", "ten_to_ten"))
    ],
    Workload("timers", "A hundred thousand sleep for up to a second", CPU, [
        ours("timers", cpu_s="cpu"),
        c("C, coroutines, whole milliseconds (limit)", "timers millisecond 100000"),
        c("C, coroutines, exact (limit)", "timers exact 100000"),
        Entry("libuv", "libuv, callbacks", "{bin}/uv_timers timers 100000"),
        boost("Boost.Fiber", "timers 100000"),
        go("Go", "timers 100000"),
        swift("Swift, Task.sleep, its pool", "timers pool 100000", is_on_all=True),
        nio("NIO, scheduleCallback", "timers 100000"),
        gevent("gevent", "timers 100000"),
    ]),
]


def servers(mode, *entries):
    """The servers that do all of this, and more."""
    argument = " {file}" if mode == "file" else ""
    word = "sendfile --file {file}" if mode == "file" else mode
    return [
        Entry(OURS, "swift-gevent", f"{{ours}}/serve {word} --port {{port}}"),
        Entry("c", "C, epoll", f"{{bin}}/epoll_server {mode} {{port}}{argument}"),
        Entry("go", "Go", f"{{bin}}/go_peers {mode} {{port}}{argument}"),
        Entry("nio", "NIO, handler", f"{{swift}}/NIOServer {mode} {{port}}{argument}"),
        Entry("gevent", "gevent", f"{{python}} {{peers}}/python/gevent_server.py {mode} {{port}}{argument}"),
        *entries,
    ]


LIBUV = [Entry("libuv", "libuv", f"{{bin}}/uv_server {mode} {{port}}") for mode in ("echo", "sink", "source")]
ECHO = servers(
    "echo",
    Entry("c", "C, coroutines on edge-triggered epoll", "{bin}/coroutine_server {port}"),
    Entry("io_uring", "C, io_uring", "{bin}/uring_server {port}"),
    Entry("threads", "C, thread per connection", "{bin}/thread_server {port}"),
    LIBUV[0],
    Entry("nio", "NIOAsyncChannel, its pool", "{swift}/NIOServer async-echo {port}"),
    Entry("nio", "NIOAsyncChannel, on the loop", "{swift}/NIOServer loop-echo {port}"),
    Entry("uvloop", "uvloop, protocol", "{python} {peers}/python/asyncio_server.py uvloop protocol {port}"),
    Entry("uvloop", "uvloop, streams", "{python} {peers}/python/asyncio_server.py uvloop streams {port}"),
    Entry("asyncio", "asyncio, protocol", "{python} {peers}/python/asyncio_server.py asyncio protocol {port}"),
)
PAGES = [
    Entry(OURS, "swift-gevent, reads the head by lines", "{ours}/serve http --port {port}"),
    Entry("nginx", "nginx", "nginx"),
    Entry("go", "Go, net/http", "{bin}/go_peers http {port}"),
    Entry("nio", "NIO, NIOHTTP1", "{swift}/NIOServer http {port}"),
    Entry("hummingbird", "Hummingbird, its pool", "{hummingbird}/HummingbirdServer pool {port}"),
    Entry("hummingbird", "Hummingbird, on the loop", "{hummingbird}/HummingbirdServer loop {port}"),
    Entry("gevent", "gevent, pywsgi", "{python} {peers}/python/gevent_server.py http {port}"),
]
SECURE = [
    Entry(OURS, "swift-gevent", "{ours}/serve tls --port {port} --certificate {certificate} --key {key}"),
    Entry("openssl", "OpenSSL, s_server, one at a time",
          "openssl s_server -quiet -rev -accept {port} -cert {certificate} -key {key}"),
    Entry("go", "Go", "{bin}/go_peers tls {port} {certificate} {key}"),
    Entry("nio-ssl", "NIO, handler", "{swift}/SecureServer {port} {certificate} {key}"),
    Entry("gevent", "gevent", "{python} {peers}/python/gevent_server.py tls {port} {certificate} {key}"),
]
NETWORK = [
    *[
        Workload(f"echo:{count}", f"Messages of 64 bytes there and back, connections: {count:,}", MESSAGES, ECHO,
                 "server", f"{{bin}}/load echo {{port}} {{pid}} {{seconds}} {count}")
        for count in (1, 50, 1000)
    ],
    Workload("idle", "Ten thousand connections after a message each", MEMORY[:1], ECHO, "server",
             "{bin}/load idle {port} {pid} 1 10000"),
    Workload("accept", "A connection for each message, fifty at once", CONNECTIONS, ECHO, "server",
             "{bin}/load accept {port} {pid} {seconds} 50"),
    Workload("http", "A small page over HTTP, connections that stay: 50", PAGE, PAGES, "server",
             "{bin}/load http {port} {pid} {seconds} 50"),
    Workload("bulk:receive", "Bytes to the server", BYTES, servers("sink", LIBUV[1]), "server",
             "{bin}/load send {port} {pid} {seconds}"),
    Workload("bulk:send", "Bytes from the server, in chunks of 64 KiB", BYTES, servers("source", LIBUV[2]), "server",
             "{bin}/load receive {port} {pid} {seconds}"),
    Workload("bulk:file", "A file of 64 MiB from the server, over and over", BYTES,
             servers("file", Entry("nginx", "nginx, over HTTP", "nginx", request="/file")), "server",
             "{bin}/load file {port} {pid} {seconds}"),
    Workload("tls:echo", "Messages of 64 bytes over TLS 1.3, one connection", MESSAGES, SECURE, "tls",
             "{bin}/tls_load echo {port} {pid} {seconds} 1"),
    Workload("tls:echo-50", "Messages of 64 bytes over TLS 1.3, connections: 50", MESSAGES,
             [it for it in SECURE if it.peer != "openssl"], "tls",
             "{bin}/tls_load echo {port} {pid} {seconds} 50"),
    Workload("tls:handshake", "Handshakes of TLS 1.3, P-256, eight at once", HANDSHAKES,
             [*SECURE, Entry("nginx", "nginx", "nginx")], "tls",
             "{bin}/tls_load handshake {port} {pid} {seconds} 8"),
]
CLIENTS = [
    Workload(f"patched:{client}", f"64 in blocking {library} at once", REQUESTS, [
        Entry(OURS, "swift-gevent, 64 greenlets, patched",
              f"{{ours}}/serve patched --library {{bin}}/blocking.so --client {client} --port {{port}} "
              f"--greenlets 64 --count {count}"),
        Entry("threads", "64 threads", f"{{bin}}/blocking_threads {{bin}}/blocking.so {client} {{port}} 64 {count}"),
    ], "client", client)
    for client, library, count in (("redis", "hiredis", 3000), ("curl", "libcurl", 1500))
] + [
    Workload("patched:call", "A call that does not block: recv of what is not there", NANOSECONDS, [
        Entry(OURS, "swift-gevent, patched", "{ours}/bench patch --json --repeat 1", {"recv": "ns"}),
        Entry(OURS, "the same, not patched (limit)", "{ours}/bench patch --json --repeat 1", {"limit/recv": "ns"}),
    ]),
]

WORKLOADS = TASKS + NETWORK + CLIENTS
