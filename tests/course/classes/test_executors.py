"""Work that is spread over executors: all of it comes back, whoever does it, and whoever dies meanwhile."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, nullcontext

import pytest

from course.classes.executors import PER_WORKER, Lost, NoWorkers, local, spread
from tests.course.classes.killing import kill


class Here(Executor):
    """Does everything at once, in this process."""

    workers = 1

    def __init__(self):
        self.begun = Counter()

    def submit(self, call, /, *arguments):
        self.begun[arguments] += 1
        future = Future()
        try:
            future.set_result(call(*arguments))
        except Exception as error:
            future.set_exception(error)
        return future


class Deferred(Here):
    """Does one piece of work for each that is asked for beyond what it has room for, and keeps the others waiting."""

    workers = 2

    def __init__(self):
        super().__init__()
        self.most = 0
        self.waiting = []

    def submit(self, call, /, *arguments):
        self.waiting.append((Future(), call, arguments))
        self.most = max(self.most, sum(not future.done() for future, _, _ in self.waiting))
        if self.most == PER_WORKER * self.workers or call is last:
            for future, call_, given in self.waiting:
                if not future.done():
                    future.set_result(call_(*given))
        return self.waiting[-1][0]


def last(number):
    return number


def starve(number, hungry):
    if number == hungry:
        raise MemoryError
    return number


def fail(number):
    raise ZeroDivisionError(number)


def work(count, *more):
    return {f"piece {number}": (number, *more) for number in range(count)}


def all_of(count):
    return {f"piece {number}": number for number in range(count)}


@pytest.mark.parametrize("open", [lambda: nullcontext(Here()), lambda: ThreadPoolExecutor(2), local(2)])
def test_everything_comes_once(open):
    """In this process, in threads and in processes."""
    done = list(spread(abs, work(40), open))

    assert len(done) == 40
    assert dict(done) == all_of(40)


def test_nothing_to_do_is_done():
    assert list(spread(abs, {}, lambda: nullcontext(Here()))) == []


def test_a_worker_that_is_killed_takes_nothing_along(tmp_path):
    """What was begun beside it is done again, and it is said once how much is left."""
    said = []
    done = list(spread(kill, work(12, (), str(tmp_path / "once")), local(2), said.append))

    assert len(done) == 12
    assert dict(done) == all_of(12)
    assert len(said) == 1
    assert 1 <= said[0] <= 12


def test_what_kills_every_worker_is_lost_alone():
    """All others are done, and the two that no worker survives are said to be lost."""
    done = dict(spread(kill, work(8, (2, 5)), local(2)))
    lost = {key: each for key, each in done.items() if isinstance(each, Lost)}

    assert set(lost) == {"piece 2", "piece 5"}
    assert {each.times for each in lost.values()} == {3}
    assert {key: each for key, each in done.items() if key not in lost} == {
        key: each for key, each in all_of(8).items() if key not in lost
    }


def test_a_lack_of_memory_is_a_loss_of_its_own():
    """It is tried three times, the last time alone; nobody else is tried again."""
    here = Here()
    done = dict(spread(starve, work(5, 3), lambda: nullcontext(here)))

    assert done == all_of(5) | {"piece 3": Lost(3, "there was not enough memory")}
    assert here.begun == Counter({(number, 3): 3 if number == 3 else 1 for number in range(5)})


def test_workers_that_never_live_are_complained_of():
    """It is found out with nothing to do, so that no piece of work is blamed for it."""

    class Dead(Here):
        def submit(self, call, /, *arguments):
            future = Future()
            future.set_exception(BrokenProcessPool("gone"))
            return future if call is abs else self.refuse()

        def refuse(self):
            raise BrokenProcessPool("gone")

    opened = []

    @contextmanager
    def open():
        opened.append(Breaking() if not opened else Dead())
        yield opened[-1]

    class Breaking(Dead):
        """Breaks with what it was given first, and takes nothing after it."""

        def submit(self, call, /, *arguments):
            if self.begun:
                self.refuse()
            self.begun[arguments] += 1
            return Dead.submit(self, call, *arguments)

    with pytest.raises(NoWorkers, match="9 of the pieces"):
        list(spread(abs, work(9), open))
    assert len(opened) == 2


def test_few_pieces_are_on_their_way_at_a_time():
    """However many there are."""
    deferred = Deferred()
    everything = spread(last, work(30), lambda: nullcontext(deferred))

    assert dict(everything) == all_of(30)
    assert deferred.most <= PER_WORKER * deferred.workers


def test_closing_cancels_what_has_not_begun():
    """Ctrl-C while results are shown leaves nobody at work."""

    class Slow(Here):
        workers = 3

        def submit(self, call, /, *arguments):
            if self.begun:
                self.begun[arguments] += 1
                self.pending.append(Future())
                return self.pending[-1]
            self.pending = []
            return super().submit(call, *arguments)

    slow = Slow()
    coming = spread(abs, work(30), lambda: nullcontext(slow))

    assert next(coming) == ("piece 0", 0)
    coming.close()
    assert len(slow.pending) == PER_WORKER * 3 - 1
    assert all(future.cancelled() for future in slow.pending)


def test_a_mistake_of_the_program_is_no_loss():
    """It is raised, rather than tried again."""
    here = Here()
    with pytest.raises(ZeroDivisionError):
        list(spread(fail, work(3), lambda: nullcontext(here)))
    assert max(here.begun.values()) == 1
