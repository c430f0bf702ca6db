# SPDX-License-Identifier: Apache-2.0
"""An SVG picture, written piece by piece: no scripts, no fonts of its own, the same bytes for the same figures."""

from xml.sax.saxutils import escape, quoteattr

# In the middle between black and white: to be read on either. No background, for the same reason.
INK, FAINT = "#7d8590", "#7d859050"
OURS = "#d9622b"
COLOURS = (OURS, "#3d84c6", "#2f9e6e", "#a269c4", "#b8860b", "#c4568a", "#4a9aa8", "#8a7b5c")
FONT = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif"


class Picture:
    """What is drawn, in points from the upper left corner."""

    def __init__(self, width, height, title):
        self._parts = []
        self._head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
            f'height="{height}" role="img" aria-label={quoteattr(title)} font-family={quoteattr(FONT)}>')

    def text(self, x, y, words, size=13, colour=INK, anchor="start", weight="normal"):
        """A line of text that starts, ends or has its middle at a point of its base line."""
        self._parts.append(
            f'<text x="{_number(x)}" y="{_number(y)}" font-size="{size}" fill="{colour}" text-anchor="{anchor}" '
            f'font-weight="{weight}">{escape(words)}</text>')

    def line(self, points, colour=INK, width=1.0):
        """A line through points."""
        path = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
        self._parts.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{_number(width)}" '
            'stroke-linejoin="round" stroke-linecap="round"/>')

    def dot(self, x, y, colour):
        """A point that was measured."""
        self._parts.append(f'<circle cx="{_number(x)}" cy="{_number(y)}" r="3" fill="{colour}"/>')

    def bar(self, x, y, width, height, colour):
        """A filled rectangle."""
        self._parts.append(
            f'<rect x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" height="{_number(height)}" '
            f'rx="2" fill="{colour}"/>')

    def __str__(self):
        return "\n".join([self._head, *self._parts, "</svg>"]) + "\n"


def _number(value):
    return f"{value:.1f}".removesuffix(".0")


def figure(value):
    """About three digits that matter."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value else "0"
