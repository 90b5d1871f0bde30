"""A grade is the same to the byte, whoever makes it: this process, threads, processes, or a cluster."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.classes.cluster import cluster
from course.classes.executors import local, spread
from tests.course.classes.clusters import WORKER, running
from tests.course.classes.work import graded
from tests.engine.rollouts import ONE, canary, errors_alarm, guarded
from tests.labs.tiny import BARE, LAB

OF_HERE = {"threads": lambda: ThreadPoolExecutor(2)} | {f"processes-{count}": local(count) for count in (1, 2, 3)}
PLANS = st.builds(
    lambda wait, bake, threshold: guarded(canary, ONE, wait, bake, alarm=errors_alarm(threshold=threshold)),
    st.sampled_from([60, 300]),
    st.sampled_from([0, 300]),
    st.sampled_from([0.01, 0.2, 0.9]),
) | st.just(BARE)
SUBMITTED = st.lists(st.tuples(PLANS, st.lists(st.integers(0, 99), min_size=1, max_size=2)), min_size=1, max_size=3)


@contextmanager
def two_workers(folder):
    with running(folder, (WORKER,), (WORKER,)) as there, cluster(there.address, 30)() as executor:
        yield executor


@pytest.fixture(scope="module", params=[*OF_HERE, "cluster"])
def executor(request, tmp_path_factory):
    there = request.param == "cluster"
    with two_workers(tmp_path_factory.mktemp("cluster")) if there else OF_HERE[request.param]() as executor:
        yield executor


@settings(max_examples=3)
@given(submitted=SUBMITTED)
def test_whoever_grades_it_the_bytes_are_the_same(executor, submitted):
    work = {number: (LAB, plan, seeds) for number, (plan, seeds) in enumerate(submitted)}

    assert dict(spread(graded, work, lambda: nullcontext(executor))) == {
        number: graded(*arguments) for number, arguments in work.items()
    }
