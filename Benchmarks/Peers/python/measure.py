# SPDX-License-Identifier: Apache-2.0
"""What the Python peers measure with."""

import resource
import time

now = time.perf_counter_ns


def each(count, start):
    """How many nanoseconds one of `count` has taken since `start`."""
    return (now() - start) / count


def cpu_seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def resident_bytes():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096


def report(**values):
    print(" ".join(f"{name}={value:.4f}" for name, value in values.items()), flush=True)
