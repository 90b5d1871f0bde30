"""What is printed at the end of a served run."""

from __future__ import annotations

import json

import pytest

from course.cli.serving.lines import Printer
from engine.aws.translation.writing import write_request
from tests.course.serving.talking import Client
from tests.labs.tiny import GUARDED, HEALTHY
from tests.labs.tiny import LAB as TINY

WORLD = TINY.world_with(HEALTHY)
MINE = ("CreateEndpoint", {"EndpointName": "mine", "EndpointConfigName": "v1"})
RULE = {"Schedule": {"Expression": "at(2026-03-02T09:10)", "Duration": "PT10M"}}
MUTE = ("PutAlarmMuteRule", {"Name": "quiet", "Rule": RULE, "MuteTargets": {"AlarmNames": ["nobody"]}})


@pytest.mark.parametrize(
    ("for_s", "others", "words"),
    [
        (60, [], "the update was still going on, Updating on v1; 2 requests"),
        (1000, [], "promoted, InService on v2; 2 requests"),
        (1000, [MUTE], "It is without PutAlarmMuteRule, which no plan holds"),
    ],
    ids=["going-on", "over", "not-all-in-the-plan"],
)
def test_the_end(for_s, others, words, tmp_path, capsys):
    """How it ended, if it has, and what the plan that was kept is without."""
    client = Client(WORLD, 1)
    for step in GUARDED.steps:
        client.at(WORLD.update_at_s, *write_request(step.request))
    for operation, request in others:
        client.at(WORLD.update_at_s, operation, request, service="cloudwatch")
    client.live.advance(WORLD.update_at_s + for_s)
    with Printer(as_json=False, beside_a_command=False) as printer:
        printer.ended(client.account, plan=tmp_path / "plan.yaml", grade="mlcourse lab grade tiny {plan}")
    client.live.let_go()
    said = capsys.readouterr().out

    assert words in said
    assert ("It is without" in said) is bool(others)


def test_the_end_of_another_endpoint(capsys):
    """It is told beside the world's own."""
    client = Client(WORLD, 1)
    client.at(WORLD.update_at_s, *MINE)
    client.live.advance(WORLD.update_at_s + 60)
    for as_json in (False, True):
        with Printer(as_json=as_json, beside_a_command=False) as printer:
            printer.ended(client.account)
    client.live.let_go()
    said, as_data = capsys.readouterr().out.splitlines()

    assert "no-update, InService on v1; mine: Creating on v1; 1 request" in said
    assert json.loads(as_data)["others"]["mine"]["EndpointStatus"] == "Creating"
