"""Labels of GetMetricData: the metric's name, and what tells queries of one metric apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from engine.requests.arns import ACCOUNT, REGION
from engine.requests.cloudwatch import MetricDataQuery, MetricStat
from engine.requests.fields import Raw

_PROPERTY = re.compile(r"\$\{PROP\('([^']*)'\)\}")


def labels(queries: Sequence[MetricDataQuery], raw: Sequence[Raw]) -> Iterator[str]:
    """Yield the label of each query; of what a label can compute, `${PROP('...')}` is known here."""
    stats = [query.metric_stat for query in queries]
    for query, sent in zip(queries, raw, strict=True):
        stat, given = query.metric_stat, sent.get("Label")
        if given is not None:
            yield given if stat is None else _PROPERTY.sub(partial(_property, stat), given)
        else:
            yield query.id if stat is None else _own(stat, stats)


def _own(stat: MetricStat, all_of_them: Sequence[MetricStat | None]) -> str:
    """Return the name of a metric, with its statistic and period where queries of it differ in them."""
    same = [
        each
        for each in all_of_them
        if each is not None
        and (each.namespace, each.metric_name, each.dimensions) == (stat.namespace, stat.metric_name, stat.dimensions)
    ]
    words = [stat.metric_name]
    if len({each.stat for each in same}) > 1:
        words.append(stat.stat)
    if len({each.period for each in same}) > 1:
        words.append(str(stat.period))
    return " ".join(words)


def _property(stat: MetricStat, found: re.Match[str]) -> str:
    known = {
        "AccountId": ACCOUNT,
        "MetricName": stat.metric_name,
        "Namespace": stat.namespace,
        "Period": str(stat.period),
        "Region": REGION,
        "Stat": stat.stat,
        **{f"Dim.{name}": value for name, value in stat.dimensions},
    }
    return known.get(found[1], found[0])
