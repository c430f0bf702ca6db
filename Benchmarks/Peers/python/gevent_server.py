# SPDX-License-Identifier: Apache-2.0
"""gevent's servers: gevent_server.py echo|sink|source|file|tls PORT [FILE | CERTIFICATE KEY]."""

import socket
import sys

from gevent.server import StreamServer


def echo(connection, _):
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    while message := connection.recv(2048):
        connection.sendall(message)


def sink(connection, _):
    room = bytearray(65536)
    while connection.recv_into(room):
        pass


def source(connection, _):
    chunk = b"x" * 65536
    try:
        while True:
            connection.sendall(chunk)
    except OSError:
        pass  # The peer has enough.


def send_file(connection, _):
    with open(sys.argv[3], "rb") as file:
        connection.sendfile(file)


HANDLERS = {"echo": echo, "tls": echo, "sink": sink, "source": source, "file": send_file}

if __name__ == "__main__":
    mode, port = sys.argv[1], int(sys.argv[2])
    tls = {"certfile": sys.argv[3], "keyfile": sys.argv[4]} if mode == "tls" else {}
    server = StreamServer(("127.0.0.1", port), HANDLERS[mode], backlog=4096, **tls)
    server.start()
    print("READY", flush=True)
    server.serve_forever()
