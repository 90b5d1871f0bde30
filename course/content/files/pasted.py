"""What somebody has in place of a plan, such as a CloudFormation template, turned into the text of a plan."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from course.characters import inert
from course.content.yaml.errors import ContentError
from course.content.yaml.reader import read_yaml
from course.errors import one_line
from course.plan_text import ReadAs
from engine.world import World

if TYPE_CHECKING:
    from engine.aws.foreign.endpoints import Endpoints

BYTE_ORDER_MARK = "\ufeff"
"""PowerShell begins a file with it; no plan may, and what other programs write is not theirs to mend."""
WIDTH = 70
"""Characters of a comment; an editor on a small screen shows as many."""
LONGEST_SENTENCE = 300
"""Characters; names in it are somebody else's."""


def read_as_plan(text: str, world: World | None) -> ReadAs | None:
    """Return the plan behind a text that is none; None for a plan, and for what cannot be read or is not known."""
    from engine.aws.foreign.reading import foreign
    from engine.aws.takeaway.yaml_lines import lines

    data = _data(text.removeprefix(BYTE_ORDER_MARK))
    found = foreign(data, _endpoints(world))
    if found is None:
        return None
    come = f"it is read as a plan with {', '.join(found.requests)}" if found.requests else "no request is told by it"
    say = (f"This is {found.what}; {come}.", *found.left_out)
    told = tuple(inert(one_line(each))[:LONGEST_SENTENCE] for each in say)
    comments = (f"# {line}" for each in told for line in wrap(each, WIDTH))
    plan = "\n".join((*comments, *lines(found.requests))) + "\n"
    return ReadAs(what=found.what, text=plan if found.requests else "", say=told)


def _endpoints(world: World | None) -> Endpoints:
    from engine.aws.foreign.endpoints import Endpoints

    if world is None:
        return Endpoints(updates=True)
    every = (world.endpoint, *(each.endpoint for each in world.other_endpoints))
    there, expected = (tuple(e.endpoint_name for e in every if e.exists is exists) for exists in (True, False))
    return Endpoints(updates=world.endpoint.exists, there=there, expected=expected)


def _data(text: str) -> object:
    """Return what a text holds, or the template in an answer that holds one as text; None for no data."""
    from engine.aws.foreign.cloudformation import TAGS

    try:
        data = read_yaml(text, "plan.yaml", TAGS if "AWS::" in text else None).data
        inside = data.get("TemplateBody") if isinstance(data, dict) else None
        return read_yaml(inside, "template.yaml", TAGS).data if isinstance(inside, str) else data
    except ContentError:
        return None
