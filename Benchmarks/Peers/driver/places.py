# SPDX-License-Identifier: Apache-2.0
"""Where things are."""

from pathlib import Path

PEERS = Path(__file__).resolve().parent.parent
BENCHMARKS = PEERS.parent
BUILD = PEERS / ".build-peers"
BIN = BUILD / "bin"
LOGS = BUILD / "logs"
VENV = BUILD / "venv"
PYTHON = VENV / "bin" / "python"
SWIFT = BUILD / "swift" / "release"
HUMMINGBIRD = BUILD / "hummingbird-server" / "release"
OURS = BENCHMARKS / ".build" / "release"
