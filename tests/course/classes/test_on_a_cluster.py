"""A Dask cluster at work, and what becomes of the work when parts of it are killed: `make cluster-test`."""

from __future__ import annotations

from contextlib import nullcontext
from itertools import islice
from operator import neg
from signal import SIGKILL, SIGSTOP
from time import sleep

import pytest

from course.classes.cluster import cluster
from course.classes.executors import Lost, spread
from course.classes.same_program import NoCluster
from tests.course.classes.clusters import OF_ANOTHER_VERSION, WITHOUT_MLCOURSE, WORKER, running
from tests.course.classes.killing import kill

pytestmark = pytest.mark.cluster
PATIENCE_S = 5.0
NURSED = (WORKER, "--nanny")
"""A worker that is started again when it ends."""


def pieces(count, *more):
    return {f"piece {number}": (number, *more) for number in range(count)}


def expected(count):
    return {f"piece {number}": number for number in range(count)}


def test_a_killed_worker_takes_nothing_along(tmp_path):
    """The other one does what it had begun."""
    with running(tmp_path, (WORKER,), (WORKER,)) as there:
        done = list(spread(kill, pieces(40, (), str(tmp_path / "once")), cluster(there.address, PATIENCE_S)))

        assert (tmp_path / "once").exists()
        assert sorted(done) == sorted(expected(40).items())


def test_what_kills_every_worker_is_lost_alone(tmp_path):
    """It is tried on eight of them, the last four times alone; all others are done."""
    with running(tmp_path, NURSED, NURSED) as there:
        done = dict(spread(kill, pieces(12, (5,)), cluster(there.address, 60)))

    lost = done.pop("piece 5")
    assert isinstance(lost, Lost)
    assert lost.times == 8
    assert done == {key: each for key, each in expected(12).items() if key != "piece 5"}


@pytest.mark.parametrize("signal", [SIGKILL, SIGSTOP])
def test_a_scheduler_goes_away_in_the_middle(tmp_path, signal):
    """Gone or only silent: what was done has come, and the rest is complained of rather than waited for."""
    with running(tmp_path, (WORKER,), (WORKER,)) as there:
        coming = spread(sleep, dict.fromkeys(range(5000), (0.01,)), cluster(there.address, PATIENCE_S))
        done = list(islice(coming, 20))
        there.scheduler.send_signal(signal)
        with pytest.raises(NoCluster, match="went away"):
            done.extend(coming)

    assert 20 <= len(done) < 5000
    assert len(dict(done)) == len(done)


def test_the_last_worker_goes_away(tmp_path):
    """It is said once the scheduler has had none for as long as patience lasts."""
    with running(tmp_path, (WORKER,)) as there:
        coming = spread(sleep, dict.fromkeys(range(5000), (0.01,)), cluster(there.address, 2))
        next(coming)
        there.workers[0].kill()
        with pytest.raises(NoCluster, match="has had no worker for 2 s"):
            list(coming)


def test_a_worker_may_join_later(tmp_path):
    """It need not be there from the beginning."""
    with running(tmp_path, (WORKER,)) as there, cluster(there.address, PATIENCE_S)() as executor:
        assert executor.workers == 1
        there.add_worker()
        there.workers[0].kill()

        assert executor.submit(neg, 1).result() == -1


def test_no_workers(tmp_path):
    with running(tmp_path) as there, pytest.raises(NoCluster, match=r"no worker for 1 s\. Start some with: dask"):
        list(spread(neg, pieces(3), cluster(there.address, 1)))


def test_a_worker_is_no_scheduler(tmp_path):
    """Both print addresses that look alike."""
    with running(tmp_path, (WORKER,)) as there, cluster(there.address, PATIENCE_S)() as executor:
        [address] = executor._client.nthreads()
        with pytest.raises(NoCluster, match="a worker answers, and no scheduler"), cluster(address, PATIENCE_S)():
            pass


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (WITHOUT_MLCOURSE, r"The worker tcp://\S+ of tcp://\S+ cannot read mlcourse \(.*\)\. Install mlcourse"),
        (
            OF_ANOTHER_VERSION,
            r"The worker tcp://\S+ of tcp://\S+ has mlcourse .* and this program mlcourse .*\. Install",
        ),
    ],
)
def test_a_worker_of_another_kind_is_named(tmp_path, script, said):
    """Before anything is handed over: grades that depended on who makes them would be none."""
    with (
        running(tmp_path, (WORKER,), (script,)) as there,
        pytest.raises(NoCluster, match=said),
        cluster(there.address, PATIENCE_S)(),
    ):
        pass


def test_a_worker_of_another_version_that_comes_later_does_nothing(tmp_path):
    """It is asked with each piece of work."""
    with running(tmp_path, (WORKER,)) as there, cluster(there.address, PATIENCE_S)() as executor:
        there.add_worker(OF_ANOTHER_VERSION)
        there.workers[0].kill()
        with pytest.raises(NoCluster, match=r"The worker tcp://\S+ of \S+, which came later, has mlcourse"):
            executor.submit(neg, 1).result()


def test_a_worker_without_the_program_that_comes_later_is_no_harm(tmp_path):
    """It cannot even read what it should do, so that Dask lets others do it."""
    with running(tmp_path, (WORKER,)) as there, cluster(there.address, PATIENCE_S)() as executor:
        there.add_worker(WITHOUT_MLCOURSE)

        assert dict(spread(neg, pieces(20), lambda: nullcontext(executor))) == {
            key: -number for key, number in expected(20).items()
        }


def test_a_scheduler_of_another_version_is_refused(tmp_path):
    """Both versions are named."""
    with running(tmp_path) as there, pytest.MonkeyPatch.context() as patch:
        patch.setattr("distributed.versions.get_versions", lambda: {"packages": {"distributed": "1.0"}})
        with (
            pytest.raises(NoCluster, match=r"The scheduler at \S+ has distributed \S+, and this program 1\.0\."),
            cluster(there.address, PATIENCE_S)(),
        ):
            pass
