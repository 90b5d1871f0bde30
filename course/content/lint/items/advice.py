"""All advice on a pack: findings of a lower grade, which fail no check unless it is strict."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import date

from course.content.lint.items.asked import all_asked
from course.content.lint.items.cut_short import cut_advice
from course.content.lint.items.names import name_advice, taught
from course.content.lint.items.objectives import objective_advice
from course.content.lint.items.options import length_advice, place_advice
from course.content.lint.items.pages import page_advice
from course.content.lint.items.repeats import repeat_advice
from course.content.lint.items.sources import source_advice
from course.content.lint.items.stems import stem_advice
from course.content.pack import Pack
from course.content.yaml.errors import ContentError, Problem


def advice(pack: Pack, others: Collection[Pack] = (), today: date | None = None) -> Iterator[Problem]:
    """Yield advice in the order of the files; none on a pack in which something is wrong: that comes first.

    `others` are packs that it is used with: what they explain is explained, and their exams can be served. How old the
    sources are is reckoned from `today`; without it nobody asks.
    """
    with suppress(ContentError):
        yield from sorted(_advice(pack, others, today), key=lambda each: (each.path.as_posix(), each.line, each.column))


def _advice(pack: Pack, others: Collection[Pack], today: date | None) -> Iterator[Problem]:
    asked = tuple(all_asked(pack))
    lessons = "\n".join(taught(each) for each in (pack, *others))
    exams = {id: each.exam(id) for each in (pack, *others) for id in each.exam_ids()}
    for each in asked:
        yield from stem_advice(each)
        yield from name_advice(each, lessons)
    yield from length_advice(asked)
    yield from place_advice(asked)
    yield from repeat_advice(asked)
    yield from objective_advice(pack, asked, exams)
    yield from page_advice(pack)
    yield from cut_advice(pack)
    if today is not None:
        yield from source_advice(pack, today)
