"""Lab the-early-winner and its lesson: what looking early does to an A/B test (spec inference 8.1, labs 17)."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from statistics import fmean

import numpy as np
import pytest

from course.content.packs import built_in_pack
from course.content.yaml.reader import read_yaml
from engine.aws.translation.reading import read_plan
from engine.experiments.fixed_sample import Arm, compare, rule_of_thumb, sample_size
from engine.experiments.of_run import looks
from engine.experiments.repeated_looks import (
    false_alarm_rate,
    false_alarm_rate_of_peeking,
)
from engine.experiments.sample_ratio import sample_ratio_p_value
from engine.plan import Plan, Step
from engine.requests.cloudwatch import MetricAlarm
from engine.requests.sagemaker import UpdateEndpoint
from engine.simulate import simulate
from labs.measures.one_run import measure
from labs.measures.registry import OUTCOMES_LOST
from tests.built_in import PACK
from tests.engine.test_outcome_alarms import all_to
from tests.engine.two_variants import two_variants

FOLDER = built_in_pack() / "08-ab-testing"
SEEDS = range(20)
NIGHT_H, LINE = 7, 1.64


def text(name):
    """Return a file of the lesson."""
    return (FOLDER / name).read_text("utf-8")


def number(said):
    """Return a number as it stands in a text."""
    return float(said.replace(",", ""))


def test_the_table_of_sizes():
    """People per arm, their rule of thumb, and the days at weights 9 and 1 with 4,000 calls a day."""
    rows = re.findall(r"^\| ([\d.]+) % \| ([\d,]+) \|$", text("lesson.md"), re.M)
    counts = [number(people) for _, people in rows]

    assert counts == [sample_size(0.05, float(to) / 100) for to, _ in rows]
    assert all(3.6 < more / less < 4.1 for less, more in pairwise(counts))
    assert f"= {rule_of_thumb(0.05, 0.055):,}" in text("lesson.md")
    assert f"waits {math.ceil(counts[1] / 400)} days" in text("lesson.md")


def test_the_plot_of_looks():
    """Each point of it."""
    [points] = re.findall(r"fooled: \[(.*)\]", text("lesson.md"))
    found = {int(k): float(rate) for k, rate in re.findall(r"\[(\d+), ([\d.]+)\]", points)}

    assert found == {k: round(100 * false_alarm_rate_of_peeking(k), 1) for k in (1, 2, 3, 5, 7, 14, 28)}


def test_the_table_of_rules():
    """Pocock's line and O'Brien and Fleming's, which falls with the root of the looks, keep 5 % over all looks."""
    rows = re.findall(r"^\| (.+?) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", text("lesson.md"), re.M)
    said = {name: [float(line) for line in lines] for name, *lines in rows}
    falling = zip(said["**O'Brien-Fleming**: first look"], said["... and last look"], strict=True)

    for many, flat, (first, last) in zip((7, 14, 28), said["**Pocock**: each look"], falling, strict=True):
        assert first == pytest.approx(last * math.sqrt(many), rel=0.003)
        for lines in ([flat] * many, [last * math.sqrt(many / look) for look in range(1, many + 1)]):
            assert false_alarm_rate(lines) == pytest.approx(0.05, abs=0.0008)


def test_who_stops_on_a_good_day_reports_too_much():
    """14 daily looks at 2,231 people a day and arm: those who stop with the new one ahead report .0081 instead of
    .005, within four standard errors."""
    chance, tests, a_day = np.random.default_rng(8), 4000, 2231
    old, new = (np.cumsum(chance.binomial(a_day, rate, (tests, 14)), axis=1) for rate in (0.05, 0.055))
    reported = []
    for one, other in zip(old, new, strict=True):
        arms = [
            (Arm(a_day * k, int(a)), Arm(a_day * k, int(b))) for k, (a, b) in enumerate(zip(one, other, strict=True), 1)
        ]
        seen = next((found for pair in arms if abs((found := compare(*pair)).z) > 1.96), None)
        if seen is not None and seen.z > 0:
            reported.append(seen.difference)

    assert 14 * a_day == sample_size(0.05, 0.055)
    assert fmean(reported) == pytest.approx(
        0.0081, abs=4 * float(np.std(reported)) / math.sqrt(len(reported)) + 0.00005
    )


def test_the_split():
    """10,000 against 10,400; 3.8 and 10.8 are what chance passes in 5 % and .1 %; the museum's two weeks."""
    assert sample_ratio_p_value(10_000, 10_400) == pytest.approx(0.005, abs=0.0005)
    assert math.erfc(math.sqrt(3.84 / 2)) == pytest.approx(0.05, abs=0.0001)
    assert math.erfc(math.sqrt(10.83 / 2)) == pytest.approx(0.001, abs=0.00001)
    assert sample_ratio_p_value(10_040, 9_960) > 0.5
    assert sample_ratio_p_value(10_010, 8_020) < 1e-40


def test_the_museum_is_beyond_its_line():
    """z is 2.6, at 4.5 % against 4.0 %."""
    old, new = Arm(20_050, round(0.04 * 20_050)), Arm(17_980, round(0.041 * 9_960 + 0.051 * 8_020))

    assert new.rate == pytest.approx(0.045, abs=0.0006)
    assert compare(old, new).z == pytest.approx(2.6, abs=0.05)


def test_weights_keep_nobody_on_a_side():
    """2 x .5^10 of people who ask ten times meet one variant only, 2 e^-5 of those who ask ten times on average; named
    variants keep everybody."""
    asking = {"rate": 20.0, "users": 3600, "duration_s": 1800.0}
    drawn = simulate(two_variants(**asking), Plan(), 5, series=False).met
    named = simulate(two_variants(**asking, target_variants=(("A", 0.5), ("B", 0.5))), Plan(), 5, series=False).met

    assert drawn.met_several / drawn.answered > 0.98
    assert named.met_several == 0


def last_minute(run):
    """Return the answers of each variant in the last minute of half an hour."""
    found = {}
    for each in run.outcomes:
        found[each.variant] = found.get(each.variant, 0) + sum(count.answers for count in each.per_minute[29:30])
    return found


@pytest.mark.parametrize("retains", [False, True])
def test_a_routine_update_resets_the_weights(retains):
    """To those of its configuration, 1 and 1, unless it retains the properties of the variants."""
    routine = UpdateEndpoint(endpoint_name="churn", endpoint_config_name="again", retain_all_variant_properties=retains)
    where = two_variants()
    again = replace(where.configs[0], endpoint_config_name="again")
    plan = Plan((Step(request=all_to("B")), Step(request=again, after_s=300.0), Step(request=routine, after_s=360.0)))
    last = last_minute(simulate(where, plan, 2, series=False))

    assert last["B"] > 400
    assert (last["A"] == 0) is retains


def test_named_variants_are_not_moved_by_weights():
    """All weight to B, and half of the people still meet A."""
    where = two_variants(users=2000, target_variants=(("A", 0.5), ("B", 0.5)))
    last = last_minute(simulate(where, Plan.of(all_to("B")), 2, series=False))

    assert last["A"] / sum(last.values()) == pytest.approx(0.5, abs=0.1)


LAB = PACK.lab("the-early-winner")
PLANS = {"start": LAB.start.plan, "reference": LAB.reference.plan}
PLANS |= {each.file.name: each.file.plan for each in LAB.near_misses}
HIGHER, ONCE, POCOCK = "only-a-higher-line.yaml", "nobody-looks.yaml", "pocock"


def pocock():
    """Return the start plan with Pocock's line for seven looks in both alarms."""
    lines = {"new-is-better": 2.49, "new-is-worse": -2.49}
    return Plan(
        tuple(
            replace(step, request=replace(step.request, threshold=lines[step.request.alarm_name]))
            if isinstance(step.request, MetricAlarm)
            else step
            for step in PLANS["start"].steps
        )
    )


PLANS[POCOCK] = pocock()


@cache
def nights(release, plan, seeds=SEEDS):
    """Return what is measured of some nights: of all graded ones, unless others are named."""
    where = LAB.world_with(LAB.release(release))
    runs = [simulate(where, PLANS[plan], seed, series=False) for seed in seeds]
    return [measure(where, run, run.requests) for run in runs]


def said(rule):
    """Return what the debrief says of a rule: nights in which it was fooled, and bookings lost."""
    [row] = re.findall(rf"^\| {rule} \| (\d+) \| (\d+)\b", text("the-early-winner/debrief.md"), re.M)
    return tuple(map(int, row))


def lost(plan):
    """Return the bookings that a plan loses to the worse model in a night, on average."""
    return round(fmean(night[OUTCOMES_LOST] for night in nights("worse", plan)))


@pytest.mark.parametrize(("plan", "rule"), [("start", "every hour, 1.64"), (HIGHER, "every hour, 1.96")])
def test_those_who_look_are_fooled_and_lose_little(plan, rule):
    """As the debrief says."""
    fooled = sum(night.kept == "donors-v2" for night in nights("same", plan))

    assert said(rule) == (fooled, lost(plan))


def test_those_who_wait_lose_more_unless_they_look_for_harm():
    """The proof of the lab shows that neither is fooled. Whoever looks for harm at the same line loses the same."""
    assert said("once, at the end, 1.96")[1] == lost(ONCE)
    assert said("harm every hour, winner at the end")[1] == lost(HIGHER)
    assert nights("worse", "reference", range(4)) == nights("worse", HIGHER)[:4]


def test_pococks_line_passes_as_well():
    """And takes the better model before the night is over."""
    few = range(5)
    right = {"same": "donors-v1", "worse": "donors-v1", "better": "donors-v2"}
    earlier, later = (
        sum(night[OUTCOMES_LOST] for night in nights("better", plan, few)) for plan in (POCOCK, "reference")
    )

    assert false_alarm_rate([2.49] * NIGHT_H) == pytest.approx(0.05, abs=0.0008)
    assert all(night.kept == model for release, model in right.items() for night in nights(release, POCOCK, few))
    assert earlier < later / 2


def test_early_winners_are_overtaken():
    """In nights with two equal models that nobody stops, z passes the line at some look in three, and in none at the
    last one; that is what looks at such a line do in the long run, one side of them."""
    where = LAB.world_with(LAB.release("same"))
    seen = []
    for seed in SEEDS:
        old, new = sorted(simulate(where, Plan(), seed, series=False).outcomes, key=lambda each: each.variant != "old")
        seen.append([look.comparison.z for look in looks(old, new, 60)][:NIGHT_H])
    both_sides = false_alarm_rate([LINE] * NIGHT_H)

    assert sum(max(each) > LINE for each in seen) == 3
    assert sum(each[-1] > LINE for each in seen) == 0
    assert both_sides / 2 == pytest.approx(0.15, abs=0.002)


def test_an_alarm_that_looks_every_minute_sends_the_better_model_home():
    """In ten runs of ten; as often as about 90 people make it: one look in twelve."""
    plan = read_plan(read_yaml(text("every-minute.yaml"), "every-minute.yaml").data)
    where = replace(LAB.world_with(LAB.release("better")), duration_s=4500.0)
    runs = [simulate(where, plan, seed, series=False) for seed in range(10)]
    below = sum(math.comb(90, k) * 0.34**k * 0.66 ** (90 - k) for k in range(25))

    assert {run.outcome for run in runs} == {"rolled-back"}
    assert runs[5].totals.slo_missed == runs[5].totals.errors_5xx == 0
    assert below == pytest.approx(1 / 12, abs=0.005)
