"""What somebody has in place of a plan, such as a CloudFormation template, turned into the text of a plan."""

from __future__ import annotations

from dataclasses import dataclass

from course.characters import inert
from course.content.yaml.errors import ContentError
from course.content.yaml.reader import read_yaml
from course.errors import one_line
from engine.world import World

LONGEST_SENTENCE = 300
"""Characters; names in it are somebody else's."""


@dataclass(frozen=True, slots=True)
class ReadAs:
    """A plan that was made of something else."""

    text: str
    say: tuple[str, ...]
    """What it was, and what of it is left out: sentences."""


def read_as_plan(text: str, world: World | None) -> ReadAs | None:
    """Return the plan behind a text that is none; None for a plan, and for what cannot be read or is not known."""
    from engine.aws.foreign.cloudformation import TAGS
    from engine.aws.foreign.reading import foreign
    from engine.aws.takeaway.yaml_lines import lines

    try:
        document = read_yaml(text, "plan.yaml", TAGS if "Resources" in text else None)
    except ContentError:
        return None
    found = foreign(document.data, updates=world is None or world.endpoint.exists)
    if found is None:
        return None
    operations = ", ".join(found.requests)
    say = (f"This is {found.what}; it is read as a plan with {operations}.", *found.left_out)
    told = tuple(inert(one_line(each))[:LONGEST_SENTENCE] for each in say)
    return ReadAs("\n".join((*(f"# {each}" for each in told), *lines(found.requests))) + "\n", told)
