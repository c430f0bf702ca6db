# SPDX-License-Identifier: Apache-2.0
"""gevent's servers: gevent_server.py echo|sink|source|file|tls|http PORT [FILE | CERTIFICATE KEY]."""

import socket
import sys

from gevent.pywsgi import WSGIServer
from gevent.server import StreamServer
from gevent.socket import socket as GreenSocket


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


def page(_, start_response):
    body = b"Hello, world!"
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


HANDLERS = {"echo": echo, "tls": echo, "sink": sink, "source": source, "file": send_file}

if __name__ == "__main__":
    mode, port = sys.argv[1], int(sys.argv[2])
    tls = {"certfile": sys.argv[3], "keyfile": sys.argv[4]} if mode == "tls" else {}
    if mode == "http":
        # Connections have it from who listens: head and body go in two writes.
        listener = socket.create_server(("127.0.0.1", port), backlog=4096)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        server = WSGIServer(GreenSocket(fileno=listener.detach()), page, log=None)
    else:
        server = StreamServer(("127.0.0.1", port), HANDLERS[mode], backlog=4096, **tls)
    server.start()
    print("READY", flush=True)
    server.serve_forever()
