"""Plans are alike by what they send: names, order and comments make no difference, a value or two are told."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from course.classes.grading.alike import MOST_DIFFERING, alike, distance
from course.classes.grading.sent import sent

ONE = """\
# mine
PutMetricAlarm:
  - {AlarmName: errors, MetricName: Invocation5XXErrors, Threshold: 0.05, Period: 60, AlarmDescription: mine}
  - {AlarmName: slow, MetricName: ModelLatency, Threshold: 200000, Period: 60}
PutCompositeAlarm: {AlarmName: both, AlarmRule: ALARM(errors) OR ALARM(slow)}
UpdateEndpoint: {EndpointName: churn, DeploymentConfig: {AutoRollbackConfiguration: {Alarms: [{AlarmName: both}]}}}
"""
SAME = """\
UpdateEndpoint: {DeploymentConfig: {AutoRollbackConfiguration: {Alarms: [{AlarmName: x}]}}, EndpointName: churn}
PutMetricAlarm:
  - {Period: 60.0, AlarmName: z, Threshold: 2.0e+5, MetricName: ModelLatency}
  - {Period: 60, AlarmName: y, Threshold: 0.050, MetricName: Invocation5XXErrors}   # copied
PutCompositeAlarm: {AlarmRule: ALARM(y) OR ALARM(z), AlarmName: x}
"""


def test_names_order_and_comments_make_no_difference():
    """Neither do remarks, nor the spelling of numbers."""
    assert sent(ONE) == sent(SAME) != ()


def test_values_make_one():
    """Each that differs counts, and so does one that is not there."""
    assert distance(sent(ONE), sent(SAME.replace("0.050", "0.06"))) == 1
    assert distance(sent(ONE), sent(SAME.replace("EndpointName: churn", "EndpointName: other, Extra: 1"))) == 2
    assert sent("[") == ()


VALUES = st.lists(st.sampled_from("ab"), min_size=5, max_size=5)


@given(plans=st.dictionaries(st.text("xyz", min_size=1), VALUES, max_size=8))
def test_groups_are_what_comparing_all_pairs_finds(plans):
    """However they are found: two plans that differ in two values at most are in one group."""
    known = {name: tuple((str(place), value) for place, value in enumerate(values)) for name, values in plans.items()}
    groups = alike(known, (), ())
    of = {name: number for number, group in enumerate(groups) for name in group.learners}

    for one in known:
        for other in known:
            if one != other and distance(known[one], known[other]) <= MOST_DIFFERING:
                assert of[one] == of[other]
    for group in groups:
        assert len(group.learners) > 1
        assert group.differ == max(
            distance(known[one], known[other]) for one in group.learners for other in group.learners
        )


def test_what_everybody_has_is_left_out():
    """The plan that the lab begins with, what is a step away from it, and the lab's own plans."""
    start = tuple((str(place), "a") for place in range(9))
    near = (("0", "b"), *start[1:])
    reference = tuple((str(place), "r") for place in range(9))
    own = tuple((str(place), "o") for place in range(9))
    plans = {"a": start, "b": near, "c": near, "d": reference, "e": reference, "f": own, "g": own, "h": ()}

    assert [group.learners for group in alike(plans, start, {start, reference})] == [("f", "g")]
