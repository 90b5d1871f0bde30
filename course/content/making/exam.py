"""A new mock exam over the lessons of a pack: a domain for each part, weighted by the questions that there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import PurePosixPath
from typing import get_args

from course.content.files.course import COURSE_FILE
from course.content.making.ground import Ground
from course.content.making.made import CannotBeMade, Made
from course.content.making.names import good_title
from course.content.making.schemas import add_schemas
from course.content.making.templates import filled, read, yaml_file
from course.content.yaml.restructuring import block, flow, with_item
from course.content.yaml.rewriting import scalar
from course.outline import Part
from quiz.exams.profile import Kind

MOST = 40
"""Questions of an exam, unless its author wants more."""
MINUTES_EACH = 2
MOST_DOMAINS = 100
"""Each has one per cent at least."""


def new_exam(ground: Ground, id: str, *, title: str | None, today: date) -> Made:
    """Return an exam that asks what the lessons of the pack have; CannotBeMade where none has a question."""
    ground.free("exam", id)
    asked = [(lesson, each.get("kind")) for lesson, each in ground.questions() if each.get("kind") != "case"]
    by_lesson = Counter(lesson for lesson, _ in asked)
    parts = [part for part in ground.pack.outline.parts if any(by_lesson[topic.id] for topic in part.topics)]
    if len(parts) > MOST_DOMAINS:
        raise CannotBeMade(f"an exam has at most {MOST_DOMAINS} domains, and this pack more parts; write it by hand")
    if not parts:
        say = "no lesson of this pack has a question, so there is nothing to ask; begin with: "
        raise CannotBeMade(f"{say}mlcourse new question ID --lesson LESSON --kind single")
    kinds = [kind for kind in get_args(Kind) if kind in {each for _, each in asked}]
    number = min(MOST, len(asked))
    values = {
        "id": scalar(id),
        "title": scalar(good_title(title, id)),
        "questions": str(number),
        "minutes": str(MINUTES_EACH * number),
        "kinds": flow(kinds),
        "domains": "\n".join(block(_domains(parts, by_lesson), 2)),
        "today": today.isoformat(),
    }
    made, name = Made(ground.pack.root), PurePosixPath("exams") / f"{id}.yaml"
    made.add(name, yaml_file("exam", filled(read("exam.yaml"), values), 1))
    listing = partial(with_item, trail=("exams",), item=str(name))
    made.change(PurePosixPath(COURSE_FILE), listing, f"put `{name}` into the list under `exams`")
    add_schemas(made)
    return made


def _domains(parts: Sequence[Part], asked: Mapping[str, int]) -> list[dict[str, object]]:
    counts = [sum(asked[topic.id] for topic in part.topics) for part in parts]
    return [
        {
            "id": part.id,
            "title": part.title,
            "weight": weight,
            "objectives": {topic.id: topic.title for topic in part.topics if asked[topic.id]},
        }
        for part, weight in zip(parts, weights(counts), strict=True)
    ]


def weights(counts: Sequence[int]) -> list[int]:
    """Return shares in per cent, at least 1 each, that add up to 100; there are at most 100 counts, each above 0."""
    spare = 100 - len(counts)
    exact = [spare * count / sum(counts) for count in counts]
    whole = [int(each) for each in exact]
    short = spare - sum(whole)
    by_rest = sorted(range(len(counts)), key=lambda at: whole[at] - exact[at])
    return [1 + each + (at in by_rest[:short]) for at, each in enumerate(whole)]
