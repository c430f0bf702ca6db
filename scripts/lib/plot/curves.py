# SPDX-License-Identifier: Apache-2.0
"""What an operation costs as there are more of something: both ways by powers of ten, a line a cost."""

import math

from svg import COLOURS, FAINT, Picture, figure

WIDTH, HEIGHT = 860, 460
LEFT, RIGHT, TOP, BOTTOM = 70, 210, 52, 48
LABEL_HEIGHT = 15


def curves(points):
    """Pictures by name, of points as `bench --growth --json` writes them: one for each kind of thing."""
    kinds = {}
    for point in points:
        lines = kinds.setdefault(point["things"], {})
        lines.setdefault(f"{point['series']}: {point['metric']}", []).append(point)
    return {f"growth-{things}.svg": _picture(things, lines) for things, lines in kinds.items()}


def _picture(things, lines):
    points = [point for line in lines.values() for point in line]
    across = _Axis([it["size"] for it in points], LEFT, WIDTH - RIGHT)
    up = _Axis([it["median"] for it in points], HEIGHT - BOTTOM, TOP)
    title = f"Cost of an operation by the number of {things}"
    picture = Picture(WIDTH, HEIGHT, title)
    picture.text(LEFT, 22, title, size=16, weight="bold")
    picture.text(LEFT, 40, f"{points[0]['unit']} an operation; both scales are logarithmic", size=12)
    for decade in across.decades:
        x = across.place(10**decade)
        picture.line([(x, TOP), (x, HEIGHT - BOTTOM)], FAINT)
        picture.text(x, HEIGHT - BOTTOM + 18, f"{10**decade:,}", size=12, anchor="middle")
    for decade in up.decades:
        y = up.place(10**decade)
        picture.line([(LEFT, y), (WIDTH - RIGHT, y)], FAINT)
        picture.text(LEFT - 8, y + 4, f"{10**decade:,}", size=12, anchor="end")
    picture.text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, things, size=12, anchor="middle")
    ends = []
    for index, (name, line) in enumerate(lines.items()):
        colour = COLOURS[index % len(COLOURS)]
        places = [(across.place(it["size"]), up.place(it["median"])) for it in line]
        picture.line(places, colour, 2)
        for place in places:
            picture.dot(*place, colour)
        ends.append((places[-1], f"{name} {figure(line[-1]['median'])}", colour))
    _label(picture, ends)
    return str(picture)


def _label(picture, ends):
    """Names at the ends of their lines, moved apart where they would lie on each other."""
    ends = sorted(ends, key=lambda end: (end[0][1], end[1]))
    places = apart([place[1] for place, _, _ in ends], LABEL_HEIGHT, TOP, HEIGHT - BOTTOM)
    for ((x, y), words, colour), place in zip(ends, places):
        start = WIDTH - RIGHT + 14
        picture.line([(x + 5, y), (start - 3, place)], FAINT)
        picture.text(start, place + 4, words, size=12, colour=colour)


def apart(places, distance, low, high):
    """The places, which are in order, at least so far from each other and within bounds if there is room."""
    moved = []
    for place in places:
        moved.append(max(place, moved[-1] + distance if moved else low))
    over = high
    for index in reversed(range(len(moved))):
        moved[index] = min(moved[index], over)
        over = moved[index] - distance
    return moved


class _Axis:
    """Powers of ten between two points; all values have room."""

    def __init__(self, values, start, end):
        low = math.floor(math.log10(min(values)) + 1e-9)
        high = max(low + 1, math.ceil(math.log10(max(values)) - 1e-9))
        self.decades = range(low, high + 1)
        self._start, self._end = start, end

    def place(self, value):
        share = (math.log10(value) - self.decades[0]) / (self.decades[-1] - self.decades[0])
        return self._start + share * (self._end - self._start)
