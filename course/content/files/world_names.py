"""The names inside a world: configurations, models and variants that others refer to."""

from __future__ import annotations

from course.content.schema.mentions import complain_of_unknown, keys, names, texts
from course.content.yaml.document import Complaints, Trail
from course.content.yaml.wording import nearest

_BY_VARIANT = (("endpoint", "InstanceCounts"), ("endpoint", "Weights"), ("workload", "target_variants"))
"""Mappings of a world whose keys are variants of its endpoint."""


def complain_of_names(complaints: Complaints, world: Trail) -> None:
    """Complain about each name in a world that leads nowhere."""
    data, configs = complaints.document.data, (*world, "configs")
    known = names(data, configs, "EndpointConfigName")
    complain_of_unknown(complaints, (*world, "endpoint", "EndpointConfigName"), known)
    models = keys(data, (*world, "models"))
    complain_of_unknown(complaints, (*configs, ..., "ProductionVariants", ..., "ModelName"), models)
    variants = _variants_in_service(data, world)
    if variants is not None:
        for place in _BY_VARIANT:
            _complain_of_variants(complaints, (*world, *place), variants)


def _variants_in_service(data: object, world: Trail) -> tuple[str, ...] | None:
    """Return the variants of the endpoint's configuration; None if they cannot be known."""
    in_service = [name for _, name in texts(data, (*world, "endpoint", "EndpointConfigName"))]
    for trail, name in texts(data, (*world, "configs", ..., "EndpointConfigName")):
        if name in in_service:
            return names(data, (*trail[:-1], "ProductionVariants"), "VariantName")
    return None


def _complain_of_variants(complaints: Complaints, mapping: Trail, variants: tuple[str, ...]) -> None:
    for name in keys(complaints.document.data, mapping) or ():
        if name not in variants:
            complaints.at_key((*mapping, name), f"no variant is called {name}; {nearest(name, variants)}")
