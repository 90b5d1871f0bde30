"""Does what was sent give the same run once more, although no plan holds all of it?

A client may delete an alarm, mute it or feed it with metrics of its own. Where that has moved the endpoint, a grade of
what is left would be that of another run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.aws.gateway.account import Account
    from engine.recorder import Recorder
    from engine.run import Run


def beyond_plans(account: Account) -> tuple[str, ...]:
    """Return the operations that were carried out and that no plan holds, in the order in which they came."""
    from engine.aws.translation.reading import READERS

    accepted = (each.operation for each in account.sent if not each.refused)
    called = ["InvokeEndpoint"] if account.counted else []
    return tuple(dict.fromkeys([*(each for each in accepted if each not in READERS), *called]))


def lost_in(account: Account, run: Run) -> tuple[str, ...]:
    """Return those operations if the run that was talked to went otherwise than `run`, which its plan gives.

    What counts is what callers meet and what is paid: the shares of traffic, and the instances.
    """
    beyond = beyond_plans(account)
    until_s, recorder = min(account.live.now, run.ended_s), account.live.recorder
    if not beyond or _course(recorder, until_s) == _course(run, until_s):
        return ()
    return beyond


def _course(of: Recorder | Run, until_s: float) -> list[object]:
    return [each for each in (*of.traffic, *of.instances) if each.t < until_s]
