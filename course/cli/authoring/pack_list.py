"""`mlcourse pack list`: every pack, and every one that is left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from course.cli.present import counted, print_json
from course.cli.surroundings import places
from course.content.packs import opened
from course.content.sources.adding import added_from
from course.content.sources.finding import Found, find
from course.content.yaml.errors import ContentError
from course.errors import one_line

if TYPE_CHECKING:
    import argparse

    from course import wiring
    from course.content.pack import Pack
    from course.content.packs import LeftOut, Packs

COUNTED = ("lessons", "questions", "labs", "incidents", "terms")


def show(options: argparse.Namespace) -> int:
    """Print them; 1 if any is left out."""
    rows, out = listing(places(options))
    if options.json:
        print_json({"ok": not out, "packs": rows, "left_out": out})
    else:
        for line in lines(rows, out):
            print(line)
    return 1 if out else 0


def listing(where: wiring.Places) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return what can be said of the packs that are used, and of those that are left out, with the reasons."""
    found = find(where.packs, where.data)
    packs, left_out = opened(found, where.data)
    origins = {each.root: each for each in found}
    questions = _questions(packs)
    rows = [_row(pack, origins[pack.root], questions) for pack in packs.packs]
    return rows, [_left_out(each) for each in left_out]


def origin(found: Found) -> str:
    """Return in words where a pack is from."""
    match found.origin:
        case "built in":
            return "built in"
        case "installed":
            return f"installed by {one_line(found.by)}"
        case "--pack":
            return f"--pack {one_line(found.given)}"
        case "added":
            source = added_from(found.given)
            return f"put into {one_line(found.given)}" if source is None else f"added from {one_line(source)}"


def _questions(packs: Packs) -> dict[str, int] | None:
    """Return how many questions each lesson has; None if a file of them cannot be read, as `mlcourse check` says."""
    counts: dict[str, int] = {}
    try:
        for card in packs.question_cards():
            counts[card.lesson] = counts.get(card.lesson, 0) + 1
    except ContentError:
        return None
    return counts


def _row(pack: Pack, found: Found, questions: dict[str, int] | None) -> dict[str, Any]:
    lessons = pack.course.lessons
    return {
        "id": pack.outline.id,
        "title": pack.outline.title,
        "origin": found.origin,
        "from": found.given,
        "by": found.by or None,
        "where": origin(found),
        "lessons": len(lessons),
        "questions": None if questions is None else sum(questions.get(id, 0) for id in lessons),
        "labs": len(pack.lab_ids()),
        "incidents": len(pack.incident_ids()),
        "terms": len(pack.outline.terms),
    }


def _left_out(pack: LeftOut) -> dict[str, Any]:
    found = pack.found
    return {
        "origin": found.origin,
        "from": found.given,
        "by": found.by or None,
        "where": origin(found),
        "why": pack.why,
    }


def lines(rows: list[dict[str, Any]], left_out: list[dict[str, Any]]) -> Iterator[str]:
    """Yield what to print of them."""
    for row in rows:
        held = [counted(row[thing], thing.removesuffix("s")) for thing in COUNTED if row[thing]]
        unknown = ["questions that cannot be read: mlcourse check says why"] if row["questions"] is None else []
        yield f"{row['id']}: {row['title']}"
        yield f"  {row['where']}"
        yield f"  {', '.join([*held, *unknown]) or 'nothing yet'}"
    for row in left_out:
        yield f"left out: {row['where']}"
        yield from (f"  {line}" for line in row["why"])
