"""`mlcourse check --coverage`: what questions there are beside what there should be, in 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from course.cli.present import complain, is_plain, print_json
from course.content.yaml.errors import ContentError

if TYPE_CHECKING:
    from course.content.lint.coverage import Count, Coverage, Row
    from course.content.pack import Pack

SHORT = {
    "items": "all",
    "single": "S",
    "multiple": "M",
    "matching": "Mt",
    "ordering": "O",
    "numeric": "N",
    "short-text": "T",
    "case": "C",
    "fix": "F",
    "computed": "comp.",
}
"""What the columns are called."""
WIDTH = 80
NAME = 17


def show(pack: Pack, *, as_json: bool) -> int:
    """Print what a pack covers; 1 if it falls short of its blueprint, or cannot be read."""
    from course.content.lint.coverage import coverage

    try:
        found = coverage(pack)
    except ContentError as error:
        if as_json:
            print_json({"ok": False, "problems": error.problems})
        for problem in error.problems if not as_json else ():
            print(problem)
        complain("What the pack covers cannot be counted before this is mended.")
        return 1
    if as_json:
        print_json(_view(found))
    else:
        for line in _lines(found, spoken=is_plain()):
            print(line)
    return 1 if found.short else 0


def _lines(found: Coverage, *, spoken: bool) -> Iterator[str]:
    rows = {**found.lessons, "sum": found.whole}
    yield from (_sentence(name, row) for name, row in rows.items()) if spoken else _table(rows)
    yield ""
    for name, row in (("levels", found.levels), *found.objectives.items()):
        yield from textwrap.wrap(_sentence(name, row), WIDTH, subsequent_indent="  ", break_on_hyphens=False)
    if any(count.want is not None for row in rows.values() for count in row.values()):
        yield ""
        yield "Falls short:" if found.short else "Nothing falls short."
        for line in found.short:
            yield from textwrap.wrap(line, WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)


def _table(rows: Mapping[str, Row]) -> Iterator[str]:
    """Yield a line for each lesson, and the sum; each column is as wide as it must be."""
    columns = list(rows["sum"])
    cells = [["", *(SHORT.get(each, each) for each in columns)]]
    cells += [[name[:NAME], *(_cell(row.get(each)) for each in columns)] for name, row in rows.items()]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for first, *others in cells:
        yield f"{first:{widths[0]}} " + " ".join(
            f"{cell:>{width}}" for cell, width in zip(others, widths[1:], strict=True)
        )


def _cell(count: Count | None) -> str:
    if count is None:
        return "-"
    return f"{count.have}/{count.want}" if count.want is not None else f"{count.have}"


def _sentence(name: str, row: Row) -> str:
    told = (
        f"{each} {count.have}" + (f" of {count.want}" if count.want is not None else "") for each, count in row.items()
    )
    return f"{name}: {', '.join(told)}"


def _view(found: Coverage) -> dict[str, Any]:
    return {
        "ok": not found.short,
        "lessons": found.lessons,
        "whole": found.whole,
        "levels": found.levels,
        "objectives": found.objectives,
        "unwritten": found.unwritten,
        "short": found.short,
    }
