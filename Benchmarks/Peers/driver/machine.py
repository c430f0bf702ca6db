# SPDX-License-Identifier: Apache-2.0
"""What machine this is, which cores are used, and how much of it others use."""

import os
import platform
import resource
import time

CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, LOAD_CORE = CORES[0], CORES[-1]


def pinned(command, core):
    """The command, on one core; on all with `core` None."""
    return command if core is None else ["taskset", "-c", str(core), *command]


def wait_until_quiet(limit=5.0):
    """Waits for a quarter of a second in which hardly anybody uses the machine; returns whether it came."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        before = _busy_seconds()
        time.sleep(0.25)
        if _busy_seconds() - before < 0.15 * 0.25:
            return True
    return False


class Others:
    """How many processors were used by others than this process's children, while it was open."""

    def __enter__(self):
        self._start = (time.monotonic(), _busy_seconds(), _own_seconds())
        return self

    def __exit__(self, *_):
        start, busy, own = self._start
        foreign = _busy_seconds() - busy - (_own_seconds() - own)
        self.used = round(max(0.0, foreign / (time.monotonic() - start)), 3)


def description():
    """For whoever wants to compare."""
    return {
        "processor": _first("/proc/cpuinfo", "model name") or platform.processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30),
        "system": _first("/etc/os-release", "PRETTY_NAME", "=").strip('"'),
        "kernel": platform.release(),
        "congestion_control": _text("/proc/sys/net/ipv4/tcp_congestion_control"),
    }


def raise_descriptor_limit():
    """Servers are given as many descriptors as there may be."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _busy_seconds():
    with open("/proc/stat") as file:
        ticks = [int(word) for word in file.readline().split()[1:]]
    user, nice, system, _, _, interrupts, soft_interrupts, *_ = ticks
    return (user + nice + system + interrupts + soft_interrupts) / os.sysconf("SC_CLK_TCK")


def _own_seconds():
    total = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        used = resource.getrusage(who)
        total += used.ru_utime + used.ru_stime
    return total


def _first(path, name, separator=":"):
    for line in _text(path).splitlines():
        key, _, value = line.partition(separator)
        if key.strip() == name:
            return value.strip()
    return ""


def _text(path):
    try:
        with open(path) as file:
            return file.read().strip()
    except OSError:
        return ""
