"""The one list of what the service refuses because of what exists, asked by the control plane and by checks.

To add a refusal, write it in the module of its kind and name it in the tuple of its request there; a new request is a
row here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from engine.errors import RefusedRequest
from engine.requests.autoscaling import (
    DeleteScalingPolicy,
    DeleteScheduledAction,
    DeregisterScalableTarget,
    PutScalingPolicy,
    PutScheduledAction,
    RegisterScalableTarget,
)
from engine.requests.batch import CreateTransformJob, StopTransformJob
from engine.requests.experiments import (
    CreateInferenceExperiment,
    DeleteInferenceExperiment,
    StartInferenceExperiment,
    StopInferenceExperiment,
    UpdateInferenceExperiment,
)
from engine.requests.refusal import Refusals
from engine.requests.sagemaker import (
    CreateEndpoint,
    DeleteEndpoint,
    DeleteEndpointConfig,
    EndpointConfig,
    UpdateEndpoint,
    UpdateEndpointWeightsAndCapacities,
)
from engine.sagemaker.account import Account
from engine.sagemaker.refusals import endpoints, experiments, scaling
from engine.sagemaker.refusals.configs import OF_CONFIGS, OF_DELETIONS
from engine.sagemaker.refusals.transforms import OF_STOPS, OF_TRANSFORMS
from engine.sagemaker.refusals.updates import OF_UPDATES
from engine.sagemaker.refusals.weights import OF_WEIGHTS

RULES: Mapping[type, tuple[Callable[[Any, Account], Refusals], ...]] = {
    UpdateEndpoint: OF_UPDATES,
    UpdateEndpointWeightsAndCapacities: OF_WEIGHTS,
    EndpointConfig: OF_CONFIGS,
    DeleteEndpointConfig: OF_DELETIONS,
    CreateEndpoint: endpoints.OF_CREATIONS,
    DeleteEndpoint: endpoints.OF_DELETIONS,
    RegisterScalableTarget: scaling.OF_REGISTRATIONS,
    DeregisterScalableTarget: scaling.OF_DEREGISTRATIONS,
    PutScalingPolicy: scaling.OF_POLICIES,
    DeleteScalingPolicy: scaling.OF_POLICY_DELETIONS,
    PutScheduledAction: scaling.OF_ACTIONS,
    DeleteScheduledAction: scaling.OF_ACTION_DELETIONS,
    CreateInferenceExperiment: experiments.OF_CREATION,
    UpdateInferenceExperiment: experiments.OF_CHANGE,
    StartInferenceExperiment: experiments.OF_START,
    StopInferenceExperiment: experiments.OF_STOP,
    DeleteInferenceExperiment: experiments.OF_REMOVAL,
    CreateTransformJob: OF_TRANSFORMS,
    StopTransformJob: OF_STOPS,
}
"""What may refuse a request, each as a function of the request and of the account that it meets."""


def rules_for(request: object) -> Iterator[Callable[[Account], Refusals]]:
    """Yield what may refuse a request, each as a function of the account that it meets."""
    return (partial(rule, request) for rule in RULES.get(type(request), ()))


def insist(request: object, account: Account) -> None:
    """Raise RefusedRequest with the first reason against a request, if there is one."""
    first = next((each for rule in rules_for(request) for each in rule(account)), None)
    if first is not None:
        raise RefusedRequest(first.code, first.message)
