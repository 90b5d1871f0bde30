"""What CloudWatch refuses about the alarms that there are, in its own words where somebody printed them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from engine.cloudwatch.composite.rule import missing_children, problems
from engine.errors import RefusedRequest
from engine.requests.cloudwatch import CompositeAlarm

WRONG = "ValidationError"
ONE_COMPOSITE = "You cannot delete more than one composite alarm in one request."
"""Our wording."""


def insist_on_kind(name: str, others: Collection[str]) -> None:
    """Refuse to put an alarm under a name that an alarm of the other kind has: it is unique in a Region (service
    model). The sentence is ours.
    """
    if name in others:
        said = f"There is an alarm {name} of another type."
        raise RefusedRequest(WRONG, said, say=f"{said} Delete it first, or choose another name.")


def insist_on_name(name: str, known: Collection[str]) -> None:
    """Refuse to set the state of an alarm that does not exist; AWS has no words for it, as LocalStack recorded."""
    if name not in known:
        say = f"There is no alarm {name!r}; known: {sorted(known)}."
        raise RefusedRequest("ResourceNotFound", "", status=404, say=say)


def insist_on_rule(alarm: CompositeAlarm, known: Collection[str]) -> None:
    """Refuse a composite alarm whose rule cannot be read, or that asks about what is not `known`.

    What is said of missing alarms was printed by CloudFormation (awsdocs/aws-cloudformation-user-guide#911).
    """
    found = problems(alarm, known)
    if not found:
        return
    missing = missing_children(alarm, known)
    listed = f"Could not save the composite alarm as alarms [{', '.join(missing)}] in the alarm rule do not exist"
    raise RefusedRequest(WRONG, listed if missing else found[0], say=found[0])


def insist_on_deletable(composites: Sequence[str], asked_about: Sequence[str]) -> None:
    """Refuse to delete several composite alarms at once, and alarms that a composite asks about.

    What is said of the latter was printed by users (cloud-custodian/cloud-custodian#7763, ekristen/aws-nuke#462).
    """
    if len(composites) > 1:
        raise RefusedRequest(WRONG, ONE_COMPOSITE)
    if asked_about:
        them = "it" if len(asked_about) == 1 else "them"
        say = f"Cannot delete {','.join(asked_about)} as there are composite alarm(s) depending on {them}."
        raise RefusedRequest(WRONG, say)
