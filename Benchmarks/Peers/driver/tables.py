# SPDX-License-Identifier: Apache-2.0
"""Tables of what was measured: for a terminal, and in Markdown for the documentation."""


def plain(record):
    """A workload's table in columns."""
    rows = [_header(record), *(_row(record, entry) for entry in record["entries"])]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [f"{record['name']}: {record['title']}"]
    for row in rows:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:]))]
        lines.append("  " + "  ".join(cells).rstrip())
    lines += [f"  left out: {label}: {reason}" for label, reason in record["failures"].items()]
    return "\n".join(lines)


def markdown(documents, pictures=None):
    """Everything that some files have, as a page's tables."""
    parts = []
    for document in documents:
        for record in document["workloads"]:
            header = _header(record)
            parts.append(f"### {record['name']}: {record['title']}\n")
            if pictures:
                name = record["name"].replace(":", "-")
                parts.append(f"![{record['title']}]({pictures}/peers-{name}.svg)\n")
            parts.append(_line(header))
            parts.append(_line(["---"] + ["---:"] * (len(header) - 1)))
            for entry in record["entries"]:
                row = _row(record, entry)
                parts.append(_line([f"**{cell}**" for cell in row] if entry["is_ours"] else row))
            parts += [f"\nLeft out: {label}: {reason}" for label, reason in record["failures"].items()]
            parts.append("")
        parts += _circumstances(document)
    return "\n".join(parts)


def _circumstances(document):
    machine = document["machine"]
    lines = [
        f"Measured {document['date']} by `{document['command']}`: {machine['processor']}, {machine['cores']} cores,"
        f" {machine['memory_gib']} GiB, {machine['system']}, Linux {machine['kernel']},"
        f" congestion control {machine['congestion_control']}.",
        "",
    ]
    lines += [f"- {peer['title']}: {peer['version']}" for peer in document["peers"].values() if peer["version"]]
    lines += [f"- left out: {title}: {reason}" for title, reason in document["missing"].items()]
    return [*lines, ""]


def _header(record):
    first, *others = record["measures"]
    more = ", more is better" if first["more_is_better"] else ""
    cells = ["", f"{first['title']}, {first['unit']}, median (min..max){more}", "times ours"]
    return [*cells, *(f"{it['title']}, {it['unit']}" for it in others), "runs", "others' CPU"]


def _row(record, entry):
    first, *others = record["measures"]
    figure = entry["figures"].get(first["name"])
    spread = "-"
    if figure:
        spread = f"{digits(figure['median'])} ({digits(figure['min'])}..{digits(figure['max'])})"
    ratio = figure.get("ratio") if figure else None
    samples = entry["samples"]
    return [
        entry["label"], spread, f"{ratio:.2f}" if ratio is not None else "-",
        *(digits(entry["figures"].get(it["name"], {}).get("median")) for it in others),
        str(len(samples)), f"{max(it['others_cpu'] for it in samples):.2f}",
    ]


def _line(cells):
    return "| " + " | ".join(cells) + " |"


def digits(value):
    """About three digits that matter."""
    if value is None:
        return "-"
    places = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3
    return f"{value:,.{places}f}"
