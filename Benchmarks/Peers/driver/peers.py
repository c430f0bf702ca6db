# SPDX-License-Identifier: Apache-2.0
"""Who is measured: how each is set up, and how its version is asked for."""

import subprocess
from dataclasses import dataclass, field
from typing import Callable

import building as build
from places import PEERS as FOLDER
from places import PYTHON


@dataclass(frozen=True)
class Peer:
    """Somebody who is measured."""

    title: str
    steps: list[Callable] = field(default_factory=list)
    # The command, or what makes it: before it is set up a peer may have another.
    version: list | Callable = field(default_factory=list)

    def set_up(self):
        """Raises `building.Unavailable`."""
        for step in self.steps:
            step()

    def asked_version(self):
        """The first line of what the version's command says."""
        command = self.version() if callable(self.version) else self.version
        try:
            said = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
        except OSError:
            return ""
        lines = (said.stdout or said.stderr).strip().splitlines()
        return lines[0].strip() if lines else ""


def _python_version(package):
    code = f"import platform; from importlib.metadata import version; print(version('{package}')"
    return [PYTHON, "-c", code + ", 'on Python', platform.python_version())"]


def _debian_version(package):
    return ["dpkg-query", "--show", "--showformat=${Version}", package]


def _swift_package_version(package, folder="swift"):
    line = FOLDER / folder / "Package.swift"
    return ["sed", "-nE", rf's/.*{package}\.git", from: "([^"]+)".*/\1/p', line]


OURS = "swift-gevent"
_GCC = build.debian("gcc", "libc6-dev")
_GCC_VERSION = ["gcc", "--version"]

PEERS = {
    OURS: Peer("swift-gevent", [build.ours], ["git", "-C", FOLDER, "describe", "--always", "--dirty"]),
    "c": Peer("C", [
        _GCC, build.c("switching"), build.c("inline_switching", "-mno-red-zone"), build.c("spawning"),
        build.c("ring"), build.c("timers"), build.c("epoll_server"), build.c("coroutine_server"),
    ], _GCC_VERSION),
    "io_uring": Peer("C, io_uring", [
        _GCC, build.debian("liburing-dev"), build.c("uring_server", "-luring"),
    ], _debian_version("liburing-dev")),
    "threads": Peer("POSIX threads", [
        _GCC, build.c("threads", "-pthread"), build.c("thread_server", "-pthread"),
        build.c("blocking_threads", "-pthread"),
    ], ["getconf", "GNU_LIBC_VERSION"]),
    "libuv": Peer("libuv", [
        _GCC, build.debian("libuv1-dev"), build.c("uv_timers", "-luv"), build.c("uv_server", "-luv"),
    ], _debian_version("libuv1-dev")),
    "boost": Peer("Boost", [
        build.debian("g++", "libboost-context-dev", "libboost-fiber-dev"),
        build.c("boost", "-lboost_fiber", "-lboost_context", "-pthread", compiler="g++"),
    ], _debian_version("libboost-fiber-dev")),
    "go": Peer("Go", [build.go], lambda: [build.go_tool(), "version"]),
    "gevent": Peer("gevent", [build.python("gevent")], _python_version("gevent")),
    "asyncio": Peer("asyncio", [build.python()], [PYTHON, "--version"]),
    "uvloop": Peer("uvloop", [build.python("uvloop")], _python_version("uvloop")),
    "swift": Peer("Swift Concurrency", [build.swift("SwiftTasks")], ["swift", "--version"]),
    "nio": Peer("SwiftNIO", [
        build.swift("NIOTasks"), build.swift("NIOServer"),
    ], _swift_package_version("swift-nio")),
    "nio-ssl": Peer("SwiftNIO SSL", [build.swift("SecureServer")], _swift_package_version("swift-nio-ssl")),
    "hummingbird": Peer(
        "Hummingbird", [build.swift("HummingbirdServer", "hummingbird-server")],
        _swift_package_version("hummingbird", "hummingbird-server")),
    "openssl": Peer("OpenSSL", [build.debian("openssl")], ["openssl", "version"]),
    "nginx": Peer("nginx", [build.debian("nginx-light"), build.certificate], _debian_version("nginx-light")),
}

# What a kind of run needs besides the peers themselves.
NEEDED = {
    "task": [],
    "server": [_GCC, build.c(
        "load", sources=["load.c", "load_echo.c", "load_accept.c", "load_http.c", "load_idle.c", "load_bulk.c"]),
        build.big_file],
    "tls": [_GCC, build.debian("libssl-dev"), build.c("tls_load", "-lssl", "-lcrypto"), build.certificate],
    "client": [
        _GCC, build.debian("redis-server", "nginx-light", "libhiredis-dev", "libcurl4-openssl-dev"),
        build.c("blocking.so", "-shared", "-fPIC", "-lhiredis", "-lcurl", sources=["blocking.c"]),
        build.certificate,
    ],
}
