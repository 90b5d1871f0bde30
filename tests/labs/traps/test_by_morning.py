"""Lab by-morning and lesson 19: files are not shared, small requests are slow, and one bad line costs its file (spec
labs 21, inference 5)."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from course.content.packs import built_in_pack
from course.content.yaml.reader import read_yaml
from engine.aws.translation.reading import read_plan
from engine.batch.work import work
from engine.catalogue.instances import instance_types
from engine.simulate import simulate
from engine.timing import Timing
from labs.measures.one_run import measure
from labs.measures.registry import COST, JOB_TIME, RECORDS_LOST
from tests.built_in import PACK
from tests.engine.batch.jobs import job, objects, part, steady

TEN_MILLION = 10_000_000
FIVE_MS = steady(per_second=200)
FREE = Timing(transform_overhead_s=0)
PRICE = instance_types()["ml.m5.xlarge"].usd_per_hour


def text(name):
    """Return a text of the lesson."""
    return (built_in_pack() / "19-batch-transform" / name).read_text(encoding="utf-8")


def hours(files, instances, *, timing=FREE, model=FIVE_MS, **fields):
    """Return how long a job works on ten million records of 200 bytes in so many equal files."""
    stored = objects(part(files, TEN_MILLION // files))
    return work(stored, job(instance_count=instances, **fields), model, timing).seconds / 3600


def test_one_file_takes_as_long_on_a_hundred_instances():
    """13.9 hours, whatever their number; four files take 3.5 (spec course.md)."""
    assert [round(hours(1, instances), 1) for instances in (1, 10, 100)] == [13.9] * 3
    assert round(hours(4, 4), 1) == 3.5


def test_the_plot_of_files():
    """Ten instances, and more and more files."""
    [points] = re.findall(r"hours of work: (\[.*\])", text("lesson.md"))
    for files, said in re.findall(r"\[(\d+), ([\d.]+)\]", points):
        stored = objects(part(int(files), round(TEN_MILLION / int(files))))
        found = work(stored, job(instance_count=10), FIVE_MS, FREE).seconds / 3600

        assert float(said) == pytest.approx(found, abs=0.0051)


def test_what_ten_instances_cost_for_one_file():
    """31.94 dollars where ten files cost 3.19: all ten are billed until the last file is done."""
    assert hours(1, 10) * 10 * PRICE == pytest.approx(31.94, abs=0.01)
    assert hours(10, 10) * 10 * PRICE == pytest.approx(3.19, abs=0.01)


def test_requests_have_a_price_of_their_own():
    """98 ms each: ten million of them take 286 hours, 318 of them half a minute."""
    usual = Timing()

    assert hours(1, 1, timing=usual, batch_strategy="SingleRecord") == pytest.approx(286, abs=0.5)
    assert hours(1_000_000, 1, timing=usual, split_type="None") == pytest.approx(
        (1_000_000 * 0.098 + 50_000) / 3600, rel=1e-6
    )
    assert hours(1, 1, timing=usual) == pytest.approx(13.9, abs=0.05)
    assert work(objects(part(1, TEN_MILLION)), job(), FIVE_MS, usual).requests == 318


def test_four_workers_want_four_requests():
    """13.9 hours with one request at a time, 3.5 with four."""
    four = steady(per_second=200, workers=4)

    assert round(hours(1, 1, model=four), 1) == 13.9
    assert round(hours(1, 1, model=four, max_concurrent_transforms=4), 1) == 3.5


def test_a_request_may_be_too_large_to_be_answered_in_time():
    """524,288 records of 5 ms take 2,621 s, and 600 are allowed: tried three more times, and lost."""
    stored = objects(part(4, TEN_MILLION // 4))
    found = work(stored, job(max_payload_in_mb=100), FIVE_MS, Timing())

    assert (100 << 20) // 200 == 524_288
    assert pytest.approx(2621, abs=1) == 524_288 * 0.005
    assert found.failed_objects == 4
    assert found.retries == 3 * found.requests
    assert work(stored, job(max_payload_in_mb=6), FIVE_MS, Timing()).failed_objects == 0


@pytest.mark.parametrize(("files", "lost"), [(1, 10_000_000), (40, 250_000), (400, 25_000)])
def test_one_bad_line_costs_its_file(files, lost):
    """And no other one."""
    each = TEN_MILLION // files
    stored = objects(*([part(files - 1, each)] if files > 1 else []), part(1, each, bad_records=1, name="odd-"))

    assert sum(work(stored, job(), FIVE_MS, FREE).lost_records.values()) == lost
    assert f"| {lost:,} |" in text("lesson.md")


def night(plan, release, **changes):
    """Return what one night of the lab comes to with one of its plans."""
    lab = PACK.lab("by-morning")
    where = replace(lab.world_with(lab.release(release)), **changes)
    run = simulate(where, plan(lab), 0, series=False)
    return measure(where, run, run.requests)


def near(place):
    """Return one of the near misses."""
    return lambda lab: lab.near_misses[place].file.plan


def test_the_start_is_not_done_by_six():
    """Nor by eight, when the counted time is over."""
    assert night(lambda lab: lab.start.plan, "ordinary")[JOB_TIME] is None


def test_the_start_counted_to_its_end():
    """The first line of the debrief."""
    found = night(lambda lab: lab.start.plan, "ordinary", duration_s=60_000.0)

    assert found[JOB_TIME] / 3600 == pytest.approx(14.0, abs=0.051)
    assert found[COST] == pytest.approx(32.05, abs=0.05)


ROWS = {
    "districts, 4 x 4": lambda lab: lab.reference.plan,
    "districts, 1 x 4": near(0),
    "districts, 10 x 1": near(1),
    "doctors, 10 x 4": near(2),
    "regions, 5 x 4": near(3),
}


@pytest.mark.parametrize("row", ROWS)
def test_the_table_of_the_debrief(row):
    """Hours and dollars of an ordinary night, and what a broken line costs."""
    [(done, dollars, lost)] = re.findall(
        rf"^\| {re.escape(row)} \| ([\d.]+) \| ([\d.]+) \| ([\d,]+) \|$", text("by-morning/debrief.md"), re.M
    )
    found, broken = night(ROWS[row], "ordinary"), night(ROWS[row], "one-broken-line")

    assert float(done) == pytest.approx(found[JOB_TIME] / 3600, abs=0.051)
    assert float(dollars) == pytest.approx(found[COST], abs=0.011)
    assert int(lost.replace(",", "")) == broken[RECORDS_LOST]


def test_what_the_prediction_tells():
    """Five regions on three instances: two of them have two, so the job ends after 89 minutes and not after 75."""
    found = night(lambda lab: read_plan(read_yaml(text("predicted.yaml"), "predicted.yaml").data), "ordinary")
    start_s = Timing().transform_wait_s + Timing().transform_load_s
    shared_s = TEN_MILLION * 0.005 / 12

    assert start_s == 322
    assert round(found[JOB_TIME] / 60) == 89
    assert round((start_s + shared_s) / 60) == 75
    assert (start_s + 2500) / 60 == pytest.approx(47, abs=0.1)
