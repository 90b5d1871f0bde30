"""Labs in whose account there is another endpoint: figures, films and knobs are about the world's own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.plan import Plan
from engine.requests.sagemaker import DesiredWeightAndCapacity, UpdateEndpointWeightsAndCapacities
from engine.simulate import simulate
from engine.traffic.workload import BusinessOutcome, Workload
from labs.film.film import film_of
from labs.grading.strawmen import ALWAYS_BACK, NEVER, NOTHING, strawmen
from labs.incidents.waiter import waiting
from labs.measures.experiments import decided_by_weights
from labs.measures.one_run import measure, unguarded
from labs.measures.registry import COST, TIME_TO_RECOVER
from labs.whatif.knobs import knobs
from tests.engine.autoscaling.policies import register
from tests.engine.hosting.test_hosts import GUARDED, OTHER_GUARDED, beside, two, update_other
from tests.engine.rollouts import canary, config, errors_alarm, failing, later, percent, update
from tests.labs.tiny import LAB, file

BOTH = Plan.of(*OTHER_GUARDED, *GUARDED)
"""The other endpoint is updated first."""


def of(plan):
    """Return the lab with another endpoint, and with that reference."""
    return replace(LAB, world=replace(LAB.world, other_endpoints=(beside(),)), reference=file("reference.yaml", plan))


def test_the_update_is_that_of_the_world_s_own_endpoint():
    """What another's would do without a guard is no measure of it."""
    assert [step.request for step in unguarded(BOTH, "churn").steps] == [update()]
    assert [step.request.endpoint_name for step in unguarded(BOTH, "other").steps] == ["other"]
    assert unguarded(Plan.of(update_other()), "churn") == Plan()


def test_strawmen_update_the_world_s_own_endpoint():
    """As those who never look would."""
    found = strawmen(of(BOTH))
    assert {each.endpoint_name for name in (NEVER, ALWAYS_BACK) for each in found[name].updates} == {"churn"}
    assert list(strawmen(of(Plan.of(update_other())))) == [NOTHING]


def test_what_comes_back_elsewhere_is_no_recovery():
    """The other endpoint is rolled back; the world's own stays on the model that fails."""
    plan = Plan.of(*OTHER_GUARDED, update())
    where = two(new=failing())
    run, without = simulate(where, plan, 1), simulate(where, Plan(), 1)

    assert any(event.what == "TrafficRestored" and event.elsewhere for event in run.events)
    assert measure(where, run, without.requests)[TIME_TO_RECOVER] is None


def test_what_others_cost_is_in_the_bill():
    """A grade counts all that was paid for."""
    where = two()
    run = simulate(where, Plan(), 1)
    whole = measure(where, run, run.requests)[COST]
    assert whole == pytest.approx(sum(run.costs.values())) == pytest.approx(2 * run.costs["v1/main"])


def test_weights_elsewhere_decide_no_experiment():
    """Here it is those of the other endpoint that change."""
    changes = (DesiredWeightAndCapacity(variant_name="main", desired_weight=2.0),)
    asked = UpdateEndpointWeightsAndCapacities(endpoint_name="other", desired_weights_and_capacities=changes)
    where = two(workload=Workload(rate=5.0, outcome=BusinessOutcome(name="sold", base_rate=0.5)))
    assert not decided_by_weights(where, simulate(where, Plan.of(asked), 1))
    assert decided_by_weights(where, simulate(where, Plan.of(replace(asked, endpoint_name="churn")), 1))


def test_a_waiter_waits_for_the_world_s_own_endpoint():
    """It was started with that one's update, ten minutes after the other's."""
    run = simulate(two(), Plan((later(0, update_other(canary())), later(600, update(canary())))), 1)
    assert waiting(run, 800.0).polls == 0
    assert waiting(run, 910.0).polls == 1


def test_a_film_draws_no_line_of_alarms_on_other_endpoints():
    """Its fleets are not what they watch."""
    where = two(new=failing())
    film = film_of(simulate(where, BOTH, 1), where, BOTH)
    said = {limit.alarm: limit.say for limit in film.error_limits}
    assert said == {"errors": "≥ 50 %", "others": "no line: on other"}


def test_knobs_turn_the_update_of_the_world_s_own_endpoint():
    """The curves show whom that harms; the fleet that is to come is its own too."""
    where = two(configs=(config("v1", 10), config("v2", 10)))
    plan = Plan.of(
        update_other(canary(wait=900)), errors_alarm(), update(canary(percent(20), wait=300, alarms=("errors",)))
    )
    found = {knob.id: knob for knob in knobs(plan, where)}

    assert found["wait"].current == 300
    assert found["wait"].turned(600.0).updates[0] == plan.updates[0]
    assert found["canary-size"].values == (10, 20, 33, 40, 50)
    assert {knob.id for knob in knobs(Plan.of(update_other(canary())), where)} == set()


def test_scaling_knobs_say_whose_variant_it_is():
    """Variants of two endpoints may have one name."""
    mine, others = register(2, 8), replace(register(2, 8), resource_id="endpoint/other/variant/main")
    found = [knob.title for knob in knobs(Plan.of(mine, others), two())]
    assert found == ["main: MinCapacity", "main: MaxCapacity", "other/main: MinCapacity", "other/main: MaxCapacity"]
