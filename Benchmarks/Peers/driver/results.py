# SPDX-License-Identifier: Apache-2.0
"""What was measured: samples, what is made of them, and the file that has all of it."""

import statistics

from peers import OURS, PEERS


class Results:
    """The samples of one workload, by entry."""

    def __init__(self, workload):
        self.workload = workload
        self._samples = {}
        self.failures = {}

    def add(self, entry, values, others):
        """Adds what a run measured, and how much of the machine others had meanwhile."""
        kept = {it.name: values[it.name] for it in self.workload.measures if it.name in values}
        self._samples.setdefault(entry, []).append({"values": kept, **others})

    def record(self):
        """Everything, for the file: our own first, then the others from the best on."""
        entries = [self._entry(entry, samples) for entry, samples in self._samples.items()]
        return {
            "name": self.workload.name,
            "title": self.workload.title,
            "measures": [
                {"name": it.name, "title": it.title, "unit": it.unit, "more_is_better": it.more_is_better}
                for it in self.workload.measures
            ],
            "entries": with_ratios(entries, self.workload.measures),
            "failures": {entry.label: reason for entry, reason in self.failures.items()},
        }

    def _entry(self, entry, samples):
        figures = {}
        for measure in self.workload.measures:
            values = [it["values"][measure.name] for it in samples if measure.name in it["values"]]
            if values:
                figures[measure.name] = {
                    "median": statistics.median(values), "min": min(values), "max": max(values)}
        return {
            "peer": entry.peer, "title": PEERS[entry.peer].title, "label": entry.label,
            "is_ours": entry.peer == OURS, "command": entry.command, "figures": figures, "samples": samples,
        }


def with_ratios(entries, measures):
    """The entries in order, and in each figure how many times ours it is."""
    own = next((it for it in entries if it["is_ours"]), None)
    for entry in entries:
        for name, figure in entry["figures"].items():
            mine = own["figures"].get(name, {}).get("median") if own else None
            figure["ratio"] = figure["median"] / mine if mine else None
    first = measures[0]

    def place(entry):
        median = entry["figures"].get(first.name, {}).get("median", float("inf"))
        return -median if first.more_is_better else median

    return sorted(entries, key=place)
