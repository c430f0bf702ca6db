#!/usr/bin/env python3
"""Lists public, open and package declarations that have no documentation comment.

Cases of visible enums and requirements of visible protocols count too, since they are as visible as their type.
Overrides are left out: they inherit the comment. Usage: check-docs.py [FILE_OR_FOLDER…], default Sources.
"""

import re
import sys

from swift_source import code_only, files

MODIFIER = (
    r"(?:public|package|open|private|fileprivate|internal|static|class|final|override|convenience|required|lazy|weak"
    r"|mutating|nonmutating|consuming|borrowing|indirect|dynamic|optional|distributed|prefix|postfix|infix|async"
    r"|isolated|sending|nonisolated|unowned|unsafe)(?:\([^()]*\))?"
)
KEYWORD = (
    r"(?P<keyword>func|var|let|class|struct|enum|protocol|actor|init|subscript|typealias|associatedtype|macro|case"
    r"|precedencegroup|operator)\b"
)
DECLARATION = re.compile(rf"(?<![\w.])(?P<modifiers>(?:{MODIFIER}\s+)*){KEYWORD}\s*(?P<name>[^\s:=({{<]*)")
VISIBLE = re.compile(r"\b(?:public|package|open)\b(?!\()")
MODIFIERS_ONLY = re.compile(rf"\s*(?:{MODIFIER}\s*)+")


def main(roots):
    paths = files(*roots)
    offenders, count = [], 0
    for path in paths:
        text = path.read_text(encoding="utf-8")
        code, lines = code_only(text), text.split("\n")
        for match in visible_declarations(code):
            count += 1
            line = code.count("\n", 0, match.start())
            if not has_comment(lines, code.split("\n"), line):
                name = " ".join((match["keyword"] + " " + match["name"]).split())
                offenders.append(f"{path}:{line + 1}: '{name}' has no documentation comment")
    print(*offenders, sep="\n") if offenders else print(f"{count} declarations in {len(paths)} files")
    return 1 if offenders else 0


def visible_declarations(code):
    """Matches of all declarations that others can see."""
    implied = []
    for match in DECLARATION.finditer(code):
        modifiers = match["modifiers"]
        if "override" in modifiers.split():
            continue
        if VISIBLE.search(modifiers):
            yield match
            if match["keyword"] in ("enum", "protocol"):
                implied.append((match["keyword"], *body(code, match.end())))
        elif any(is_member(code, match, *scope) for scope in implied):
            yield match


def is_member(code, match, kind, start, end):
    """Whether the declaration stands directly in the body, as a case of an enum or a protocol's requirement."""
    if not start <= match.start() < end or (kind == "enum") != (match["keyword"] == "case"):
        return False
    before = code[start : match.start()]
    return before.count("{") == before.count("}") and before.count("(") == before.count(")")


def body(code, start):
    """The range between the first brace after `start` and the one that closes it."""
    opening = code.find("{", start)
    depth = 0
    for position in range(opening, len(code)):
        depth += {"{": 1, "}": -1}.get(code[position], 0)
        if depth == 0:
            return opening + 1, position
    return opening + 1, len(code)


def has_comment(lines, code_lines, line):
    """Looks upwards from a declaration, over its attributes and plain comments, for a documentation comment."""
    if "/**" in lines[line][: len(lines[line]) - len(code_lines[line].lstrip())]:
        return True
    open_parentheses = 0
    while line > 0:
        line -= 1
        raw, code = lines[line].strip(), code_lines[line].strip()
        if raw.startswith("///") or raw.endswith("*/"):
            return True
        open_parentheses += code.count(")") - code.count("(")
        is_attribute = code.startswith("@") or open_parentheses > 0
        is_comment = raw.startswith("//")
        if not (is_attribute or is_comment or (code and MODIFIERS_ONLY.fullmatch(code))):
            return False
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["Sources"]))
