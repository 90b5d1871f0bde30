"""Plans in an account with several endpoints: advice on what is about one and on what is about all, and other forms."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.aws.checking import check
from engine.aws.foreign.endpoints import Endpoints
from engine.aws.foreign.reading import foreign
from engine.aws.takeaway.cloudformation import resources_of
from engine.aws.takeaway.terraform import as_terraform, as_terraform_json
from engine.aws.translation.writing import write_plan
from engine.plan import Plan
from engine.requests.sagemaker import DeleteEndpoint, DeleteEndpointConfig
from tests.engine.autoscaling.policies import register
from tests.engine.hosting.test_hosts import CREATE, GUARDED, OF_OTHER, OTHER_GUARDED, beside, two, update_other
from tests.engine.rollouts import canary, config, errors_alarm, later, update, world

ON_OTHER = errors_alarm("others", dimensions=OF_OTHER)
AT_GUARD = ("UpdateEndpoint", "DeploymentConfig", "AutoRollbackConfiguration", "Alarms", 0, "AlarmName")


def advice(plan, where):
    """Return places and sentences; nothing stops the plan."""
    found = check(write_plan(plan), where)
    assert not any(each.stops for each in found)
    return [(each.path, each.say) for each in found]


def test_two_guarded_updates_need_no_advice():
    """Each has its own alarm."""
    mine = (errors_alarm(), update(canary(alarms=("errors",))))
    theirs = (ON_OTHER, update_other(canary(alarms=("others",))))
    assert advice(Plan.of(*mine, *theirs), two()) == []


def test_an_alarm_on_another_endpoint_is_no_guard():
    """It says nothing of the fleet that comes; beside one that does it may be meant."""
    plan = Plan.of(ON_OTHER, update(canary(alarms=("others",))))
    both = Plan.of(ON_OTHER, errors_alarm(), update(canary(alarms=("others", "errors"))))
    [(place, say)] = advice(plan, two())

    assert place == AT_GUARD
    assert say.startswith("others watches other: no alarm of this update sees how the new version of churn does.")
    assert advice(both, two()) == []


def test_a_misspelt_endpoint_is_told_all_there_are():
    """Not only the first."""
    alarm = errors_alarm("others", dimensions=(("EndpointName", "othr"), *OF_OTHER[:1], *OF_OTHER[2:]))
    [say] = [say for _, say in advice(Plan.of(alarm, update_other(canary(alarms=("others",)))), two()) if "othr" in say]
    assert say == "There is no endpoint othr, so this alarm never has any data. Did you mean other?"


def test_a_misspelt_target_is_told_which_was_meant():
    """Be it the first endpoint's or another's."""
    target = replace(register(1, 4), resource_id="endpoint/othr/variant/main")
    [finding] = check(write_plan(Plan.of(target)), two())
    assert finding.say == ("There is no variant main of an endpoint othr. Did you mean endpoint/other/variant/main?")


def test_a_new_endpoint_has_no_callers():
    """One of the others is probably meant."""
    [(_, say)] = advice(Plan.of(CREATE), two())
    assert say.endswith("Write churn or other, if that is meant.")


def test_an_endpoint_that_goes_is_missed():
    """Another's callers are those of the world; one that the plan created has none."""
    plan = Plan((*Plan.of(CREATE).steps, later(900, DeleteEndpoint(endpoint_name="third"))))
    [(place, say)] = advice(Plan.of(DeleteEndpoint(endpoint_name="other")), two())

    assert place == ("DeleteEndpoint", "EndpointName")
    assert say.startswith("other has callers of its own, about 7 a second: from then on they get errors")
    assert not any("callers of its own" in say for _, say in advice(plan, two()))
    assert advice(Plan.of(DeleteEndpoint(endpoint_name="other")), two(other_endpoints=(beside(rate=0),))) == []


@pytest.mark.parametrize(
    "before, who",
    [
        ((), ["The endpoint other uses v3"]),
        ((DeleteEndpoint(endpoint_name="other"),), []),
    ],
    ids=["there", "deleted"],
)
def test_a_configuration_may_be_that_of_another_endpoint(before, who):
    """Also of one that the plan asks nothing else about."""
    where = two(other_endpoints=(beside(config="v3"),), configs=(*world().configs, config("v3", model_name="v1")))
    guarded = (errors_alarm(), update(canary(alarms=("errors",))))
    delete = later(900, DeleteEndpointConfig(endpoint_config_name="v3"))
    plan = Plan((*Plan.of(*guarded, *before).steps, delete))
    said = [say.partition(",")[0] for place, say in advice(plan, where) if place[0] == "Later"]
    assert said == who


def test_one_configuration_may_be_that_of_two():
    """Each of them is named."""
    delete = DeleteEndpointConfig(endpoint_config_name="v1")
    said = [say.partition(",")[0] for path, say in advice(Plan.of(delete), two()) if path]
    assert said == ["The endpoint churn uses v1", "The endpoint other uses v1"]


def test_where_there_is_one_it_needs_no_name():
    """As ever."""
    delete = DeleteEndpointConfig(endpoint_config_name="v1")
    where = replace(two(), other_endpoints=())
    assert [say.partition(",")[0] for path, say in advice(Plan.of(delete), where) if path] == ["The endpoint uses v1"]


TEMPLATE_OF = {
    "CloudFormation": lambda requests: {"Resources": resources_of(requests)[0]},
    "Terraform": as_terraform_json,
}
IN_ORDER = (OTHER_GUARDED[0], GUARDED[0], OTHER_GUARDED[1], GUARDED[1])
"""Alarms, then updates."""
THERE = Endpoints(updates=True, there=("churn", "other"), expected=("later",))


@pytest.mark.parametrize("form", TEMPLATE_OF)
@pytest.mark.parametrize("name", ["third", "later"])
def test_what_is_taken_away_comes_back(form, name):
    """Two endpoints are updated, and one is created, which a file does not tell apart."""
    requests = write_plan(Plan.of(*IN_ORDER, replace(CREATE, endpoint_name=name)))
    assert foreign(TEMPLATE_OF[form](requests), THERE).requests == requests


@pytest.mark.parametrize(
    "name, operation",
    [("churn", "UpdateEndpoint"), ("chrun", "UpdateEndpoint"), ("later", "CreateEndpoint")],
    ids=["there", "misspelt", "expected"],
)
def test_what_one_endpoint_alone_means(name, operation):
    """A name that nobody knows was probably meant for what is there, and AWS's answer says so."""
    given = {"EndpointName": name, "EndpointConfigName": "v1"}
    resource = {"Type": "AWS::SageMaker::Endpoint", "Properties": given}

    assert foreign({"Resources": {"E": resource}}, THERE).requests == {operation: given}
    assert foreign(given, THERE).requests == {operation: given}


def test_endpoints_do_not_wait_for_each_other():
    """A plan updates both at once, and so does a template."""
    requests = write_plan(Plan.of(*IN_ORDER))
    resources = resources_of(requests)[0]
    waits = "depends_on = [aws_cloudwatch_metric_alarm.others, aws_cloudwatch_metric_alarm.errors]"

    assert resources["ChurnEndpoint"]["DependsOn"] == ["OthersAlarm", "ErrorsAlarm"]
    assert waits in as_terraform(requests)
