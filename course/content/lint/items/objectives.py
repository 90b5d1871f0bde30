"""Is what exams ask for taught?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from course.content.lint.items.asked import Asked
from course.content.pack import Pack
from course.content.yaml.errors import Problem
from quiz.exams.profile import LESSONS, Profile


def objective_advice(pack: Pack, asked: Sequence[Asked], exams: Mapping[str, Profile]) -> Iterator[Problem]:
    """Yield each objective that no question serves.

    Where a blueprint says how many questions are to serve an exam, only the objectives that it names are asked for.
    """
    blueprint = pack.blueprint(exams)
    for id in pack.exam_ids():
        if id in exams:
            yield from _untaught(pack, exams[id], asked, blueprint.objectives if blueprint else {})


def _untaught(
    pack: Pack, profile: Profile, asked: Sequence[Asked], wanted: Mapping[str, Mapping[str, int]]
) -> Iterator[Problem]:
    exam = profile.tags or profile.id
    served = {id for each in asked for id in (each.question.objectives or {}).get(exam, ())}
    document = pack.folder.document(pack.course.exams[profile.id])
    for at, domain in enumerate(profile.domains if exam != LESSONS else ()):
        for objective in domain.objectives:
            asked_for = objective in wanted[exam] if exam in wanted else True
            if asked_for and not any(id == objective or id.startswith(f"{objective}.") for id in served):
                where = document.where_key(("domains", at, "objectives", objective))
                yield Problem(document.path, *where, f"no question serves {objective}; ask one, or leave it out")
