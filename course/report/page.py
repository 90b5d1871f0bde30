"""One HTML file that needs nothing else: figures are in it, and each has a sentence and a table that say the same."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator

from course.learning.sections import Section, sections
from course.learning.standing import Standing
from course.report.figures import Figure, figures
from course.report.frame import framed, html

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
    return framed(title, (f"<p>As of {standing.at:%Y-%m-%d %H:%M}.</p>", *parts), STYLE)


def _section(section: Section, figure: Figure | None) -> Iterator[str]:
    yield f'<section aria-labelledby="{section.id}">'
    yield f'<h2 id="{section.id}">{html(section.title)}</h2>'
    yield from (f"<p>{html(sentence)}</p>" for sentence in section.say)
    if figure is not None:
        data = b64encode(figure.png).decode()
        yield f'<img alt="{html(figure.alt)}" src="data:image/png;base64,{data}">'
    if section.rows:
        yield f"<table>\n<caption>{html(section.title)}</caption>"
        heads = "".join(f'<th scope="col">{html(cell)}</th>' for cell in section.head)
        yield f"<thead><tr>{heads}</tr></thead>"
        yield "<tbody>"
        for first, *rest in section.rows:
            cells = "".join(f"<td>{html(cell)}</td>" for cell in rest)
            yield f'<tr><th scope="row">{html(first)}</th>{cells}</tr>'
        yield "</tbody>\n</table>"
    yield "</section>"
