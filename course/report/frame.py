"""The frame of an HTML file that needs nothing else and asks nobody for anything."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from course.characters import inert


def framed(title: str, parts: Iterable[str], style: str) -> str:
    """Return the page; `parts` are HTML, `title` is text."""
    return "\n".join(
        (
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:;'
            " style-src 'unsafe-inline'\">",
            f"<title>{html(title)}</title>",
            f"<style>\n{style}</style>",
            "</head>",
            "<body>",
            "<main>",
            f"<h1>{html(title)}</h1>",
            *parts,
            "</main>",
            "</body>",
            "</html>",
            "",
        )
    )


def html(text: str) -> str:
    """Return text as HTML shows it, with a sign for whatever is no text."""
    return escape(inert(text))
