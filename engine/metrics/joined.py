"""Several sources of metrics read as one: what endpoints publish and, beside it, what somebody puts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.metrics.custom import CustomMetrics, Key
from engine.metrics.store import MetricStore
from engine.requests.cloudwatch import Datapoint, Dimensions, MetricStat

FORGOTTEN_S = 6 * 86_400.0
"""AWS lists metrics for two weeks after their last data; here it is as much as one question may be about."""


class JoinedMetrics:
    """The metrics of all endpoints and those that were put; a `MetricSource`."""

    def __init__(self, custom: CustomMetrics) -> None:
        """Endpoints `join`, one at least."""
        self.custom = custom
        self._stores: dict[str, MetricStore] = {}

    def join(self, store: MetricStore) -> None:
        """Know the metrics of one more endpoint."""
        self._stores[store.endpoint_name] = store

    def leave(self, endpoint_name: str) -> None:
        """Forget those of an endpoint that never came to be."""
        del self._stores[endpoint_name]

    def store_of(self, query: MetricStat) -> MetricStore:
        """Return who publishes the metric; for one of no endpoint that is known here any of them says so."""
        name = next((value for key, value in query.dimensions if key == "EndpointName"), "")
        return self._stores.get(name) or next(iter(self._stores.values()))

    def datapoints(self, query: MetricStat, starts: Sequence[float], now: float) -> list[Datapoint | None]:
        """Return each point of an endpoint's metric of that name, and where it has none, what was put."""
        published = self.store_of(query).datapoints(query, starts, now)
        if all(point is not None for point in published):
            return published
        put = self.custom.datapoints(query, starts, now)
        return [own if point is None else point for point, own in zip(published, put, strict=True)]

    def units(self, query: MetricStat, start: float, now: float) -> tuple[str, ...]:
        """Return the units in which the period from `start` on may have data."""
        metric = self.store_of(query).metrics.get(query.metric_name)
        if metric is not None and metric.namespace == query.namespace and query.unit in (None, metric.unit):
            return tuple(dict.fromkeys((metric.unit, *self.custom.units(query, start, now))))
        return self.custom.units(query, start, now)

    def is_of_endpoint(self, query: MetricStat) -> bool:
        """Is it a metric that an endpoint publishes, or may publish?"""
        metric = self.store_of(query).metrics.get(query.metric_name)
        return metric is not None and metric.namespace == query.namespace

    def listed(self, now: float, back_s: float | None = None) -> Iterator[Key]:
        """Yield what ListMetrics knows, of that what has data in the newest seconds if `back_s` says so.

        What is there before the run begins has its metrics listed as soon as they have data, and no longer once they
        have had none for days.
        """
        since = max(0.0, now - (FORGOTTEN_S if back_s is None else back_s)) // 60 * 60
        for store in self._stores.values():
            yield from _listed(store, since, now)
        yield from self.custom.listed(now, back_s)


def _listed(store: MetricStore, since: float, now: float) -> Iterator[Key]:
    for dimensions in _of_endpoint(store):
        for metric in store.metrics.values():
            # Longer than what is visible, so that the store need not remember the answer.
            period = int(now - since) + 120
            query = MetricStat(
                namespace=metric.namespace,
                metric_name=metric.name,
                dimensions=dimensions,
                period=period,
                stat="SampleCount",
            )
            if store.datapoint(query, since, now) is not None:
                yield Key(metric.namespace, metric.name, dimensions)


def _of_endpoint(store: MetricStore) -> Iterator[Dimensions]:
    endpoint = ("EndpointName", store.endpoint_name)
    fleets = [each.fleet for each in store.fleets.values()]
    variants = dict.fromkeys(("VariantName", each.variant.variant_name) for each in fleets)
    configs = dict.fromkeys(
        (("EndpointConfigName", each.config), ("VariantName", each.variant.variant_name)) for each in fleets
    )
    yield (endpoint,)
    yield from ((endpoint, variant) for variant in variants)
    yield from ((config, endpoint, variant) for config, variant in configs)
