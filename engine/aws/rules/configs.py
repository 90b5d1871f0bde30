"""What AWS documents about an endpoint configuration beside its shape.

Spec sagemaker 7, 8, 9. Each rule takes one variant and yields a field and a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.aws.calls import Call
from engine.aws.finding import Finding, Wrong
from engine.aws.shapes.partial import as_far_as_known
from engine.requests.fields import Raw
from engine.requests.sagemaker import MEMORY_MB

Said = Iterator[tuple[str | None, Wrong]]
"""A field, or None for the whole variant, and what is wrong with it."""
NOT_SERVERLESS = (
    "AsyncInferenceConfig",
    "DataCaptureConfig",
    "EnableNetworkIsolation",
    "ShadowProductionVariants",
    "VpcConfig",
)
KINDS = ("ProductionVariants", "ShadowProductionVariants")
"""Under which names variants stand in a configuration."""
PUBLISH_S = (10, 30, 60, 120, 180, 240, 300)
"""MetricPublishFrequencyInSeconds (spec sagemaker 6.1)."""


def config_refusals(call: Call) -> Iterator[Finding]:
    """Yield what the service refuses in a CreateEndpointConfig."""
    if call.operation == "CreateEndpointConfig":
        yield from _config(call)


def _config(call: Call) -> Iterator[Finding]:
    for kind in KINDS:
        for index, variant in enumerate(call.request.get(kind, ())):
            for rule in VARIANT_RULES:
                for field, wrong in as_far_as_known(rule(variant)):
                    yield wrong.at(call.at(kind, index, *([field] if field else [])))
    for whole in (_names, _shadows, _frequency, _beside_serverless):
        yield from as_far_as_known(whole(call))


def _frequency(call: Call) -> Iterator[Finding]:
    frequency = call.request.get("MetricsConfig", {}).get("MetricPublishFrequencyInSeconds", 60)
    if frequency not in PUBLISH_S:
        place = call.at("MetricsConfig", "MetricPublishFrequencyInSeconds")
        yield Wrong(f"{frequency} is not possible.", f"Write one of {_list(PUBLISH_S)}.").at(place)


def _names(call: Call) -> Iterator[Finding]:
    """A shadow's name stands beside the others in metrics and requests, so it must be its own too."""
    seen = set()
    for kind in KINDS:
        for index, variant in enumerate(call.request.get(kind, ())):
            name = variant["VariantName"]
            if name in seen:
                place = call.at(kind, index, "VariantName")
                yield Wrong(f"Two variants are called {name}.", "Give each its own name.").at(place)
            seen.add(name)


def _shadows(call: Call) -> Iterator[Finding]:
    shadows = len(call.request.get("ShadowProductionVariants", ()))
    if shadows and (shadows > 1 or len(call.request["ProductionVariants"]) > 1):
        wrong = Wrong("With a shadow variant there may be one production variant and one shadow.", "Keep one of each.")
        yield wrong.at(call.at("ShadowProductionVariants"))
    for kind in KINDS if shadows else ():
        for index, variant in enumerate(call.request.get(kind, ())):
            for field, wrong in as_far_as_known(_no_shadow(variant)):
                yield wrong.at(call.at(kind, index, str(field)))
    if shadows and "AsyncInferenceConfig" in call.request:
        wrong = Wrong("An asynchronous endpoint has no shadow variants.", "Leave out one of the two.")
        yield wrong.at(call.at("AsyncInferenceConfig"))


def _no_shadow(variant: Raw) -> Said:
    """What cannot be a shadow variant, or have one (spec sagemaker 9)."""
    if "ServerlessConfig" in variant:
        yield "ServerlessConfig", Wrong("Serverless variants neither are nor have shadows.", "Use instances.")
    if variant.get("InstanceType", "").startswith("ml.inf1."):
        said = "Variants on Inf1 instances neither are nor have shadows."
        yield "InstanceType", Wrong(said, "Use another type.")


def _beside_serverless(call: Call) -> Iterator[Finding]:
    """What serverless endpoints do not have (spec sagemaker 8, 9)."""
    if any("ServerlessConfig" in variant for variant in call.request["ProductionVariants"]):
        for field in NOT_SERVERLESS:
            if call.request.get(field):
                wrong = Wrong(f"A serverless endpoint has no {field}.", "Leave it out, or give the variant instances.")
                yield wrong.at(call.at(field))


def _instances(variant: Raw) -> Said:
    if "ServerlessConfig" in variant:
        for field in ("InstanceType", "InitialInstanceCount"):
            if field in variant:
                remedy = f"Leave out {field}, or ServerlessConfig."
                yield field, Wrong("A serverless variant has no instances.", remedy)
        return
    for field, example in (("InstanceType", "ml.m5.large"), ("InitialInstanceCount", 2)):
        if field not in variant:
            said = f"This variant needs {field}, although the client passes it."
            remedy = f"Add it, for example {example}."
            yield None, Wrong(said, remedy, answer=f"Variant {variant['VariantName']} needs {field}.")


def _serverless(variant: Raw) -> Said:
    config = variant.get("ServerlessConfig")
    if config is None:
        return
    if config["MemorySizeInMB"] not in MEMORY_MB:
        said = f"MemorySizeInMB {config['MemorySizeInMB']} is not possible."
        yield "ServerlessConfig", Wrong(said, f"Write one of {_list(MEMORY_MB)}.")
    if config.get("ProvisionedConcurrency", 0) > config["MaxConcurrency"]:
        said = "ProvisionedConcurrency must not be above MaxConcurrency."
        yield "ServerlessConfig", Wrong(said, "Lower it, or raise MaxConcurrency.")


def _scaling(variant: Raw) -> Said:
    if "ManagedInstanceScaling" in variant:
        said = "ManagedInstanceScaling is only supported for inference component endpoints."
        yield "ManagedInstanceScaling", Wrong(said, "Leave it out.")


def _list(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))


VARIANT_RULES = (_instances, _serverless, _scaling)
"""To add a rule about one variant, write it above and name it here."""
