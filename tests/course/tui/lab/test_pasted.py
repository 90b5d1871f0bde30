"""What is pasted in place of a plan is named in a line, and a key makes a plan of it."""

from __future__ import annotations

import json

import pytest
from textual import events

from course.content.yaml.reader import read_yaml
from course.desk import LabDesk
from course.ports import Study
from course.tui.lab.plan.editor import PlanEditor
from course.tui.lab.plan.findings import FindingsList
from course.tui.lab.plan.pane import PlanPane
from engine.aws.takeaway.forms import FORMS
from engine.aws.takeaway.terraform import as_terraform_json
from tests.built_in import PACK
from tests.course.tui.driving import LARGE, SMALL, read, resize, until
from tests.course.tui.lab.driving import a_lab_screen, press, settle, write
from tests.course.tui.lab.fakes import LAB_ID, NOW, FakeCatalog, FakeJournal

LAB = PACK.lab(LAB_ID)
REQUESTS = read_yaml(LAB.reference.text, "plan.yaml").data
TEMPLATE = FORMS["cloudformation"](REQUESTS)
PASTED = {
    "a CloudFormation template": TEMPLATE,
    "Terraform's JSON": json.dumps(as_terraform_json(REQUESTS), indent=2),
    "a list of requests": json.dumps([{operation: request} for operation, request in REQUESTS.items()]),
}


def a_study(tmp_path, journal=None) -> Study:
    """The lab on the real desk."""
    catalog = FakeCatalog(LAB)
    return Study(catalog=catalog, journal=journal or FakeJournal(), desk=LabDesk(tmp_path), now=lambda: NOW)  # type: ignore[arg-type]  # the lab screen asks for labs alone


async def paste(pilot, text):
    """Replace the plan by what a terminal pastes."""
    editor = await write(pilot, "")
    await press(pilot, "e")
    pilot.app.post_message(events.Paste(text))
    await until(pilot, lambda: pilot.app.screen.query_one(PlanPane).checked.text == editor.text != "")
    await settle(pilot)
    return editor


def offered(pilot) -> bool:
    """Does the footer offer to make a plan?"""
    return "plan_of_pasted" in {
        each.binding.action for each in pilot.app.screen.active_bindings.values() if each.enabled
    }


@pytest.mark.parametrize("what", PASTED)
async def test_what_is_pasted_becomes_a_plan(tmp_path, what):
    """A line says what it is and which key to press, on a small screen too; nothing is complained of. What comes of it
    is the plan, and undo brings back what was pasted."""
    journal = FakeJournal()
    async with a_lab_screen(a_study(tmp_path, journal), SMALL) as pilot:
        pane = pilot.app.screen.query_one(PlanPane)
        assert not offered(pilot)
        editor = await paste(pilot, PASTED[what])
        pasted = editor.text
        for size in (SMALL, LARGE):
            await resize(pilot, *size)
            assert f"! This is {what}; ^s makes a plan of it" in read(pilot)
            assert "refused by" not in read(pilot)
        assert offered(pilot)

        await press(pilot, "ctrl+s")
        assert pane.checked.plan == LAB.reference.plan
        assert editor.text.startswith(f"# This is {what}; it is read as a plan")
        assert not offered(pilot)

        await press(pilot, "ctrl+z")
        assert editor.text == pasted
    assert journal.data("plan-saved")[-1] == {"text": pasted}


async def test_what_tells_no_request_says_why(tmp_path):
    """There is nothing to make of it, and each reason is a finding."""
    alarm = {"Type": "AWS::CloudWatch::Alarm", "Properties": {"AlarmName": {"Ref": "Name"}}}
    async with a_lab_screen(a_study(tmp_path), LARGE) as pilot:
        await paste(pilot, json.dumps({"Resources": {"Errors": alarm}}))

        assert not offered(pilot)
        assert "AWS would refuse this plan" in read(pilot)
        says = [each.say for each in pilot.app.screen.query_one(FindingsList).findings]
        assert says[1:] == ["Errors is left out: Name is not told by the template. Write the value itself."]


async def test_a_run_of_what_is_no_plan_names_the_key(tmp_path):
    """Nothing is run, and one is back in the text, where the key makes a plan of it."""
    async with a_lab_screen(a_study(tmp_path), SMALL) as pilot:
        editor = await paste(pilot, TEMPLATE)
        await press(pilot, "escape")
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.focused, PlanEditor))

        [notice] = [each.message for each in pilot.app._notifications]
        assert "^s makes a plan of it. Nothing was run" in notice
        await press(pilot, "ctrl+s")
        assert editor.text.startswith("# This is a CloudFormation template")


async def test_in_the_form_the_key_works_too(tmp_path):
    """It has no fields to show before."""
    async with a_lab_screen(a_study(tmp_path), LARGE) as pilot:
        await paste(pilot, TEMPLATE)
        await press(pilot, "f2", "ctrl+s")

        assert pilot.app.screen.query_one(PlanPane).checked.plan == LAB.reference.plan
        assert "WaitIntervalInSeconds" in read(pilot)
