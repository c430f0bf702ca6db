#!/usr/bin/env python3
"""Counts what operations cost and compares that with Benchmarks/thresholds.json; see scripts/thresholds."""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

FILE = Path("Benchmarks/thresholds.json")
FIGURES = ("instructions", "allocations")
TIMES = 20_000
# How far a figure may lie above its threshold, as a share of it; the second part is for thresholds near zero.
SHARE, LEAST = 0.05, 0.005

# The same on each machine: the processor that valgrind shows has AVX2 only if the real one does, and the C library
# would choose its memcpy by that; and the hash tables of the standard library have a random seed.
SURROUNDINGS = os.environ | {
    "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-AVX",
    "SWIFT_DETERMINISTIC_HASHING": "1",
}


def run(program, operation, times):
    """Instructions and allocations of one run, whose start is in them."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, operation, str(times)]
    answer = subprocess.run(command, env=SURROUNDINGS, capture_output=True, text=True, timeout=120)
    counted = re.search(r"Collected : (\d+)", answer.stderr)
    if answer.returncode != 0 or not counted:
        sys.exit(f"thresholds: {operation} failed\n{answer.stdout}{answer.stderr}")
    return int(counted[1]), int(answer.stdout)


def measure(program, operation):
    """What one operation costs: that many more of them cost so much more."""
    once, twice = run(program, operation, TIMES), run(program, operation, 2 * TIMES)
    instructions, allocations = ((after - before) / TIMES for before, after in zip(once, twice))
    return {"instructions": round(instructions, 1), "allocations": round(allocations, 2)}


def measure_all(program, operations, repetitions):
    """The median of some measurements of each, and how far the instructions lie apart, as a share."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = {it: [pool.submit(measure, program, it) for _ in range(repetitions)] for it in operations}
        found, spreads = {}, {}
        for operation, runs in jobs.items():
            results = [it.result() for it in runs]
            found[operation] = {key: statistics.median_low(it[key] for it in results) for key in FIGURES}
            counts = [it["instructions"] for it in results]
            spreads[operation] = (max(counts) - min(counts)) / min(counts)
    return found, spreads


def difference(measured, threshold):
    """In per cent; where nothing was allowed, what there is."""
    if threshold:
        return f"{(measured / threshold - 1) * 100:+.1f} %"
    return "" if not measured else f"+{measured:g}"


def compare(found, thresholds):
    """Prints a line for each figure; returns those that are too high, and whether any could be lowered."""
    above, below = [], []
    print(f"{'operation':<14} {'figure':<13} {'measured':>10} {'threshold':>10} {'difference':>11}")
    for operation, figures in found.items():
        for key in FIGURES:
            measured, threshold = figures[key], thresholds.get(operation, {}).get(key)
            name = f"{key} per {operation}"
            if threshold is None:
                print(f"{operation:<14} {key:<13} {measured:>10g} {'none':>10}")
                above.append(f"{name}: {measured:g}, and there is no threshold")
                continue
            print(f"{operation:<14} {key:<13} {measured:>10g} {threshold:>10g} {difference(measured, threshold):>11}")
            if measured > threshold * (1 + SHARE) + LEAST:
                above.append(f"{name}: {measured:g}, {difference(measured, threshold)} above {threshold:g}")
            elif measured < threshold * (1 - SHARE) - LEAST:
                below.append(f"{name}: {measured:g} instead of {threshold:g}")
    return above, below


def main():
    parser = argparse.ArgumentParser(prog="scripts/thresholds", description=__doc__)
    parser.add_argument("operations", nargs="*", metavar="OPERATION", help="none named means all")
    parser.add_argument("--update", action="store_true", help="write what was measured")
    parser.add_argument("--repeat", type=int, default=1, metavar="N", help="measure N times")
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--swift", required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()

    known = subprocess.check_output([options.program, "--list"], text=True).split()
    if unknown := set(options.operations) - set(known):
        parser.error(f"unknown operation {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    kept = json.loads(FILE.read_text()) if FILE.exists() else {"swift": options.swift, "operations": {}}
    found, spreads = measure_all(options.program, options.operations or known, max(1, options.repeat))
    above, below = compare(found, kept["operations"])
    if options.repeat > 1:
        worst = max(spreads, key=spreads.get)
        print(f"{options.repeat} runs of each: instructions lie apart by {spreads[worst]:.3%} at most ({worst})")
    if options.update:
        merged = kept["operations"] | found
        kept = {"swift": options.swift, "operations": {it: merged[it] for it in known if it in merged}}
        FILE.write_text(json.dumps(kept, indent=2) + "\n")
        print(f"written to {FILE}")
        return
    if below:
        print("lower the thresholds (--update):", *below, sep="\n  ")
    if above:
        if kept["swift"] != options.swift:
            print(f"the thresholds are of Swift {kept['swift']}, and this is {options.swift}")
        sys.exit("\n  ".join(["FAIL thresholds: more than 5 % above", *above]))
    print(f"{len(found)} operations, none more than 5 % above its thresholds")


if __name__ == "__main__":
    main()
