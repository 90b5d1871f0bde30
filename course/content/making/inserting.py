"""Pieces put into files that are there already, everything else left as it is: comments, layout, quotes.

All of it raises ValueError where there is no safe place, and ContentError for a text that cannot be read.
"""

from __future__ import annotations

from copy import deepcopy

from course.content.files.markdown import Fence
from course.content.yaml.extents import extents
from course.content.yaml.reader import read_yaml
from course.content.yaml.restructuring import changed, line_end, line_start
from course.content.yaml.rewriting import EMPTY, NAME


def with_step(text: str, what: str, id: str) -> str:
    """Return a lesson's text with a line at its end that places a question, a lab or an incident."""
    fence = Fence()
    for line in text.split("\n"):
        fence.turns(line)
    if fence.info is not None:
        raise ValueError("a fence is open at the end of the text")
    if not any(line.startswith("## ") for line in text.split("\n")):
        raise ValueError("no page has begun")
    return f"{text.rstrip()}\n\n{{{what}: {id}}}\n"


def with_piece(text: str, key: str, piece: str) -> str:
    """Return a YAML text with one more item in the list under a key at its top.

    The item comes as it is to stand there, comments and all, indented by two.
    """
    data, item = read_yaml(text, NAME).data, read_yaml(f"{key}:\n{piece}", NAME).data[key][0]
    wanted = deepcopy(data) if isinstance(data, dict) else {}
    there = wanted.get(key)
    wanted[key] = [*there, item] if isinstance(there, list) else [item]
    found = extents(text).get((key,))
    ways = list[str]()
    if isinstance(there, list) and there and found is not None and not found.flow:
        column = found.start - line_start(text, found.start)
        at = line_end(text, found.end)
        ways.append(f"{text[:at]}\n\n{_indented(piece, column)}{text[at:]}")
    elif found is None or text[found.start : found.end] in (*EMPTY, "[]"):
        bare = text if found is None else f"{text[: found.start].rstrip(' ')}{text[found.end :]}"
        ways.append(f"{bare.rstrip()}\n{piece}\n")
        ways.append(f"{bare.rstrip()}\n{key}:\n{piece}\n")
    return changed(text, wanted, ways)


def _indented(piece: str, column: int) -> str:
    """Return the piece with its first hyphen in this column."""
    by = column - 2
    lines = piece.rstrip("\n").split("\n")
    return "\n".join(" " * by + line if by > 0 and line else line[-by:] if by < 0 else line for line in lines)
