"""A shipped lab at the real desk: the screens, the check, the simulator and the grade together."""

from __future__ import annotations

from dataclasses import replace

from course.desk import LabDesk
from course.folds.advancing import progress
from course.ports import Study
from course.tui.lab.grade.goal_card import GoalCard
from course.tui.lab.grade.take_away import TakeAway
from course.tui.lab.grade.verdict import Verdict
from course.tui.lab.plan.editor import PlanEditor
from course.tui.lab.plan.findings import FindingsList
from course.tui.lab.plan.form_row import FormRow
from course.tui.lab.plan.pane import PlanPane
from course.tui.whatif.chart import CurveChart
from course.tui.whatif.screen import WhatIfScreen
from engine.simulate import simulate
from tests.built_in import PACK
from tests.course.tui.driving import LARGE, read, until
from tests.course.tui.lab.driving import a_lab_screen, press, run, settle, write
from tests.course.tui.lab.fakes import LAB_ID, NOW, FakeCatalog, FakeJournal

LAB = replace(PACK.lab(LAB_ID), seeds=2)
"""As it is shipped, but for fewer days of traffic."""


def a_study(reports) -> Study:
    """The lab on the real desk, without worker processes."""
    catalog = FakeCatalog(LAB)
    return Study(catalog=catalog, journal=FakeJournal(), desk=LabDesk(reports), now=lambda: NOW)  # type: ignore[arg-type]  # the lab screen asks for labs alone


async def test_a_lab_from_the_first_plan_to_what_if(tmp_path):
    """The first plan is not enough, a mistake costs nothing, the reference passes, and each of its numbers can be
    turned. What plays is the run of the simulator, and what is kept is what was seen."""
    study = a_study(tmp_path)
    async with a_lab_screen(study, LARGE) as pilot:
        screen = pilot.app.screen
        await press(pilot, "ctrl+g")
        await until(pilot, lambda: bool(screen.query(Verdict)))
        assert "Not yet: " in read(pilot)
        assert [card for card in screen.query(GoalCard) if card.has_class("-missed")]

        await press(pilot, "e")
        pane = screen.query_one(PlanPane)
        misspelt = LAB.reference.text.replace("Type: CANARY", "Type: CANARI")
        await write(pilot, misspelt)
        assert pane.checked is not None
        assert {misspelt.splitlines()[found.line - 1].strip() for found in pane.checked.findings} == {"Type: CANARI"}
        await press(pilot, "ctrl+g")
        await until(pilot, lambda: isinstance(pilot.app.focused, FindingsList))

        await write(pilot, LAB.reference.text)
        assert pane.checked.plan == LAB.reference.plan
        await press(pilot, "f2")
        await until(pilot, lambda: bool(screen.query(FormRow)))
        assert "WaitIntervalInSeconds" in {row.field.name for row in screen.query(FormRow)}
        await press(pilot, "escape", "f2", "escape")

        player = await run(pilot, "B")
        assert player.film is not None
        assert player.film.run in [simulate(LAB.world_with(each), LAB.reference.plan, 0) for each in LAB.releases]

        await press(pilot, "g")
        await until(pilot, lambda: "Passed: " in read(pilot))
        await press(pilot, "t")
        assert "aws sagemaker update-endpoint" in screen.query_one(TakeAway).query_one("TextArea").text

        await press(pilot, "w")
        await until(pilot, lambda: isinstance(pilot.app.screen, WhatIfScreen))
        chart = pilot.app.screen.query_one(CurveChart)
        await until(pilot, lambda: chart.curve is not None and chart.curve.seeds == LAB.seeds)
        await settle(pilot)
        assert "▲ yours" not in read(pilot), "not before it was predicted"
        await press(pilot, "u")
        assert "▲ yours" in read(pilot)
        assert f"all {LAB.seeds} seeds" in read(pilot)

        knob, editor = chart.knob, screen.query_one(PlanEditor)
        await press(pilot, "right", "enter")
        await until(pilot, lambda: editor.text != LAB.reference.text)
        value = knob.values[knob.values.index(knob.current) + 1]
        assert study.desk.check(LAB, editor.text).plan == knob.turned(value)

    so_far = progress(study.journal.events()).labs[LAB_ID]
    assert (so_far.attempts, so_far.passed, so_far.best_text) == (2, True, LAB.reference.text)
