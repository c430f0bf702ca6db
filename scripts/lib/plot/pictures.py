# SPDX-License-Identifier: Apache-2.0
"""Files that the benchmarks have written, and the pictures of what is in them."""

import json

from bars import bars, limits
from curves import curves


def records(text):
    """What is in a file: one value in JSON, or one a line."""
    try:
        return [json.loads(text)]
    except json.JSONDecodeError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]


def pictures_of(found):
    """Pictures by name."""
    workloads = [workload for it in found for workload in it.get("workloads", [])]
    workloads += limits([it for it in found if "workload" in it])
    return curves([it for it in found if "series" in it]) | bars(workloads)
