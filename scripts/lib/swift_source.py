"""Reads Swift sources for the checks: finds files, and blanks out comments and literals.

Blanked text keeps its length and its line breaks, so that positions in it are positions in the file.
"""

from pathlib import Path

SKIPPED = {".git", ".swiftpm", "checkouts"}


def files(*roots, suffixes=(".swift",)):
    """All files below `roots` with one of `suffixes`, sorted; build folders are left out."""
    found = []
    for root in map(Path, roots):
        candidates = [root] if root.is_file() else root.rglob("*")
        for path in candidates:
            if path.suffix in suffixes and path.is_file() and not _is_built(path):
                found.append(path)
    return sorted(found)


def _is_built(path):
    return any(part in SKIPPED or part.startswith(".build") for part in path.parts)


def code_only(text):
    """The text with comments, string literals and quoted identifiers replaced by blanks."""
    out = list(text)
    position = 0
    while position < len(text):
        end = _end_of_opaque(text, position)
        if end is None:
            position += 1
            continue
        for index in range(position, end):
            if out[index] != "\n":
                out[index] = " "
        if text[position] == "`":
            # A quoted identifier is still a name: leave one, so that declarations keep their shape.
            out[position] = "q"
        position = end
    return "".join(out)


def _end_of_opaque(text, start):
    """Where the comment or literal that begins at `start` ends; None if none begins there."""
    if text.startswith("//", start):
        end = text.find("\n", start)
        return len(text) if end < 0 else end
    if text.startswith("/*", start):
        return _end_of_block_comment(text, start)
    if text[start] == "`":
        end = text.find("`", start + 1)
        return len(text) if end < 0 else end + 1
    if text[start] in '"#':
        hashes = 0
        while start + hashes < len(text) and text[start + hashes] == "#":
            hashes += 1
        if text.startswith('"', start + hashes):
            return _end_of_string(text, start, hashes)
    return None


def _end_of_block_comment(text, start):
    depth, position = 1, start + 2
    while position < len(text) and depth:
        if text.startswith("/*", position):
            depth, position = depth + 1, position + 2
        elif text.startswith("*/", position):
            depth, position = depth - 1, position + 2
        else:
            position += 1
    return position


def _end_of_string(text, start, hashes):
    position = start + hashes
    quote = '"""' if text.startswith('"""', position) else '"'
    closing, escape = quote + "#" * hashes, "\\" + "#" * hashes
    position += len(quote)
    while position < len(text):
        if text.startswith(closing, position):
            return position + len(closing)
        if text.startswith(escape + "(", position):
            position = _end_of_interpolation(text, position + len(escape))
        elif text.startswith(escape, position):
            position += len(escape) + 1
        elif quote == '"' and text[position] == "\n":
            return position
        else:
            position += 1
    return position


def _end_of_interpolation(text, start):
    depth, position = 0, start
    while position < len(text):
        end = _end_of_opaque(text, position)
        if end is not None:
            position = end
            continue
        depth += {"(": 1, ")": -1}.get(text[position], 0)
        position += 1
        if depth == 0:
            break
    return position
