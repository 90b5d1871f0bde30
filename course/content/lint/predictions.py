"""Predictions, held against the labs that they name: lab, release and plan are there, and something happens."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from course.content.files.course import LessonEntry
from course.content.files.plan import check_plan
from course.content.files.predictions import read_predictions
from course.content.pack import Pack
from course.content.yaml.document import Complaints, Trail
from course.content.yaml.errors import ContentError, Problem
from course.content.yaml.wording import nearest, shown
from course.syllabus import Prediction
from engine.errors import EngineError
from engine.plan import Plan
from labs.foretold import foretold
from labs.lab import Lab
from labs.prediction import is_dull


def prediction_problems(pack: Pack, entry: LessonEntry, packs: Collection[Pack], *, runs: bool) -> Iterator[Problem]:
    """Yield what is wrong with the predictions of a lesson that can be read; with `runs` each is simulated too."""
    for name in entry.file.predictions:
        path = entry.folder / name
        try:
            read = read_predictions(pack.folder, path, entry.folder)
        except ContentError:
            continue  # said of the lesson itself
        complaints = Complaints(pack.folder.document(path))
        for index, prediction in enumerate(read):
            trail: Trail = ("predictions", index)
            lab = _lab(complaints, trail, prediction, packs, unseen="lab" in pack.course.unseen)
            plan = lab and _plan(complaints, trail, prediction, lab)
            if lab and plan and runs:
                _complain_of_run(complaints, trail, prediction, lab, plan)
        yield from complaints.problems


def _lab(
    complaints: Complaints, trail: Trail, prediction: Prediction, packs: Iterable[Pack], *, unseen: bool
) -> Lab | None:
    """Return the lab if it and the release are there; what is wrong with its own files is said of them."""
    holders = {id: pack for pack in packs for id in pack.lab_ids()}
    if prediction.lab not in holders and unseen:
        return None
    if prediction.lab not in holders:
        say = f"there is no lab {shown(prediction.lab)}; {nearest(prediction.lab, holders)}"
        complaints.at_value((*trail, "lab"), say)
        return None
    try:
        lab = holders[prediction.lab].lab(prediction.lab)
    except ContentError:
        return None
    releases = [release.id for release in lab.releases]
    if prediction.release in releases:
        return lab
    say = f"the lab {lab.id} has no release {shown(prediction.release)}; {nearest(prediction.release, releases)}"
    complaints.at_value((*trail, "release"), say)
    return None


def _plan(complaints: Complaints, trail: Trail, prediction: Prediction, lab: Lab) -> Plan | None:
    """Return the plan, if AWS takes it in the world of the lab."""
    checked = check_plan(prediction.plan_text, lab.world)
    if checked.ok and checked.plan is not None:
        return checked.plan
    refused = next(finding for finding in checked.findings if finding.severity != "advice")
    where = f"{Path(prediction.plan).as_posix()}:{refused.line}:{refused.column}"
    complaints.at_value((*trail, "plan"), f"AWS does not take this plan ({where}: {refused.say}); mend it")
    return None


def _complain_of_run(complaints: Complaints, trail: Trail, prediction: Prediction, lab: Lab, plan: Plan) -> None:
    try:
        _, happened = foretold(lab, lab.release(prediction.release), plan, prediction.seed)
    except EngineError as error:
        complaints.at_value((*trail, "plan"), f"this run cannot be simulated: {error}")
        return
    if is_dull(prediction.asks, happened):
        told = ", ".join(prediction.asks)
        say = f"nothing happens in this run that {told} would tell; ask for another part, or choose another run"
        complaints.at_key((*trail, "asks"), say)
