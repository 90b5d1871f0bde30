"""What the files of all exercises have in common: texts, a world, hidden releases, goals, and plans that prove it.

Names are followed in the plain data, and every file that is named is read, so that one mistake hides no other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, ClassVar, Literal

from course.content.files.attachments import Attachments
from course.content.files.card import CardFile
from course.content.files.folder import Folder
from course.content.files.world import WORLD_READERS
from course.content.schema.build import known_fields
from course.content.schema.ids import listed_ids, repeated
from course.content.schema.mentions import Pattern, complain_of_unknown, keys, names, places, texts
from course.content.yaml.document import Complaints
from course.content.yaml.wording import shown
from engine.bounds import bounded
from engine.plan import Plan
from engine.world import World
from labs.exercise.exercise import Expectation, PlanFile, Release
from labs.exercise.goal import Goal


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseFile(CardFile):
    """The keys that all kinds have; a kind adds its own, `goals` among them."""

    exercise: ClassVar[str]
    """What messages call it."""
    too_easy: ClassVar[str]
    """What could happen without a good release and a bad one."""
    goal: ClassVar[type[Goal]]
    expectations: ClassVar[tuple[Expectation, ...]] = ("promoted", "rolled-back")
    """How its releases may be expected to end."""

    format: Literal[1]
    id: str
    """The name of its folder; for ever."""
    revision: int = bounded(low=1)
    """Goes up when the meaning changes, and not for a typo."""
    brief: str
    """The Markdown file with the story and the task."""
    debrief: str
    """The Markdown file that is shown when it is over."""
    world: World
    """What exists before a plan is sent."""
    releases: tuple[Release, ...]
    """What is met unseen; there is a good one and a bad one at least."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A file as far as it can be read, and what is wrong with it."""

    complaints: Complaints
    attached: Attachments
    fields: Mapping[str, Any]
    """Those that are right: all of them, once `attached.settle` has not raised."""

    @property
    def data(self) -> Any:  # noqa: ANN401 - whatever the file holds
        """The plain data."""
        return self.complaints.document.data

    def shared(self, lesson: str) -> dict[str, Any]:
        """Return what all kinds of exercise are built of; raise all that is wrong, if anything is."""
        texts = {key: self.text(key) for key in ("brief", "debrief")}
        self.attached.settle()
        return {key: self.fields[key] for key in SHARED} | texts | {"lesson": lesson}

    def ids(self, key: str) -> tuple[str, ...] | None:
        """Return the ids of what is listed under a key; None if one of them cannot be known."""
        return names(self.data, (key,), "id")

    def text(self, key: str) -> str:
        """Return the text whose file stands under the key; empty after a complaint."""
        return "".join(self.attached.markdown(key, name) for _, name in texts(self.data, (key,)))

    def plan(self, key: str, *, acceptable: bool = True) -> PlanFile:
        """Return the plan whose file stands under the key; empty after a complaint."""
        found = self.plans((key,), self.fields.get("world"), acceptable=acceptable)
        return found[0] if found else EMPTY

    def plans(self, pattern: Pattern, world: World | None, *, acceptable: bool = True) -> tuple[PlanFile, ...]:
        """Return the plans whose files stand where the pattern leads; without a world less is known to be wrong."""
        named = texts(self.data, pattern)
        return tuple(self.attached.plan(trail, name, world, acceptable=acceptable) for trail, name in named)


def read_draft(folder: Folder, path: PurePosixPath, kind: type[ExerciseFile]) -> Draft:
    """Read a file; what is wrong with its fields, and between those that all kinds have, is noted."""
    complaints = Complaints(folder.document(path))
    fields = known_fields(kind, complaints.document.data, complaints, WORLD_READERS)
    draft = Draft(complaints, Attachments(folder, path.parent, complaints), fields)
    _complain_of_folder(draft, path.parent.name, kind)
    _complain_of_releases(draft, kind)
    _complain_of_conversions(draft)
    _complain_of_goals(draft, kind)
    for key, item in (("releases", "release"), ("goals", "goal")):
        complaints.problems.extend(repeated(listed_ids(complaints.document, key, item)))
    return draft


def _complain_of_folder(draft: Draft, folder: str, kind: type[ExerciseFile]) -> None:
    for trail, id in texts(draft.data, ("id",)):
        if id != folder:
            say = f"the {kind.exercise} lies in the folder {shown(folder)}; give it that id, or rename the folder"
            draft.complaints.at_value(trail, say)


def _complain_of_releases(draft: Draft, kind: type[ExerciseFile]) -> None:
    complain_of_unknown(draft.complaints, ("releases", ..., "replaces"), keys(draft.data, ("world", "models")))
    expected = names(draft.data, ("releases",), "expect")
    if expected is None or not set(expected) <= {*kind.expectations, SERVED}:
        return  # who knows what was meant
    if SERVED in expected:
        _complain_of_days(draft, expected, kind)
        return
    for missing in sorted({*kind.expectations} - {SERVED, *expected}):
        say = f"no release is expected to be {missing}; add one, or {kind.too_easy}"
        draft.complaints.at_value(("releases",), say)


def _complain_of_days(draft: Draft, expected: Sequence[str], kind: type[ExerciseFile]) -> None:
    """Complain where something is served and an update is asked for as well, or where there is one day alone."""
    if SERVED not in kind.expectations:
        for trail, expectation in texts(draft.data, ("releases", ..., "expect")):
            if expectation == SERVED:
                say = f"{kind.exercise}s are about updates; expect one of {', '.join(kind.expectations)}"
                draft.complaints.at_value(trail, say)
    elif set(expected) != {SERVED}:
        say = "some releases are expected to be served, and others are not; a lab is about serving or about an update"
        draft.complaints.at_value(("releases",), say)
    elif len(expected) == 1:
        draft.complaints.at_value(("releases",), "there is one day; add another one, or a plan can be made to fit it")


def _complain_of_conversions(draft: Draft) -> None:
    world = draft.fields.get("world")
    if isinstance(world, World) and world.workload.outcome is None:
        for trail, _ in places(draft.data, ("releases", ..., "model", "converts")):
            say = "the workload has no `outcome`, so nobody counts what a model converts; add it, or take this out"
            draft.complaints.at_key(trail, say)


def _complain_of_goals(draft: Draft, kind: type[ExerciseFile]) -> None:
    if draft.ids("goals") == ():
        draft.complaints.at_value(("goals",), "there is no goal; say what is enough to pass")
    for trail, goal in places(draft.data, ("goals", ...)):
        if isinstance(goal, Mapping) and (say := kind.goal.lacks_bound(goal)):
            draft.complaints.at_value((*trail, "at_most"), f"`at_most` {say}")


SHARED = ("id", "revision", "title", "minutes", "world", "releases", "goals")
"""Keys whose values an exercise holds as they are."""
SERVED: Expectation = "served"
EMPTY = PlanFile(name="", text="", plan=Plan())
