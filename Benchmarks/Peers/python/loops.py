# SPDX-License-Identifier: Apache-2.0
"""The event loops under asyncio."""

import asyncio


def run(loop, main):
    if loop == "uvloop":
        import uvloop

        uvloop.run(main)
    else:
        asyncio.run(main)
