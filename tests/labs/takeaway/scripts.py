"""What a learner takes home, run by real clients on the run that the plan was made for."""

from __future__ import annotations

import json
from dataclasses import dataclass

from course.content.files.plan import check_plan
from course.content.yaml.reader import read_yaml
from engine.aws.gateway.gateway import Gateway
from engine.plan import Plan
from engine.simulate import simulate
from engine.world import World
from tests.built_in import PACK
from tests.engine.aws.gateway.clients import gateway_of
from tests.engine.aws.gateway.test_clients import ALARM
from tests.engine.rollouts import world

SEED = 3


@dataclass(frozen=True)
class Case:
    """A plan of a lab that meets one of its releases."""

    world: World
    text: str
    plan: Plan

    @property
    def requests(self):
        """The plan as the forms to take away read it."""
        return read_yaml(self.text, "plan.yaml").data

    def begun(self) -> Gateway:
        """Return the gateway to a run in which the plan's moment has come."""
        gateway = gateway_of(self.world, SEED)
        gateway.account.live.advance(self.world.update_at_s)
        return gateway

    def events_of_batch(self):
        """Return what happens where the plan is simulated."""
        return before(self.world.duration_s, simulate(self.world, self.plan, SEED, series=False).events)


def cases(id, near_misses=None):
    """Return the reference of a lab and its near-misses, or so many of them; each meets another release."""
    lab = PACK.lab(id)
    files = [lab.reference, *(near.file for near in lab.near_misses[:near_misses])]
    offset = PACK.lab_ids().index(id)
    for number, file in enumerate(files):
        release = lab.releases[(offset + number) % len(lab.releases)]
        yield Case(lab.world_with(release), file.text, file.plan)


METRIC = {
    "Namespace": "AWS/SageMaker",
    "MetricName": "Invocations",
    "Dimensions": [{"Name": "EndpointName", "Value": "churn"}, {"Name": "VariantName", "Value": "main"}],
}


def looking(dice):
    """Return a case in which what is sent depends on sums over short and long periods, of few requests."""
    here = world(rate=0.03, duration_s=3600.0)
    steps = [
        {
            "AfterSeconds": 7 * dice.randrange(450),
            dice.choice(["If", "Unless"]): {
                "MetricStat": {"Metric": METRIC, "Period": dice.choice([60, 120, 300, 600]), "Stat": "Sum"},
                "ComparisonOperator": "GreaterThanThreshold",
                "Threshold": dice.choice([0, 1, 2, 5, 10]),
            },
            "SetAlarmState": {"AlarmName": "errors", "StateValue": "ALARM", "StateReason": f"step {number}"},
        }
        for number in range(20)
    ]
    text = json.dumps({"PutMetricAlarm": ALARM, "Later": steps})
    return Case(here, text, check_plan(text, here).plan)


def before(until_s, events):
    """Return the events of the counted time; that a script looked whether it should send something is none of them."""
    return [each for each in events if each.t < until_s and each.what != "Condition"]


def ended(case, gateway):
    """Let the counted time pass, and return what has happened."""
    live = gateway.account.live
    live.advance(case.world.duration_s)
    events = before(case.world.duration_s, live.result().events)
    live.let_go()
    return events


class Wire:
    """A gateway for clients that live longer than a run: it hands on to that of the run which goes on just now."""

    gateway: Gateway

    def answer(self, request):
        """Return the answer of that run."""
        return self.gateway.answer(request)

    def wait(self, seconds):
        """Sleep on the clock of that run."""
        live = self.gateway.account.live
        live.advance(live.now + seconds)
