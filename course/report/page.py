"""One HTML file that needs nothing else: figures are in it, and each has a sentence and a table that say the same."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from html import escape

from course.characters import inert
from course.learning.sections import Section, sections
from course.learning.standing import Standing
from course.report.figures import Figure, figures

STYLE = """\
body { font: 16px/1.5 system-ui, sans-serif; color: #222; background: #fff; max-width: 50rem; margin: 2rem auto;
  padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; }
img { max-width: 100%; height: auto; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; color: #555; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #ccc; }
"""


def page(standing: Standing) -> str:
    """Return the page."""
    drawn = figures(standing)
    title = f"Progress: {standing.course}"
    parts = [part for section in sections(standing) for part in _section(section, drawn.get(section.id))]
    return "\n".join(
        (
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:;'
            " style-src 'unsafe-inline'\">",
            f"<title>{_text(title)}</title>",
            f"<style>\n{STYLE}</style>",
            "</head>",
            "<body>",
            "<main>",
            f"<h1>{_text(title)}</h1>",
            f"<p>As of {standing.at:%Y-%m-%d %H:%M}.</p>",
            *parts,
            "</main>",
            "</body>",
            "</html>",
            "",
        )
    )


def _section(section: Section, figure: Figure | None) -> Iterator[str]:
    yield f'<section aria-labelledby="{section.id}">'
    yield f'<h2 id="{section.id}">{_text(section.title)}</h2>'
    yield from (f"<p>{_text(sentence)}</p>" for sentence in section.say)
    if figure is not None:
        data = b64encode(figure.png).decode()
        yield f'<img alt="{_text(figure.alt)}" src="data:image/png;base64,{data}">'
    if section.rows:
        yield f"<table>\n<caption>{_text(section.title)}</caption>"
        heads = "".join(f'<th scope="col">{_text(cell)}</th>' for cell in section.head)
        yield f"<thead><tr>{heads}</tr></thead>"
        yield "<tbody>"
        for first, *rest in section.rows:
            cells = "".join(f"<td>{_text(cell)}</td>" for cell in rest)
            yield f'<tr><th scope="row">{_text(first)}</th>{cells}</tr>'
        yield "</tbody>\n</table>"
    yield "</section>"


def _text(text: str) -> str:
    return escape(inert(text))
