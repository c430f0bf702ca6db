# SPDX-License-Identifier: Apache-2.0
"""asyncio, on its own loop or uvloop's: asyncio_tasks.py asyncio|uvloop WORKLOAD COUNT."""

import asyncio
import sys

from loops import run
from measure import each, now, report


async def switch(count):
    async def turn():
        for _ in range(count // 2):
            await asyncio.sleep(0)

    start = now()
    await asyncio.gather(turn(), turn())
    report(ns=each(count, start))


async def spawn(count):
    async def nothing():
        pass

    start = now()
    for _ in range(count // 1000):
        await asyncio.gather(*[asyncio.create_task(nothing()) for _ in range(1000)])
    report(ns=each(count, start))


async def queue(count):
    items = asyncio.Queue(100)

    async def put():
        for item in range(count):
            await items.put(item)

    async def take():
        for _ in range(count):
            await items.get()

    start = now()
    await asyncio.gather(put(), take())
    report(ns=each(count, start))


if __name__ == "__main__":
    workload = {"switch": switch, "spawn": spawn, "queue": queue}[sys.argv[2]]
    run(sys.argv[1], workload(int(sys.argv[3])))
