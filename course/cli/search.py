"""`mlcourse search`: find a place again."""

from __future__ import annotations

import argparse

from course.characters import in_one_line
from course.cli.arguments import Commands, command
from course.cli.present import complain, print_json
from course.cli.surroundings import catalog, journal

SHOWN = 20
"""Of what was found, so many are printed for people; JSON has all."""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = command(
        commands, "search", "find pages, terms, questions that you have seen, labs, bookmarks and notes", run
    )
    parser.add_argument(
        "words", nargs="*", help="in any order, or only their beginnings; none: your bookmarks and notes"
    )


def run(options: argparse.Namespace) -> int:
    """Print what was found, the best first."""
    from course.learning.search.entries import entries, exercises
    from course.learning.search.index import Index, snippet

    query, pack = " ".join(options.words), catalog(options)
    with journal(options) as history:
        found = Index((*entries(pack, history), *exercises(pack))).found(query)
    if options.json:
        results = [
            {"kind": each.kind, "title": each.title, "place": each.place, "snippet": snippet(each, query).text}
            for each in found
        ]
        print_json({"query": query, "count": len(found), "results": results})
    else:
        for each in found[:SHOWN]:
            print(f"{each.kind}: {in_one_line(each.title)} ({in_one_line(each.place)})")
            if text := snippet(each, query).text:
                print(f"    {in_one_line(text)}")
        if len(found) > SHOWN:
            complain(f"{len(found)} places in all; another word leaves fewer, --json prints all of them.")
    if not found:
        complain(f"Nothing has {in_one_line(query[:40])!r}." if query.strip() else "No bookmark and no note yet.")
        return 1
    return 0
