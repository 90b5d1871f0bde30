"""What is documented about shadow tests beside their shape (spec sagemaker 9, inference 7.1, 7.2).

AWS's texts for these refusals are not published, so the sentences are ours, except where the service model gives a
bound. The client lets all of it pass.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.aws.calls import Call
from engine.aws.finding import Finding, Path, Wrong
from engine.aws.shapes.partial import as_far_as_known
from engine.aws.shapes.times import read_time
from engine.requests.fields import Raw
from engine.sagemaker.shadow_tests.terms import LONGEST

Said = Iterator[tuple[Path, Wrong]]
UNPUBLISHED = "(The client lets it pass; how AWS words its refusal is not published.)"
OPERATIONS = ("CreateInferenceExperiment", "UpdateInferenceExperiment", "StopInferenceExperiment")


def experiment_refusals(call: Call) -> Iterator[Finding]:
    """Yield what the service refuses in a request about a shadow test."""
    if call.operation in OPERATIONS:
        for rule in RULES:
            yield from (wrong.at(call.at(*inside)) for inside, wrong in as_far_as_known(rule(call)))


def _sampling(call: Call) -> Said:
    """The model has no minimum (spec inference 7.1); 0 would copy nothing."""
    for index, each in enumerate(call.request.get("ShadowModeConfig", {}).get("ShadowModelVariants", ())):
        if each["SamplingPercentage"] < 1:
            place = ("ShadowModeConfig", "ShadowModelVariants", index, "SamplingPercentage")
            yield place, Wrong(f"SamplingPercentage is {each['SamplingPercentage']}.", f"Write 1 to 100. {UNPUBLISHED}")


def _variants(call: Call) -> Said:
    """On what the variants run."""
    for field in ("ModelVariants", "DesiredModelVariants"):
        for index, each in enumerate(call.request.get(field, ())):
            at = (field, index, "InfrastructureConfig", "RealTimeInferenceConfig")
            instances = each["InfrastructureConfig"]["RealTimeInferenceConfig"]
            if instances["InstanceCount"] < 1:
                said = f"Variant {each['VariantName']} needs at least 1 instance."
                yield (*at, "InstanceCount"), Wrong(said, f"Write 1 or more. {UNPUBLISHED}")
            if instances["InstanceType"].startswith("ml.inf1."):
                yield (*at, "InstanceType"), Wrong("Shadow tests do not run on Inf1 instances.", "Use another type.")


def _names(call: Call) -> Said:
    """A test has two variants, and its mode names both."""
    if call.operation != "CreateInferenceExperiment":
        return
    mode, named = call.request["ShadowModeConfig"], [each["VariantName"] for each in call.request["ModelVariants"]]
    for index, name in enumerate(named):
        if name in named[:index]:
            wrong = Wrong(f"Two variants are called {name}.", "Give each its own name.")
            yield ("ModelVariants", index, "VariantName"), wrong
    places: list[tuple[Path, str]] = [(("SourceModelVariantName",), mode["SourceModelVariantName"])]
    for index, each in enumerate(mode["ShadowModelVariants"]):
        at = ("ShadowModelVariants", index, "ShadowModelVariantName")
        places.append((at, each["ShadowModelVariantName"]))
    for place, name in places:
        if name not in named:
            remedy = "It needs one for production and one for the shadow."
            yield ("ShadowModeConfig", *place), Wrong(f"ModelVariants holds no variant {name}.", remedy)
    if len({name for _, name in places}) < len(places):
        wrong = Wrong("A variant cannot be its own shadow.", "Name two variants.")
        yield ("ShadowModeConfig", "ShadowModelVariants"), wrong


def _schedule(call: Call) -> Said:
    """At most 30 days, and forward in time."""
    schedule = call.request.get("Schedule", {})
    found = [read_time(schedule[field]) for field in ("StartTime", "EndTime") if field in schedule]
    times = [each for each in found if each is not None]
    if len(times) == 2:
        lasts = times[1] - times[0]
        if lasts.total_seconds() <= 0:
            wrong = Wrong("The test would end before it begins.", f"Write a later EndTime. {UNPUBLISHED}")
            yield ("Schedule", "EndTime"), wrong
        elif lasts > LONGEST:
            said = f"A test lasts at most {LONGEST.days} days, this one {lasts.days}."
            yield ("Schedule", "EndTime"), Wrong(said, f"Write an earlier EndTime. {UNPUBLISHED}")


def _actions(call: Call) -> Said:
    """What becomes of the variants must leave one in production."""
    actions: Raw = call.request.get("ModelVariantActions", {})
    promoted = [name for name, action in actions.items() if action == "Promote"]
    if len(promoted) > 1:
        wrong = Wrong("Only the shadow can be promoted.", "Remove the production variant.")
        yield ("ModelVariantActions", promoted[1]), wrong


RULES = (_sampling, _variants, _names, _schedule, _actions)
"""To add a rule, write it above and name it here."""
