# SPDX-License-Identifier: Apache-2.0
"""gevent: gevent_tasks.py WORKLOAD COUNT."""

import gc
import random
import sys

import gevent
import greenlet
from gevent.event import Event
from gevent.queue import Channel, Queue
from measure import cpu_seconds, each, now, report, resident_bytes


def bare(count):
    """Two greenlets that switch to each other, without gevent's loop."""
    main = greenlet.getcurrent()

    def run(other):
        switch = pair[other].switch
        for _ in range(count // 2):
            switch()
        main.switch()

    pair = [greenlet.greenlet(lambda: run(1)), greenlet.greenlet(lambda: run(0))]
    start = now()
    pair[0].switch()
    report(ns=each(count, start))


def switch(count):
    def run():
        sleep = gevent.sleep
        for _ in range(count // 2):
            sleep(0)

    start = now()
    gevent.joinall([gevent.spawn(run), gevent.spawn(run)])
    report(ns=each(count, start))


def handover(count):
    there, back = Channel(), Channel()

    def answer():
        for _ in range(count // 2):
            back.put(there.get() + 1)

    def ask():
        for number in range(count // 2):
            there.put(number)
            back.get()

    start = now()
    gevent.joinall([gevent.spawn(ask), gevent.spawn(answer)])
    report(ns=each(count, start))


def spawn(count, batch=1000):
    def run():
        pass

    start = now()
    for _ in range(count // batch):
        gevent.joinall([gevent.spawn(run) for _ in range(batch)])
    report(ns=each(count, start))


def parked(count):
    gate = Event()
    waiting = 0

    def run():
        nonlocal waiting
        waiting += 1
        gate.wait()

    gc.collect()
    before = resident_bytes()
    greenlets = [gevent.spawn(run) for _ in range(count)]
    while waiting < count:
        gevent.sleep(0)
    grown = resident_bytes() - before
    start = now()
    gate.set()
    gevent.joinall(greenlets)
    report(bytes=grown / count, wake_ns=each(count, start))


def queue(count, pairs=1):
    items = Queue(100)

    def put():
        for item in range(count // pairs):
            items.put(item)

    def take():
        for _ in range(count // pairs):
            items.get()

    start = now()
    gevent.joinall([gevent.spawn(run) for run in (put, take) for _ in range(pairs)])
    report(ns=each(count, start))


def timers(count):
    durations = [random.random() for _ in range(count)]
    cpu = cpu_seconds()
    gevent.joinall([gevent.spawn(gevent.sleep, duration) for duration in durations])
    report(cpu_s=cpu_seconds() - cpu)


WORKLOADS = {
    "bare": bare,
    "switch": switch,
    "handover": handover,
    "spawn": spawn,
    "spawn-alive": lambda count: spawn(count, count),
    "parked": parked,
    "queue": queue,
    "queue-10": lambda count: queue(count, 10),
    "timers": timers,
}

if __name__ == "__main__":
    WORKLOADS[sys.argv[1]](int(sys.argv[2]))
