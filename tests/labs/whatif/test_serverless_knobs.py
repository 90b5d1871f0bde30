"""What may be turned of a serverless variant: what AWS takes, and nothing else of the plan."""

from __future__ import annotations

from dataclasses import replace

from engine.aws.checking import check
from engine.aws.translation.writing import write_plan
from engine.plan import Plan
from engine.requests.sagemaker import MEMORY_MB
from labs.whatif.knobs import knobs
from tests.engine.rollouts import update
from tests.engine.sagemaker.test_serverless import endpoint, serverless

WHERE = endpoint(serverless("v1", 10))
NEW = replace(serverless("v2", 10, 8), endpoint_config_name="v3")


def test_memory_and_concurrency_are_knobs():
    """Provisioned concurrency stays within MaxConcurrency, and memory goes in AWS's steps (spec inference 3.3, 3.5)."""
    plan = Plan.of(NEW, update(to="v3"))
    found = {knob.id: knob for knob in knobs(plan, WHERE)}

    assert found.keys() == {"v3.memory", "v3.most", "v3.slots"}
    assert found["v3.memory"].values == MEMORY_MB
    assert min(found["v3.most"].values) == 8
    assert max(found["v3.slots"].values) == 10
    for knob in found.values():
        assert knob.turned(knob.current) == plan
        for value in knob.values:
            assert not [each for each in check(write_plan(knob.turned(value)), WHERE) if each.stops]
