"""What the service refuses of shadow tests because of what exists (spec inference 7.1, 7.2).

The service model names the errors of each operation; their texts are not published, so these are ours.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial

from engine.requests.arns import namesake, otherwise_written
from engine.requests.experiments import (
    CreateInferenceExperiment,
    DeleteInferenceExperiment,
    StartInferenceExperiment,
    StopInferenceExperiment,
    UpdateInferenceExperiment,
)
from engine.requests.refusal import Refusal, Refusals
from engine.sagemaker.account import Account, ShadowTest
from engine.sagemaker.refusals.shared import busy_endpoint, endpoint_missing, failed_endpoint, limit, model_missing
from engine.sagemaker.shadow_tests.terms import ENDED, LONGEST, MAY_START, MAY_STOP, MAY_UPDATE

OfOne = UpdateInferenceExperiment | StartInferenceExperiment | StopInferenceExperiment | DeleteInferenceExperiment
"""A request about a test that exists."""
CONFLICT, IN_USE, NOT_FOUND = "ConflictException", "ResourceInUse", "ResourceNotFound"


def _endpoint(request: CreateInferenceExperiment, account: Account) -> Refusals:
    return endpoint_missing(request.endpoint_name, account)


def _name_taken(request: CreateInferenceExperiment, account: Account) -> Refusals:
    found = namesake(request.name, account.experiments)
    if found is not None:
        message = f"An inference experiment called {found} exists already."
        remedy = f"{otherwise_written(request.name, found)}Give this one another name."
        yield Refusal(code=IN_USE, message=message, field=("Name",), remedy=remedy)


def _one_at_a_time(request: CreateInferenceExperiment, account: Account) -> Refusals:
    """An endpoint has one shadow variant at most (spec sagemaker 9)."""
    here = (test for test in account.experiments.values() if test.request.endpoint_name == request.endpoint_name)
    other = next((test for test in here if not test.over), None)
    if other is not None:
        message = f"The endpoint is used by the inference experiment {other.request.name}, which is not over."
        yield Refusal(code=IN_USE, message=message, field=("EndpointName",), remedy="Stop that one first.")
    elif account.shadows:
        message = f"The endpoint has the shadow variant {next(iter(account.shadows))} already."
        remedy = "Update it to a configuration without ShadowProductionVariants first."
        yield Refusal(code=IN_USE, message=message, field=("EndpointName",), remedy=remedy)


def _busy(request: CreateInferenceExperiment, account: Account) -> Refusals:
    """The start is an endpoint update, which an endpoint takes one at a time (spec sagemaker 3.2); a test that starts
    later needs an endpoint all the same."""
    if request.schedule.start_time is None or account.life in ("creating", "deleting"):
        yield from busy_endpoint(request.endpoint_name, account)
    yield from failed_endpoint(request.endpoint_name, account)


def _real_time(request: CreateInferenceExperiment, account: Account) -> Refusals:
    """Its InfrastructureType is RealTimeInference: neither a queue nor serverless environments have shadows (spec
    sagemaker 9, inference 7.1)."""
    config = account.configs.get(account.config_name)
    if config is None:
        return
    if config.async_inference_config is not None:
        kind = "asynchronous"
    elif any(each.serverless_config is not None for each in config.production_variants):
        kind = "serverless"
    else:
        return
    message = f"The endpoint {request.endpoint_name} is {kind}, and a shadow test takes a real-time one."
    remedy = "Update it to a configuration with instances and without AsyncInferenceConfig first."
    yield Refusal(message=message, field=("EndpointName",), remedy=remedy)


def _models(request: CreateInferenceExperiment, account: Account) -> Refusals:
    for index, each in enumerate(request.model_variants):
        yield from model_missing(("ModelVariants", index, "ModelName"), each.model_name, account)


def _source(request: CreateInferenceExperiment, account: Account) -> Refusals:
    """Production is what the endpoint runs, one variant alone (spec sagemaker 9)."""
    names, source = tuple(account.desired), request.shadow_mode.source_variant
    field = ("ShadowModeConfig", "SourceModelVariantName")
    if not names:
        return
    if len(names) > 1:
        message = f"The endpoint has {len(names)} production variants, and a shadow test takes one."
        yield Refusal(message=message, field=("EndpointName",), remedy="Update it to a configuration with one.")
    elif source not in names:
        message = f"The endpoint has no production variant {source}."
        yield Refusal(message=message, field=field, given=source, known=names)
    else:
        yield from _model_of_source(request, account)


def _model_of_source(request: CreateInferenceExperiment, account: Account) -> Refusals:
    config, name = account.configs.get(account.config_name), request.source.variant_name
    runs = (
        next((each.model_name for each in config.production_variants if each.variant_name == name), None)
        if config
        else None
    )
    if runs is not None and runs != request.source.model_name:
        index = request.model_variants.index(request.source)
        message = f"The production variant {name} runs the model {runs}, not {request.source.model_name}."
        remedy = "A test leaves it as it is: name that model, and the new one in the shadow variant."
        yield Refusal(message=message, field=("ModelVariants", index, "ModelName"), remedy=remedy)


def _quota(request: CreateInferenceExperiment, account: Account) -> Refusals:
    """The shadow's instances come on top (spec sagemaker 8.1); whether replaced ones count twice is not known."""
    if account.quota is not None:
        shadow = request.shadow
        index = request.model_variants.index(shadow)
        field = ("ModelVariants", index, "InfrastructureConfig", "RealTimeInferenceConfig", "InstanceCount")
        used, more = account.instances, shadow.instance_count
        yield from limit(account.quota, used, more, shadow.instance_type, field, "Use fewer instances.")


def _times(request: CreateInferenceExperiment | UpdateInferenceExperiment, account: Account) -> Refusals:
    """A test ends after it begins, 30 days later at most (spec inference 7.2)."""
    schedule = request.schedule
    if schedule is not None and schedule.end_time is not None:
        yield from _span(schedule.start_time or account.now, schedule.end_time, account.now)


def _span(start: datetime, end: datetime, now: datetime) -> Refusals:
    field = ("Schedule", "EndTime")
    if end <= now:
        message = f"The test would end at {end.isoformat()}, and it is {now.isoformat()} by then."
        yield Refusal(message=message, field=field, remedy="Write a later EndTime.")
    elif end - max(start, now) > LONGEST:
        message = f"A test lasts at most {LONGEST.days} days, this one {(end - max(start, now)).days}."
        yield Refusal(message=message, field=field, remedy="Write an earlier EndTime.")


def missing(request: OfOne, account: Account) -> Refusals:
    """No test of that name."""
    if request.name not in account.experiments:
        yield Refusal(
            code=NOT_FOUND,
            message=f"No inference experiment is called {request.name}.",
            field=("Name",),
            given=request.name,
            known=tuple(account.experiments),
        )


def _state(states: tuple[str, ...], request: OfOne, account: Account) -> Refusals:
    """In other states than these it is a conflict."""
    test = account.experiments.get(request.name)
    if test is not None and test.status not in states:
        message = f"The inference experiment {request.name} is {test.status}. It must be {' or '.join(states)}."
        yield Refusal(code=CONFLICT, message=message, remedy="Send this when it is.")


def _fixed(request: UpdateInferenceExperiment, account: Account) -> Refusals:
    """Models and names stay; once it runs, also its beginning and its instances (spec inference 7.2)."""
    test = account.experiments.get(request.name)
    if test is None:
        return
    before, mode = test.request, request.shadow_mode
    if mode is not None and (mode.source_variant, mode.shadow_variant) != _variants_of(test):
        message = "The variants of a test stay the same; only SamplingPercentage may change."
        yield Refusal(message=message, field=("ShadowModeConfig",), remedy="Stop it and create another one.")
    models = {each.variant_name: each.model_name for each in before.model_variants}
    for index, each in enumerate(request.model_variants):
        if models.get(each.variant_name) != each.model_name:
            message = "The models of a test stay the same."
            remedy = "Stop the test and create another one."
            yield Refusal(message=message, field=("ModelVariants", index), remedy=remedy)
    if test.status == "Running":
        schedule = request.schedule
        if schedule is not None and schedule.start_time is not None:
            message = "The test has begun: only its end may change."
            yield Refusal(code=CONFLICT, message=message, field=("Schedule", "StartTime"), remedy="Leave it out.")
        if request.model_variants:
            message = "While a test runs, its description, its SamplingPercentage and its end may change, and no more."
            yield Refusal(code=CONFLICT, message=message, field=("ModelVariants",), remedy="Leave it out.")


def _variants_of(test: ShadowTest) -> tuple[str, str]:
    return test.request.shadow_mode.source_variant, test.request.shadow_mode.shadow_variant


def _actions(request: StopInferenceExperiment, account: Account) -> Refusals:
    """One variant is left in production: the one that was, or the shadow in its place."""
    test = account.experiments.get(request.name)
    if test is None:
        return
    source, shadow = _variants_of(test)
    at = "ModelVariantActions"
    for name in request.actions:
        if name not in (source, shadow):
            message = f"The test has no variant {name}."
            yield Refusal(message=message, field=(at, name), given=name, known=(source, shadow))
    of_source, of_shadow = request.actions.get(source, "Retain"), request.actions.get(shadow, "Remove")
    if of_source == "Promote":
        message = f"{source} is in production already."
        yield Refusal(message=message, field=(at, source), remedy="Write Retain.")
    elif of_shadow == "Promote" and request.actions.get(source) != "Remove":
        message = f"{shadow} is promoted, and an endpoint with a shadow test has one production variant."
        yield Refusal(message=message, field=(at,), remedy=f"Write {source}: Remove.")
    elif of_source == "Remove" and of_shadow != "Promote":
        message = f"Without {source} nothing would be in production."
        yield Refusal(message=message, field=(at, source), remedy=f"Write {shadow}: Promote, or {source}: Retain.")
    for index, each in enumerate(request.desired_variants):
        if each.variant_name not in (source, shadow):
            message = f"The test has no variant {each.variant_name}."
            field = ("DesiredModelVariants", index, "VariantName")
            yield Refusal(message=message, field=field, given=each.variant_name, known=(source, shadow))


def _never_began(request: StopInferenceExperiment, account: Account) -> Refusals:
    """A shadow that is on no instance cannot be promoted or kept."""
    test = account.experiments.get(request.name)
    if test is not None and test.status == "Created":
        for name, action in request.actions.items():
            if name == test.request.shadow_mode.shadow_variant and action != "Remove":
                message = f"The test has not begun, so {name} is on no instance yet."
                field = ("ModelVariantActions", name)
                yield Refusal(code=CONFLICT, message=message, field=field, remedy="Write Remove.")


OF_CREATION = (_endpoint, _real_time, _name_taken, _one_at_a_time, _busy, _models, _source, _quota, _times)
OF_CHANGE = (missing, partial(_state, MAY_UPDATE), _fixed, _times)
OF_START = (missing, partial(_state, MAY_START))
OF_STOP = (missing, _actions, partial(_state, MAY_STOP), _never_began)
OF_REMOVAL = (missing, partial(_state, ENDED))
