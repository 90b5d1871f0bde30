"""Several endpoints on one clock: each does what it would do alone, and they share what an account shares."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.aws.checking import stopped
from engine.aws.translation.writing import write_plan
from engine.errors import WrongValues
from engine.live import Live
from engine.plan import Plan, Step
from engine.requests.cloudwatch import MetricStat
from engine.requests.sagemaker import (
    CreateEndpoint,
    DeleteEndpoint,
    EndpointConfig,
    ProductionVariant,
    ServerlessConfig,
    UpdateEndpoint,
)
from engine.simulate import simulate
from engine.traffic.arrivals import Arrivals
from engine.traffic.workload import Workload
from engine.world import Endpoint, OtherEndpoint, Slo
from tests.engine.autoscaling.policies import register, tracking
from tests.engine.rollouts import STEADY, canary, config, errors_alarm, failing, later, update, world
from tests.engine.sagemaker.shadow_tests.experiments import created as shadow_test

OF_OTHER = (("EndpointConfigName", "v2"), ("EndpointName", "other"), ("VariantName", "main"))
CREATE = CreateEndpoint(endpoint_name="third", endpoint_config_name="v1")


def beside(rate=7.0, config="v1", **changes):
    """Return an endpoint beside the first."""
    endpoint = Endpoint(endpoint_name="other", endpoint_config_name=config)
    return OtherEndpoint(endpoint=endpoint, workload=Workload(rate=rate), **changes)


def two(**changes):
    """Return a world with two endpoints."""
    return world(**{"other_endpoints": (beside(),), "timing": STEADY, **changes})


def update_other(settings=None, to="v2"):
    """Return the update of the other endpoint."""
    return UpdateEndpoint(endpoint_name="other", endpoint_config_name=to, deployment_config=settings)


def own(run):
    """Return the events that are not about another endpoint."""
    return [each for each in run.events if "endpoint" not in each.detail]


def statuses(history):
    """Return EndpointStatus and the configuration from each moment on."""
    seen = []
    for t, answer in history:
        found = (answer.get("EndpointStatus"), answer.get("EndpointConfigName"))
        if not seen or seen[-1][1:] != found:
            seen.append((t, *found))
    return seen


def refusals(run):
    """Return time, code and message of what was refused."""
    return [(each.t, each.what, each.detail["message"]) for each in run.events if each.is_refusal]


GUARDED = (errors_alarm(), update(canary(alarms=("errors",))))
OTHER_GUARDED = (errors_alarm("others", dimensions=OF_OTHER), update_other(canary(alarms=("others",))))


@pytest.mark.parametrize("new", [failing(), world().models["v2"]], ids=["bad", "good"])
def test_the_first_does_what_it_does_alone(new):
    """Whatever goes on beside it: the same requests, answers, states, phases and bill."""
    where = two(new=new)
    alone = simulate(replace(where, other_endpoints=()), Plan.of(*GUARDED), 5)
    both = simulate(where, Plan((*Plan.of(*GUARDED).steps, later(100, update_other(canary())))), 5)

    assert own(both) == list(alone.events)
    assert both.endpoint_history == alone.endpoint_history
    assert both.requests == alone.requests
    assert (both.traffic, both.phases, both.instances) == (alone.traffic, alone.phases, alone.instances)
    assert both.metrics == alone.metrics
    assert both.totals.by_config == alone.totals.by_config


def test_another_does_what_it_would_do_as_the_first():
    """Where nothing is left to chance but the requests, its updates take the same moments."""
    where = two(new=failing())
    first = simulate(where.seen_from("other"), Plan.of(*OTHER_GUARDED), 5)
    beside_it = simulate(where, Plan.of(*GUARDED, *OTHER_GUARDED), 5).others["other"]

    assert statuses(beside_it.endpoint_history) == statuses(first.endpoint_history)
    assert beside_it.instances == first.instances
    assert beside_it.totals.requests == pytest.approx(7.0 * 1800, rel=0.05)


def test_one_goes_back_while_the_other_goes_on():
    """Each has its alarms; the same model is bad for both."""
    run = simulate(two(new=failing()), Plan.of(*OTHER_GUARDED, update(canary())), 1)

    assert run.outcome == "promoted"
    assert [found for _, *found in statuses(run.others["other"].endpoint_history)] == [
        ["InService", "v1"],
        ["Updating", "v1"],
        ["InService", "v1"],
    ]
    assert run.endpoint["EndpointConfigName"] == "v2"
    assert any(each.say.startswith("other: ") and each.detail["endpoint"] == "other" for each in run.events)


def test_an_alarm_on_one_may_guard_the_other():
    """Alarms are the account's."""
    plan = Plan.of(errors_alarm("others", dimensions=OF_OTHER), update_other(), later(60, update()).request)
    guarded = Plan((*plan.steps[:2], later(700, update(canary(alarms=("others",))))))
    run = simulate(two(new=failing(), duration_s=3600.0), guarded, 1)

    assert refusals(run) == []
    assert run.outcome == "rolled-back"
    assert run.deciding_alarm.alarm == "others"


def test_two_have_requests_of_their_own():
    """Equal workloads and seeds, and different random numbers."""
    where = two(other_endpoints=(beside(rate=5.0),))
    live = Live(where, Arrivals(where.workload, 3))
    live.advance(900.0)
    live.catch_up()
    other = live.hosts.find("other")

    assert not (live.arrivals.slot(0).arrival[:50] == other.arrivals.slot(0).arrival[:50]).any()
    assert other.plane.ledger.counts.requests == pytest.approx(5.0 * 900, rel=0.1)


def test_a_metric_is_that_of_the_endpoint_in_its_dimensions():
    """Neither more nor less."""
    where = two(other_endpoints=(beside(rate=50.0, slo=Slo(latency_ms=200)),))
    live = Live(where, Arrivals(where.workload, 3))
    live.advance(900.0)
    invocations = [live.metrics.datapoints(_invocations(name), [60.0], 900.0)[0].value for name in ("churn", "other")]

    assert invocations[0] == pytest.approx(300, rel=0.3)
    assert invocations[1] == pytest.approx(3000, rel=0.1)
    assert {dict(key.dimensions)["EndpointName"] for key in live.metrics.listed(900.0)} == {"churn", "other"}


def _invocations(endpoint):
    dimensions = (("EndpointName", endpoint), ("VariantName", "main"))
    return MetricStat(
        namespace="AWS/SageMaker", metric_name="Invocations", dimensions=dimensions, stat="Sum", period=60
    )


def test_one_is_created_and_deleted_beside_the_first():
    """Nobody calls it, and it is paid for as long as it is there."""
    plan = Plan((Step(request=CREATE), later(900, DeleteEndpoint(endpoint_name="third"))))
    run, alone = (simulate(world(timing=STEADY), each, 1) for each in (plan, Plan()))
    third = run.others["third"]

    assert any("Nobody calls it" in each.say for each in run.events if each.what == "CreateEndpoint")
    assert [status for _, status, _ in statuses(third.endpoint_history)][:3] == ["Creating", "InService", "Deleting"]
    assert "Error" in third.endpoint_history[-1][1]
    assert third.totals.requests == 0
    assert run.totals.instance_minutes == pytest.approx(alone.totals.instance_minutes + third.totals.instance_minutes)
    assert run.totals.extra_instance_minutes == third.totals.instance_minutes > 0
    assert run.totals.cost_usd == pytest.approx(alone.totals.cost_usd + third.totals.cost_usd)
    assert run.costs["endpoint/third/v1/main"] == pytest.approx(third.totals.cost_usd)
    assert run.usd_per_thousand_answers == alone.usd_per_thousand_answers
    assert own(run) == list(alone.events)


def test_one_that_is_refused_leaves_nothing():
    """It may be created later all the same."""
    wrong = replace(CREATE, endpoint_config_name="v9")
    run = simulate(world(timing=STEADY), Plan.of(wrong), 1)
    again = simulate(world(timing=STEADY), Plan((Step(request=wrong), later(60, CREATE))), 1)

    assert [code for _, code, _ in refusals(run)] == ["ValidationException"]
    assert run.others == {}
    assert again.others["third"].endpoint_history[-1][1]["EndpointStatus"] == "InService"


def test_names_lead_to_their_endpoint():
    """One that is not there is missed, and one that is there is not created again."""
    missing = UpdateEndpoint(endpoint_name="nobody", endpoint_config_name="v2")
    taken = CreateEndpoint(endpoint_name="other", endpoint_config_name="v1")
    run = simulate(two(), Plan.of(missing, taken), 1)

    assert [message for _, _, message in refusals(run)] == [
        'Could not find endpoint "arn:aws:sagemaker:us-east-1:111122223333:endpoint/nobody".',
        'Cannot create already existing endpoint "arn:aws:sagemaker:us-east-1:111122223333:endpoint/other".',
    ]


def test_each_may_be_updated_while_the_other_is():
    """An endpoint is busy, the account is not."""
    run = simulate(two(), Plan((*Plan.of(update(), update_other()).steps, later(10, update_other()))), 1)

    assert [(t, message.split(" endpoint ")[0]) for t, _, message in refusals(run)] == [
        (316.0, "Cannot update in-progress")
    ]


def test_the_quota_is_that_of_all_endpoints():
    """Eight run, and three more are asked for."""
    run = simulate(two(instance_quota=10), Plan.of(replace(CREATE, endpoint_config_name="small")), 1)
    assert [code for _, code, _ in refusals(run)] == ["ValidationException"]  # there is no such configuration

    where = two(instance_quota=10)
    where = replace(where, configs=(*where.configs, config("v1-small", 3, model_name="v1")))
    run = simulate(where, Plan.of(replace(CREATE, endpoint_config_name="v1-small")), 1)
    assert [code for _, code, _ in refusals(run)] == ["ResourceLimitExceeded"]
    assert "current utilization of 8 Instances and a request delta of 3" in refusals(run)[0][2]


def test_the_quota_of_concurrency_is_that_of_all_endpoints():
    """Twenty of thirty are taken, and twenty more are asked for."""
    environments = ServerlessConfig(memory_size_in_mb=2048, max_concurrency=20)
    variant = ProductionVariant(variant_name="main", model_name="v1", serverless_config=environments)
    serverless = EndpointConfig(endpoint_config_name="s1", production_variants=(variant,))
    where = two(serverless_quota=30, other_endpoints=(beside(config="s1"),), configs=(*world().configs, serverless))
    run = simulate(where, Plan.of(replace(CREATE, endpoint_config_name="s1")), 1)

    assert [code for _, code, _ in refusals(run)] == ["ResourceLimitExceeded"]
    assert "current utilization of 20 and a request delta of 20" in refusals(run)[0][2]


def test_scaling_is_by_endpoint():
    """Variants of one name are two targets, and an endpoint that is deleted takes its own along."""
    mine, others = register(1, 8), replace(register(6, 8), resource_id="endpoint/other/variant/main")
    plan = Plan((*Plan.of(mine, others, tracking(60)).steps, later(900, DeleteEndpoint(endpoint_name="other"))))
    run = simulate(two(), plan, 1)
    counts = [
        answer["ProductionVariants"][0]["DesiredInstanceCount"]
        for _, answer in run.others["other"].endpoint_history
        if answer.get("ProductionVariants")
    ]

    assert counts[-1] == 6
    assert refusals(run) == []
    assert [each.detail.get("status") for each in run.events if each.what == "DeregisterScalableTarget"] == [200]
    scaled = [each for each in run.events if each.what in ("RegisterScalableTarget", "ScalingActivity")]
    assert [(each.what, each.detail.get("endpoint")) for each in scaled[:3]] == [
        ("RegisterScalableTarget", None),
        ("RegisterScalableTarget", "other"),
        ("ScalingActivity", "other"),
    ]


def test_shadow_tests_run_side_by_side():
    """One endpoint has one at a time, and names are the account's."""
    mine = shadow_test()
    others = replace(mine, name="others", endpoint_name="other")
    twice = replace(mine, endpoint_name="other")
    run = simulate(two(), Plan.of(mine, others, twice), 1)

    assert {each["Name"]: each["EndpointMetadata"]["EndpointName"] for each in run.experiments} == {
        mine.name: "churn",
        "others": "other",
    }
    assert [code for _, code, _ in refusals(run)] == ["ResourceInUse"]


def test_a_live_run_is_the_simulated_one():
    """Also with endpoints that come in between."""
    where = two(new=failing())
    steps = (
        *Plan.of(*GUARDED, *OTHER_GUARDED).steps,
        later(200, CREATE),
        later(1000, UpdateEndpoint(endpoint_name="third", endpoint_config_name="v2")),
        later(1100, DeleteEndpoint(endpoint_name="other")),
    )
    run = simulate(where, Plan(steps), 2, series=False)
    live = Live(where, Arrivals(where.workload, 2))
    for step in steps:
        live.advance(where.update_at_s + step.after_s)
        live.submit(step.request)
        for name in ("churn", "other", "third"):
            live.metrics.datapoints(_invocations(name), [live.now // 60 * 60 - 60], live.now)
    live.advance(where.duration_s)
    pulled = live.result()

    assert [each for each in run.events if each.t < where.duration_s] == list(pulled.events)
    assert pulled.others.keys() == run.others.keys() == {"other", "third"}
    for name in run.others:
        assert pulled.others[name].endpoint_history == tuple(
            each for each in run.others[name].endpoint_history if each[0] < where.duration_s
        )


@pytest.mark.parametrize(
    "requests, where, stops",
    [
        pytest.param((update(), update_other()), two(), 0, id="two updates at once"),
        pytest.param((update(), update()), two(), 1, id="one twice"),
        pytest.param((CREATE, update()), two(), 0, id="a third one"),
        pytest.param((CREATE, CREATE), two(), 1, id="a third one twice"),
        pytest.param((update_other(),), world(), 1, id="none of that name"),
        pytest.param((CREATE,), two(instance_quota=10), 1, id="too many instances"),
        pytest.param((update_other(to="v9"),), two(), 1, id="no such configuration"),
        pytest.param(
            (replace(shadow_test(), endpoint_name="other"), shadow_test()), two(), 1, id="two tests of one name"
        ),
        pytest.param(
            (replace(register(1, 4), resource_id="endpoint/other/variant/main"), register(1, 4)),
            two(),
            0,
            id="two targets",
        ),
    ],
)
def test_a_check_foresees_what_the_run_refuses(requests, where, stops):
    """Endpoint by endpoint."""
    plan = Plan.of(*requests)

    assert len(stopped(write_plan(plan), where)) == stops
    assert len(refusals(simulate(where, plan, 1))) == stops


@pytest.mark.parametrize(
    "resource, meant",
    [
        ("endpoint/othr/variant/main", "Did you mean endpoint/other/variant/main?"),
        ("endpoint/chrun/variant/main", "Did you mean endpoint/churn/variant/main?"),
        ("endpoint/thrd/variant/main", "Did you mean endpoint/third/variant/main?"),
        ("endpoint/other/variant/mian", "Did you mean endpoint/other/variant/main?"),
    ],
)
def test_variants_of_all_endpoints_may_be_meant(resource, meant):
    """Whatever endpoint a misspelt target seems to be about."""
    target = later(900, replace(register(1, 4), resource_id=resource))
    [found] = stopped(write_plan(Plan((*Plan.of(CREATE).steps, target))), two())

    assert found.say.endswith(meant)


@pytest.mark.parametrize(
    "target, says",
    [
        (register(1, 4), []),
        (replace(register(1, 4), resource_id="endpoint/other/variant/mian"), ["name 'endpoint/other/variant/mian'"]),
        (register(5, 4), ["need MinCapacity up to MaxCapacity"]),
    ],
    ids=["right", "misspelt", "bounds"],
)
def test_a_world_says_what_is_wrong_with_the_scaling_of_another_endpoint(target, says):
    """Once."""
    resource = target.resource_id.replace("/churn/", "/other/")
    registered = (replace(target, resource_id=resource),)
    if not says:
        assert two(scalable_targets=registered).scalable_targets == registered
        return
    with pytest.raises(WrongValues) as wrong:
        two(scalable_targets=registered)
    assert [each.say.partition(",")[0] for each in wrong.value.wrongs] == says


@pytest.mark.parametrize(
    "changes, say",
    [
        ({"config": "v9"}, "endpoint of 'other' uses configuration 'v9'"),
        ({"endpoint_name": "churn"}, "name the endpoint 'churn' twice"),
    ],
)
def test_a_world_says_what_is_wrong_with_another_endpoint(changes, say):
    """As of the first."""
    other = beside(config=changes.get("config", "v1"))
    other = replace(other, endpoint=replace(other.endpoint, endpoint_name=changes.get("endpoint_name", "other")))
    with pytest.raises(WrongValues, match=say):
        world(other_endpoints=(other,))
