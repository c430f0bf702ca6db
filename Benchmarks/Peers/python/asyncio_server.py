# SPDX-License-Identifier: Apache-2.0
"""Echo on asyncio, by protocols or streams: asyncio_server.py asyncio|uvloop protocol|streams PORT."""

import asyncio
import sys

from loops import run


class Echo(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, message):
        self.transport.write(message)


async def echo(reader, writer):
    while message := await reader.read(2048):
        writer.write(message)
        await writer.drain()
    writer.close()


async def serve(style, port):
    loop = asyncio.get_running_loop()
    if style == "protocol":
        server = await loop.create_server(Echo, "127.0.0.1", port, backlog=4096)
    else:
        server = await asyncio.start_server(echo, "127.0.0.1", port, backlog=4096)
    print("READY", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    run(sys.argv[1], serve(sys.argv[2], int(sys.argv[3])))
