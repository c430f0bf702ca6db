# SPDX-License-Identifier: Apache-2.0
"""Runs one command once, and says what it measured."""

import json
import os
import shlex
import socket
import subprocess
import time

from machine import LOAD_CORE, SERVER_CORE, pinned
from peers import OURS as OURSELVES
from places import BIN, BUILD, HUMMINGBIRD, LOGS, OURS, PEERS, PYTHON, SWIFT

MOST_SECONDS = 170
# Names in the commands that are the same in all runs.
NAMES = {
    "bin": BIN, "python": PYTHON, "swift": SWIFT, "hummingbird": HUMMINGBIRD, "ours": OURS, "peers": PEERS,
    "file": BUILD / "file", "certificate": BUILD / "certificate.pem", "key": BUILD / "key.pem",
}


class Failed(Exception):
    """A run gave no figures; the message says why."""


def run_once(workload, entry, seconds):
    """What one run has measured, by measure's name."""
    if workload.kind == "task":
        return _run_task(entry)
    if workload.kind == "client":
        return _run_client(workload, entry)
    return _run_server(workload, entry, seconds)


def _run_task(entry):
    core = None if entry.is_on_all else SERVER_CORE
    return _figures(entry, _output(entry, entry.command.format(**NAMES), core))


def _run_server(workload, entry, seconds):
    port = _free_port()
    command = _nginx(port, workload.kind) if entry.command == "nginx" else entry.command.format(port=port, **NAMES)
    with _Started(command, entry, SERVER_CORE, port) as server:
        load = workload.load.format(port=port, pid=server.pid, seconds=seconds, **NAMES)
        return _figures(entry, _output(entry, f"{load} {entry.request}", LOAD_CORE))


def _run_client(workload, entry):
    """The other way round: the server is the load's part, and the client is measured."""
    port = _free_port()
    with _Started(_backend(workload.load, port), None, LOAD_CORE, port):
        return _figures(entry, _output(entry, entry.command.format(port=port, **NAMES), SERVER_CORE))


def _backend(client, port):
    if client == "redis":
        return f"redis-server --port {port} --bind 127.0.0.1 --save '' --appendonly no"
    return _nginx(port, "client")


def _nginx(port, kind):
    folder = BUILD / "nginx"
    folder.mkdir(parents=True, exist_ok=True)
    text = (PEERS / "nginx.conf").read_text()
    words = {"PORT": port, "FOLDER": folder, "BUILD": BUILD, "SECURE": "ssl" if kind == "tls" else ""}
    for word, value in words.items():
        text = text.replace(word, str(value))
    path = folder / f"{port}.conf"
    path.write_text(text)
    return f"/usr/sbin/nginx -p {folder} -e stderr -c {path}"


class _Started:
    """A server that has been started, and is ended in the end."""

    def __init__(self, command, entry, core, port):
        self._command, self._port = command, port
        LOGS.mkdir(parents=True, exist_ok=True)
        self._log = open(LOGS / "servers.log", "a")
        self._process = subprocess.Popen(
            pinned(shlex.split(command), core), env=_environment(entry),
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=self._log)

    def __enter__(self):
        end = time.monotonic() + 15
        while time.monotonic() < end and self._process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self._port), 1).close()
                time.sleep(0.2)
                return self._process
            except OSError:
                time.sleep(0.05)
        self.__exit__()
        raise Failed(f"no server came of '{self._command}'")

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()
        self._process.stdin.close()
        self._log.close()


def _output(entry, command, core):
    try:
        done = subprocess.run(
            pinned(shlex.split(command), core), env=_environment(entry), capture_output=True, text=True,
            timeout=MOST_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise Failed(f"'{command}' took more than {MOST_SECONDS} s") from error
    except OSError as error:
        raise Failed(str(error)) from error
    if done.returncode != 0:
        said = done.stderr.strip().splitlines() or [f"'{command}' ended with {done.returncode}"]
        raise Failed(said[-1])
    return done.stdout


def _environment(entry):
    # One thread for Go, as the others have; what an entry says itself goes before.
    return {**os.environ, "GOMAXPROCS": "1", **(entry.environment if entry else {})}


def _figures(entry, output):
    found = {}
    for line in output.splitlines():
        if line.startswith("{"):
            figure = json.loads(line)
            by_limit = "" if figure["who"] == OURSELVES else figure["who"] + "/"
            found[by_limit + figure["metric"]] = figure["median"]
        else:
            for word in line.split():
                name, _, value = word.partition("=")
                try:
                    found[name] = float(value)
                except ValueError:
                    continue
    for theirs, measure in entry.metrics.items():
        if theirs not in found:
            raise Failed(f"there is no '{theirs}' in what it printed")
        found[measure] = found[theirs]
    return found


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
