# SPDX-License-Identifier: Apache-2.0
"""Measures swift-gevent and its peers in turn: scripts/bench --peers [WORKLOAD…] [options].

Only tables go to standard output; who is left out, and why, goes to standard error.
"""

import argparse
import datetime
import json
import sys

import building
from machine import LOAD_CORE, SERVER_CORE, Others, description, raise_descriptor_limit, wait_until_quiet
from peers import NEEDED, OURS, PEERS
from results import Results
from running import Failed, run_once
from tables import markdown, plain
from workloads import WORKLOADS


def main():
    """What the command line asks for."""
    options = _options()
    if options.table:
        print(markdown([json.loads(open(path).read()) for path in options.table], options.pictures))
        return
    chosen = [it for it in WORKLOADS if _is_named(it, options.workloads)]
    raise_descriptor_limit()
    if SERVER_CORE == LOAD_CORE:
        _say("there is one core only: the load takes what it needs from the servers")
    missing = _set_up(chosen, options.only)
    document = {
        "date": datetime.date.today().isoformat(),
        "command": _command(options),
        "machine": description(),
        "peers": _versions(chosen, options.only, missing),
        "missing": {PEERS[name].title: reason for name, reason in missing.items() if name in PEERS},
        "workloads": [],
    }
    for workload in chosen:
        if workload.kind in missing:
            continue
        record = _measure(workload, _entries(workload, options.only, missing), options).record()
        document["workloads"].append(record)
        print(plain(record), end="\n\n", flush=True)
        if options.json:
            with open(options.json, "w") as file:
                json.dump(document, file, indent=1)


def _options():
    parser = argparse.ArgumentParser(prog="scripts/bench --peers", description=__doc__.splitlines()[0])
    groups = ", ".join(dict.fromkeys(it.group for it in WORKLOADS))
    parser.add_argument("workloads", nargs="*", metavar="WORKLOAD", help=f"of {groups}; or one of those, such as echo:50")
    parser.add_argument("--json", metavar="FILE", help="write everything there, each sample too")
    parser.add_argument("--repeat", type=int, default=5, metavar="N", help="measure each N times; 5 unless given")
    parser.add_argument("--seconds", type=float, default=3, metavar="S", help="how long a load runs; 3 unless given")
    parser.add_argument("--only", metavar="PEER,…", help=f"of {', '.join(PEERS)}; ours is always there")
    parser.add_argument("--table", nargs="+", metavar="FILE", help="measure nothing: print files of --json as Markdown")
    parser.add_argument("--pictures", metavar="FOLDER", help="with --table: show what `scripts/bench --plot` drew there")
    options = parser.parse_args()
    options.only = set(options.only.split(",")) | {OURS} if options.only else set(PEERS)
    names = {it.name for it in WORKLOADS} | {it.group for it in WORKLOADS}
    for unknown in [it for it in options.workloads if it not in names] + sorted(options.only - set(PEERS)):
        parser.error(f"there is no '{unknown}'")
    if options.repeat < 1:
        parser.error("--repeat wants a number of at least 1")
    return options


def _command(options):
    """What measures the same again, without the places of this machine."""
    words = ["scripts/bench", "--peers", *options.workloads]
    words += ["--repeat", str(options.repeat), "--seconds", f"{options.seconds:g}"]
    if options.only != set(PEERS):
        words += ["--only", ",".join(name for name in PEERS if name in options.only)]
    return " ".join(words)


def _is_named(workload, names):
    return not names or workload.name in names or workload.group in names


def _entries(workload, only, missing):
    return [it for it in workload.entries if it.peer in only and it.peer not in missing]


def _set_up(workloads, only):
    """Sets up everybody who is needed; returns who could not be, and why."""
    steps = {kind: NEEDED[kind] for kind in dict.fromkeys(it.kind for it in workloads)}
    names = dict.fromkeys(entry.peer for workload in workloads for entry in workload.entries if entry.peer in only)
    missing = {}
    for name in [*steps, *names]:
        try:
            for step in steps[name] if name in steps else PEERS[name].steps:
                step()
        except building.Unavailable as error:
            missing[name] = str(error)
            _say(f"{PEERS[name].title if name in PEERS else 'workloads with a ' + name} left out: {error}")
    return missing


def _versions(workloads, only, missing):
    names = dict.fromkeys(entry.peer for workload in workloads for entry in _entries(workload, only, missing))
    return {name: {"title": PEERS[name].title, "version": PEERS[name].asked_version()} for name in names}


def _measure(workload, entries, options):
    """Everybody once, then everybody again: a machine that slows down slows all."""
    results = Results(workload)
    for repetition in range(options.repeat):
        for entry in entries:
            if entry in results.failures:
                continue
            _say(f"{workload.name} {repetition + 1}/{options.repeat}: {entry.label}")
            is_quiet = wait_until_quiet()
            try:
                with Others() as others:
                    values = run_once(workload, entry, options.seconds)
            except Failed as error:
                results.failures[entry] = str(error)
                _say(f"{workload.name}: {entry.label} left out: {error}")
                continue
            results.add(entry, values, {"others_cpu": others.used, "is_quiet": is_quiet})
    return results


def _say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
