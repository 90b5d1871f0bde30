"""The files that a lab or an incident names: its texts and its plans, each read where it is named."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from course.content.files.folder import Folder
from course.content.files.markdown import markdown_problems
from course.content.files.plan import check_plan
from course.content.yaml.document import Complaints, Trail
from course.content.yaml.errors import ContentError, Problem
from engine.plan import Plan
from engine.world import World
from labs.exercise.exercise import PlanFile


@dataclass(slots=True)
class Attachments:
    """Reads what a file refers to, and collects what is wrong with it."""

    folder: Folder
    beside: PurePosixPath
    """The folder that names are relative to."""
    complaints: Complaints
    """About the file that names them."""
    problems: list[Problem] = field(default_factory=list)
    """About the files that are named."""

    def markdown(self, key: str, name: str) -> str:
        """Return a text."""
        path, text = self._text((key,), name)
        self.problems += markdown_problems(path, text or "")
        return text or ""

    def plan(self, trail: Trail, name: str, world: World | None, *, acceptable: bool = True) -> PlanFile:
        """Return a plan; a learner may be asked to mend it, then it need not be `acceptable` to AWS."""
        path, text = self._text(trail, name)
        if text is None:
            return PlanFile(name=name, text="", plan=Plan())
        checked = check_plan(text, world)
        for finding in () if checked.ok else checked.findings:
            if finding.severity != "advice" and (acceptable or not finding.path):
                self.problems.append(Problem(path, finding.line, finding.column, finding.say))
        return PlanFile(name=name, text=text, plan=checked.plan or Plan())

    @property
    def said(self) -> int:
        """How many complaints there are by now."""
        return len(self.problems) + len(self.complaints.problems)

    def settle(self) -> None:
        """Raise all that is wrong, if anything is."""
        if self.said:
            raise ContentError([*self.problems, *self.complaints.problems])

    def _text(self, trail: Trail, name: str) -> tuple[Path, str | None]:
        """Return where the file is and what it holds; None after a complaint."""
        path = self.folder.referred(self.complaints, trail, name, self.beside)
        if path is None:
            return Path(name), None
        try:
            return Path(path), self.folder.text(path)
        except ContentError as error:
            self.problems += error.problems
            return Path(path), None
