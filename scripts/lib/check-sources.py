#!/usr/bin/env python3
"""The house's rules on source text. Usage: check-sources.py RULE, from the repository's root.

Prints the offenders and exits with 1, or prints one line of findings and exits with 0.
"""

import json
import re
import statistics
import subprocess
import sys
from pathlib import Path

from swift_source import code_only, files

OURS = [root for root in ("Sources", "Tests", "Snippets", "Examples", "Benchmarks", "Fuzzing") if Path(root).exists()]
C_SUFFIXES = (".c", ".cc", ".cpp", ".h", ".S")
MOST_LINES = 400
IMPORT = re.compile(
    r"\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+"
    r"(?:(?:struct|class|enum|protocol|typealias|func|var|let)\s+)?(\w+)"
)


def sizes():
    """No file has more than 400 lines."""
    lengths = {path: len(path.read_text().splitlines()) for path in files(*OURS, suffixes=(".swift", *C_SUFFIXES))}
    for path, length in lengths.items():
        if length > MOST_LINES:
            yield f"{path}: {length} lines, the most is {MOST_LINES}"
    ours = [length for path, length in lengths.items() if path.parts[0] == "Sources"] or [0]
    summary(f"{len(ours)} source files, median {statistics.median(ours):.0f} lines, longest {max(ours)}")


def licence():
    """The first line names the licence, except in snippets, whose first comment is shown in the documentation."""
    paths = files(*(root for root in OURS if root != "Snippets"), suffixes=(".swift", *C_SUFFIXES))
    for path in paths:
        if path.name != "Package.swift" and "SPDX-License-Identifier: Apache-2.0" not in first_line(path):
            yield f"{path}:1: the first line names no licence"
    summary(f"{len(paths)} files")


def unsafe():
    """Whoever overrules the compiler says why, on the line or in the three above it."""
    overruled = re.compile(r"@unchecked\s+Sendable|nonisolated\(unsafe\)|\bUnmanaged\b")
    count = 0
    for path, number, lines, code in code_lines("Sources"):
        if overruled.search(code):
            count += 1
            if not any("//" in line for line in lines[max(0, number - 4) : number]):
                yield f"{path}:{number}: no comment says why the compiler is wrong: {code.strip()}"
    summary(f"{count} places, each with its reason")


def forced():
    """Nothing traps on an error or a type that the code did not look at."""
    for path, number, _, code in code_lines("Sources", "Snippets", "Examples", "Benchmarks", "Fuzzing"):
        if found := re.search(r"\b(try!|as!)", code):
            yield f"{path}:{number}: {found[1]}: {code.strip()}"
    summary("no try! and no as!")


def todo():
    """Loose ends have an issue."""
    loose = re.compile(r"\b(TODO|FIXME|XXX)\b(?!\(#\d+\))")
    for path in files(*OURS, "Package.swift", suffixes=(".swift", *C_SUFFIXES)):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if loose.search(line):
                yield f"{path}:{number}: write TODO(#issue): {line.strip()}"
    summary("no loose ends without an issue")


def tests():
    """Every test runs."""
    switched_off = re.compile(r"\.disabled\(|\bwithKnownIssue\b|\bXCTSkip\b|\.enabled\(if:\s*false")
    for path, number, _, code in code_lines("Tests"):
        if switched_off.search(code):
            yield f"{path}:{number}: a test is switched off: {code.strip()}"
    summary("none is switched off")


def arrows():
    """A target imports only what its own list of dependencies names. (SwiftPM's check lets transitive ones pass.)"""
    targets = {it["name"]: it for it in manifest()["targets"]}
    for name, target in targets.items():
        own = {next(iter(it.values()))[0] for it in target["dependencies"]} | {name}
        for path, number, _, code in code_lines(home(target)):
            found = IMPORT.match(code)
            if found and found[1] in targets and found[1] not in own:
                yield f"{path}:{number}: {name} imports {found[1]}, which Package.swift does not name for it"
    summary(f"{len(targets)} targets import what Package.swift names")


def foundation():
    """Only executables import Foundation: the library starts in microseconds and links small."""
    tools = [home(it) for it in manifest()["targets"] if it["type"] == "executable"]
    for path, number, _, code in code_lines("Sources"):
        found = IMPORT.match(code)
        if found and found[1].startswith("Foundation") and not any(tool in path.parents for tool in tools):
            yield f"{path}:{number}: imports {found[1]}"
    summary(f"none outside {', '.join(map(str, tools)) or 'executables (there are none)'}")


def notes():
    """The design notes are numbered without gaps, and their index names each."""
    index = Path("Docs/design/README.md").read_text()
    found = sorted(path.name for path in Path("Docs/design").glob("[0-9]*.md"))
    for number, name in enumerate(found, 1):
        if not name.startswith(f"{number:04}-"):
            yield f"Docs/design/{name}: the next number is {number:04}"
        if f"]({name})" not in index:
            yield f"Docs/design/README.md: no row for {name}"
    summary(f"{len(found)} notes")


def manifest():
    """What Package.swift says, as SwiftPM reads it."""
    return json.loads(subprocess.check_output(["swift", "package", "dump-package"], text=True))


def home(target):
    """The folder of a target."""
    return Path(target.get("path") or Path("Tests" if target["type"] == "test" else "Sources", target["name"]))


def code_lines(*roots):
    """Each line of Swift below the roots: path, number, the file's raw lines, the line without its comments."""
    for path in files(*(root for root in roots if Path(root).exists())):
        text = path.read_text(encoding="utf-8")
        lines = text.split("\n")
        for number, code in enumerate(code_only(text).split("\n"), 1):
            yield path, number, lines, code


def first_line(path):
    with path.open(encoding="utf-8") as file:
        return file.readline()


def summary(text):
    global closing
    closing = text


if __name__ == "__main__":
    rules = {it.__name__: it for it in (sizes, licence, unsafe, forced, todo, tests, arrows, foundation, notes)}
    if len(sys.argv) != 2 or sys.argv[1] not in rules:
        sys.exit(f"usage: check-sources.py {'|'.join(rules)}")
    closing = ""
    offenders = list(rules[sys.argv[1]]())
    print(*offenders, sep="\n") if offenders else print(closing)
    sys.exit(1 if offenders else 0)
