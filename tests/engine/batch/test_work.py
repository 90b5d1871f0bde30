"""How long a transform job works, and what fails in it (spec inference 5)."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.batch.split import instances_of, split
from engine.batch.work import work
from engine.serving.model import Model, ServiceTime
from engine.timing import Timing
from tests.engine.batch.jobs import job, objects, part, steady

NO_OVERHEAD = Timing(transform_overhead_s=0.0)
USUAL = Timing()


def test_the_worked_example():
    """A million records at 200 a second on each of 4 instances: 1250 s after the load, 1354 s in all (spec inference
    5)."""
    done = work(objects(part(4, 250_000)), job(instance_count=4), steady(200), NO_OVERHEAD)

    assert done.records == 1_000_000
    assert done.seconds + USUAL.transform_load_s == pytest.approx(1354)


def test_one_image_an_object():
    """100 objects of one image take 9.8 s on one instance, although a prediction takes 1.2 ms (spec inference 5)."""
    images = objects(part(100, 1, 50_000.0))
    done = work(images, job(split_type="None"), steady(1000 / 1.2), USUAL)

    assert done.requests == 100
    assert done.seconds == pytest.approx(9.8, rel=0.02)


def test_lines_of_one_object_are_fast():
    """The same records as lines of one object are a single request (spec inference 5)."""
    done = work(objects(part(1, 100, 50_000.0)), job(), steady(1000 / 1.2), USUAL)

    assert done.requests == 1
    assert done.seconds == pytest.approx(0.098 + 0.12)


@pytest.mark.parametrize(
    ("fields", "requests"),
    [
        pytest.param({"split_type": "None"}, 1, id="whole-object"),
        pytest.param({"batch_strategy": "SingleRecord"}, 100_000, id="record-by-record"),
        pytest.param({"batch_strategy": "MultiRecord"}, 4, id="as-many-as-fit-in-6-MB"),
        pytest.param({"max_payload_in_mb": 1}, 20, id="as-many-as-fit-in-1-MB"),
        pytest.param({"max_payload_in_mb": 0}, 1, id="streamed"),
    ],
)
def test_how_many_requests(fields, requests):
    """SplitType, BatchStrategy and MaxPayloadInMB decide (spec inference 5)."""
    asked = {"max_payload_in_mb": 20, **fields} if fields.get("split_type") == "None" else fields

    assert work(objects(part(1, 100_000)), job(**asked), steady(), USUAL).requests == requests


def test_one_object_is_worked_on_by_one_instance():
    """However many instances there are; the others wait and are paid (spec inference 5)."""
    big = objects(part(1, 100_000))
    one, four = (work(big, job(instance_count=n), steady(), USUAL) for n in (1, 4))

    assert four.seconds == one.seconds
    assert four.idle_instances == 3


def test_concurrency_fills_the_workers():
    """As many requests at once as workers are ideal; more shorten the overhead alone (spec inference 5)."""
    many = objects(part(400, 100))
    model = steady(workers=4)
    one, four, eight = (work(many, job(max_concurrent_transforms=n), model, USUAL).seconds for n in (1, 4, 8))

    assert one == pytest.approx(4 * four)
    assert eight == pytest.approx(400 * 0.098 / 8 + 400 * 100 / 200 / 4)


def test_a_request_alone_is_not_shared():
    """One request is answered by one worker, however many may be sent at once."""
    done = work(objects(part(1, 1000)), job(max_concurrent_transforms=4), steady(workers=4), USUAL)

    assert done.seconds == pytest.approx(0.098 + 5)


def test_what_does_not_fit_fails_its_object():
    """A record above MaxPayloadInMB, or without SplitType an object above it, gets no output (spec inference 5)."""
    huge = work(objects(part(2, 3, 7e6), part(1, 3, 1e6, name="small-")), job(), steady(), USUAL)
    whole = work(objects(part(1, 100_000)), job(split_type="None"), steady(), USUAL)

    assert (huge.failed_objects, huge.objects, huge.requests) == (2, 3, 1)
    assert (whole.failed_objects, whole.requests, whole.seconds) == (1, 0, 0.0)


def test_a_bad_record_fails_its_object_alone():
    """The others keep their outputs (spec inference 5)."""
    done = work(objects(part(9), part(name="broken", bad_records=1)), job(), steady(), USUAL)

    assert (done.failed_objects, done.objects) == (1, 10)


def test_too_late_is_sent_again():
    """A request beyond InvocationsTimeoutInSeconds is tried as often as the job says, and fails (spec inference 5)."""
    slow = job(invocations_timeout_in_seconds=10, invocations_max_retries=2)
    done = work(objects(part(1, 10_000)), slow, steady(), USUAL)

    assert (done.requests, done.retries, done.failed_objects) == (1, 2, 1)
    assert done.seconds == pytest.approx(3 * (10 + 0.098))


@pytest.mark.parametrize("retries", [0, 1, 3])
def test_a_failure_by_chance_is_mended_by_retries(retries):
    """With chance p of a 5xx a request is lost with p to the power of all its tries (spec inference 5)."""
    p, requests = 0.3, 20_000
    model = steady(error_rate_5xx=p)
    done = work(
        objects(part(requests, 1)), job(invocations_max_retries=retries), model, USUAL, np.random.default_rng(5)
    )
    lost, again = p ** (retries + 1), sum(p**k for k in range(1, retries + 1))

    assert done.failed_objects / requests == pytest.approx(lost, abs=4 * (lost * (1 - lost) / requests) ** 0.5)
    assert done.retries / requests == pytest.approx(again, abs=4 * (2 / requests) ** 0.5)


def test_chance_of_a_refused_record_grows_with_the_object():
    """An object of n records is spoiled with 1 - (1 - p)^n, whatever the retries."""
    p, n, count = 0.001, 500, 20_000
    done = work(objects(part(count, n)), job(), steady(error_rate_4xx=p), USUAL, np.random.default_rng(5))
    spoiled = 1 - (1 - p) ** n

    assert done.retries == 0
    assert done.failed_objects / count == pytest.approx(spoiled, abs=4 * (spoiled * (1 - spoiled) / count) ** 0.5)


@pytest.mark.parametrize(("kind", "cv"), [("exponential", 1.0), ("lognormal", 0.5)])
def test_the_work_on_an_object_is_a_sum(kind, cv):
    """Mean and spread of n records are those of n independent ones."""
    n, count = 50, 20_000
    model = Model(service=ServiceTime(mean_ms=10, kind=kind, cv=0.5))
    found = [
        work(objects(part(1, n)), job(), model, NO_OVERHEAD, np.random.default_rng(seed)).seconds for seed in range(300)
    ]
    together = work(objects(part(count, n)), job(), model, NO_OVERHEAD, np.random.default_rng(1)).seconds

    assert together == pytest.approx(n * count * 0.01, rel=4 * cv / (n * count) ** 0.5)
    assert np.std(found) == pytest.approx(0.01 * cv * n**0.5, rel=0.2)


@given(
    records=st.integers(1, 10_000),
    record_bytes=st.floats(1, 8e6),
    payload=st.integers(0, 100),
    kind=st.sampled_from(["MultiRecord", "SingleRecord"]),
    lines=st.sampled_from(["None", "Line"]),
)
@settings(deadline=None)
def test_every_record_is_in_exactly_one_request(records, record_bytes, payload, kind, lines):
    """All requests of an object are full but the last, which holds the rest, and none is too large."""
    asked = job(max_payload_in_mb=payload, batch_strategy=kind, split_type=lines)
    parts = split(objects(part(1, records, record_bytes)), asked)
    [requests], [each], [fits] = parts.requests, parts.records_each, parts.fits
    rest = records - (requests - 1) * each

    assert 0 < rest <= each
    assert not fits or not payload or each * record_bytes <= payload * 2**20


@given(count=st.integers(1, 60), instances=st.integers(1, 12), more=st.integers(1, 12))
@settings(deadline=None, max_examples=50)
def test_more_instances_are_never_slower(count, instances, more):
    """With objects of one size, whatever their number."""
    alike = objects(part(count, 1000))
    few, many = (work(alike, job(instance_count=n), steady(), USUAL).seconds for n in (instances, instances + more))

    assert many <= few + 1e-9


@pytest.mark.parametrize("assignment", ["key-order", "key-hash"])
def test_each_object_has_one_instance(assignment):
    """By key, in turn or by hash: the same each time, and within the fleet (spec inference 5)."""
    parts = objects(part(40))
    place = instances_of(parts, 4, assignment)

    assert set(place.tolist()) == {0, 1, 2, 3}
    assert np.array_equal(place, instances_of(parts, 4, assignment))
    assert assignment == "key-hash" or np.bincount(place).tolist() == [10, 10, 10, 10]


def test_a_hash_is_less_even():
    """So a job with hashed keys takes longer than one in turn."""
    even, hashed = (
        work(objects(part(40)), job(instance_count=4), steady(), replace(USUAL, transform_assignment=each)).seconds
        for each in ("key-order", "key-hash")
    )

    assert hashed > even


def test_ten_million_records():
    """In well under a second of ours, in few large objects and in very many small ones."""
    model = Model(service=ServiceTime(mean_ms=5), workers=4, error_rate_5xx=0.001)
    started = process_time()
    for kind in (part(40, 250_000), part(100_000, 100)):
        assert work(objects(kind), job(instance_count=4), model, USUAL, np.random.default_rng(1)).records == 10_000_000

    assert process_time() - started < 0.5
