"""What AWS accepts although it cannot work as meant: all advice in one tuple, each one a small function."""

from __future__ import annotations

from collections.abc import Iterator

from engine.aws.advice.alarms.dimensions import DIMENSION_ADVICE, wrong_endpoint
from engine.aws.advice.alarms.evidence import EVIDENCE_ADVICE
from engine.aws.advice.alarms.thresholds import ALARM_ADVICE
from engine.aws.advice.bakes import BAKE_ADVICE
from engine.aws.advice.callers import CALLER_ADVICE
from engine.aws.advice.capacity import CAPACITY_ADVICE
from engine.aws.advice.deleted import DELETION_ADVICE, deletes_nothing
from engine.aws.advice.kinds import KIND_ADVICE
from engine.aws.advice.left_out import LEFT_OUT
from engine.aws.advice.scaling import SCALING_ADVICE
from engine.aws.advice.serverless import SERVERLESS_ADVICE
from engine.aws.advice.shadows import SHADOW_ADVICE
from engine.aws.advice.today.ask import TODAY_ADVICE
from engine.aws.advice.transforms import TRANSFORM_ADVICE
from engine.aws.advice.unused import UNUSED_ADVICE
from engine.aws.advice.updates import (
    UPDATE_ADVICE,
    deleted_in_use,
    guarded_elsewhere,
    no_update,
    put_twice,
    unused_alarm,
)
from engine.aws.finding import Finding
from engine.aws.rules.endpoints import about, asked_about
from engine.aws.rules.outlook import Outlook

ADVICE = (
    *UPDATE_ADVICE,
    *UNUSED_ADVICE,
    *BAKE_ADVICE,
    *ALARM_ADVICE,
    *DIMENSION_ADVICE,
    *EVIDENCE_ADVICE,
    *SCALING_ADVICE,
    *CAPACITY_ADVICE,
    *TODAY_ADVICE,
    *SERVERLESS_ADVICE,
    *SHADOW_ADVICE,
    *TRANSFORM_ADVICE,
    *KIND_ADVICE,
    *CALLER_ADVICE,
    *DELETION_ADVICE,
)
"""To add advice, write a function from a outlook to places and sentences, and name it in its tuple."""


OF_THE_WHOLE = (
    deletes_nothing,
    *CALLER_ADVICE,
    no_update,
    unused_alarm,
    put_twice,
    wrong_endpoint,
    deleted_in_use,
    guarded_elsewhere,
)
"""Advice that asks about all endpoints at once; any other is about one of them."""


def advise(outlook: Outlook) -> Iterator[Finding]:
    """Yield what is left out of a run, and all advice on a plan that AWS would accept."""
    for missing in LEFT_OUT:
        yield from (Finding(path, "not-simulated", say, left_out=True) for path, say in missing(outlook))
    of_one = [about(outlook, name) for name in asked_about(outlook)] or [outlook]
    for advice in ADVICE:
        asked = [outlook] if advice in OF_THE_WHOLE else of_one
        said = dict.fromkeys((path, say) for each in asked for path, say in advice(each))
        yield from (Finding(path, "advice", say) for path, say in said)
