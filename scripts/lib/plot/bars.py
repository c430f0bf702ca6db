# SPDX-License-Identifier: Apache-2.0
"""What somebody's way of doing a workload costs beside the others': a bar each."""

import math
import re

from svg import FAINT, INK, OURS, Picture, figure

WIDTH, LEFT, RIGHT, TOP = 860, 270, 130, 56
ROW, BAR = 24, 15
# Beyond it, the shortest bars would not be seen.
MOST_SPAN = 40


def bars(workloads):
    """Pictures by name, of workloads as `bench --peers --json` writes them: one for each, of its first measure."""
    pictures = {}
    for workload in workloads:
        measure = workload["measures"][0]
        rows = [(it["label"], it["figures"][measure["name"]], it["is_ours"])
                for it in workload["entries"] if measure["name"] in it["figures"]]
        if rows:
            name = re.sub(r"[^a-z0-9]+", "-", workload["name"].lower()).strip("-")
            pictures[f"peers-{name}.svg"] = _picture(workload["title"], measure, rows)
    return pictures


def limits(figures):
    """Workloads of the lines that `bench --json` writes, as those of `--peers`: a metric each, beside its limit."""
    workloads = {}
    for line in figures:
        name = f"{line['workload']}-{line['metric']}"
        measure = {"name": "value", "title": line["metric"], "unit": line["unit"],
                   "more_is_better": line["unit"].endswith("/s")}
        workload = workloads.setdefault(
            name, {"name": name, "title": f"{line['workload']}: {line['metric']}", "measures": [measure], "entries": []})
        workload["entries"].append({
            "label": line["who"], "is_ours": line["who"] == "swift-gevent",
            "figures": {"value": {key: line[key] for key in ("median", "min", "max")}}})
    return list(workloads.values())


def _picture(title, measure, rows):
    medians = [figures["median"] for _, figures, _ in rows]
    is_logarithmic = min(medians) > 0 and max(medians) / min(medians) > MOST_SPAN
    place = _scale([it["max"] for _, it, _ in rows], min(medians), is_logarithmic)
    height = TOP + ROW * len(rows) + 12
    picture = Picture(WIDTH, height, title)
    picture.text(16, 22, title, size=16, weight="bold")
    better = "more" if measure["more_is_better"] else "less"
    scale = "; the scale is logarithmic" if is_logarithmic else ""
    picture.text(16, 40, f"{measure['title']}, {measure['unit']}; {better} is better{scale}", size=12)
    own = next((figures["median"] for _, figures, is_ours in rows if is_ours), None)
    for index, (label, figures, is_ours) in enumerate(rows):
        y = TOP + ROW * index
        colour, weight = (OURS, "bold") if is_ours else (INK, "normal")
        picture.text(LEFT - 10, y + BAR - 3, label, size=12, colour=colour, anchor="end", weight=weight)
        end = place(figures["median"])
        picture.bar(LEFT, y, max(1, end - LEFT), BAR, colour if is_ours else FAINT)
        middle, low, high = y + BAR / 2, place(figures["min"]), place(figures["max"])
        picture.line([(low, middle), (high, middle)], INK)
        ratio = f"  ({figure(figures['median'] / own)}×)" if own and not is_ours else ""
        picture.text(max(end, high) + 6, y + BAR - 3, figure(figures["median"]) + ratio, size=12, weight=weight)
    return str(picture)


def _scale(highest, least, is_logarithmic):
    """Where a value's bar ends."""
    room, most = WIDTH - RIGHT - LEFT, max(highest)
    if not is_logarithmic:
        return lambda value: LEFT + room * value / most
    low = math.floor(math.log10(least))
    return lambda value: LEFT + room * max(0, math.log10(max(value, 10**low)) - low) / (math.log10(most) - low)
