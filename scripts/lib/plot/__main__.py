# SPDX-License-Identifier: Apache-2.0
"""Draws what the benchmarks have measured: scripts/bench --plot FILE.json… --output DIR

A file is what --json gave: of --growth, of --peers, or of the benchmarks themselves. Prints the pictures' names.
"""

import argparse
import sys
from pathlib import Path

from pictures import pictures_of, records


def main():
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="scripts/bench --plot", description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.json", help="what --json gave")
    parser.add_argument("--output", required=True, type=Path, metavar="DIR", help="where the pictures go")
    options = parser.parse_args()
    try:
        pictures = pictures_of([line for path in options.files for line in records(path.read_text())])
    except (OSError, ValueError, KeyError) as error:
        sys.exit(f"bench: nothing can be drawn of this: {error!r}")
    options.output.mkdir(parents=True, exist_ok=True)
    for name, picture in pictures.items():
        (options.output / name).write_text(picture)
        print(options.output / name)


if __name__ == "__main__":
    main()
