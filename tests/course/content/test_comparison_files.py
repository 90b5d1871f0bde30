"""Comparisons: every mistake at its place, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.content.files.comparison import load_comparison_file
from course.content.yaml.errors import ContentError
from engine.catalogue.hardware import Hardware
from engine.comparison.comparison import Candidate, Wanted
from engine.comparison.options import Batch, RealTime, Serverless

TEXT = """\
format: 1
workload: {rate: 2, payload: {median_kb: 20}}
models:
  cpu: {service: {mean_ms: 300}, workers: 2, memory_mb: 1500}
  gpu: {service: {curve: bert-base-128-t4-fp16}, workers: 8}
options:
  - {kind: real-time, model: cpu, instance_type: ml.c5.large, count: 2}
  - {kind: serverless, model: gpu, memory_mb: 2048}
  - {kind: batch, model: gpu, instance_type: ml.g4dn.xlarge}
slo: {latency_ms: 500, share: 0.95}
duration_s: 600
instance_types: {ml.c5.large: {vcpus: 3}}
prices_per_hour: {ml.c5.large: 0.2}
"""


def read(tmp_path, text):
    """The comparison of a text, and what is remarked."""
    path, remarks = tmp_path / "c.yaml", []
    path.write_text(text)
    comparison = load_comparison_file(path, remarks.append)
    return comparison, [str(each).removeprefix(f"{path}:") for each in remarks]


def said(tmp_path, text):
    """What is wrong with a comparison."""
    with pytest.raises(ContentError) as caught:
        read(tmp_path, text)
    return [str(problem).removeprefix(f"{tmp_path / 'c.yaml'}:") for problem in caught.value.problems]


def test_a_comparison_is_read(tmp_path: Path):
    """Workload, models, options and what is asked of them."""
    found, remarks = read(tmp_path, TEXT)

    assert found.options == (
        RealTime(model="cpu", instance_type="ml.c5.large", count=2),
        Serverless(model="gpu", memory_mb=2048),
        Batch(model="gpu", instance_type="ml.g4dn.xlarge"),
    )
    assert isinstance(found.models["cpu"], Candidate)
    assert (found.models["cpu"].memory_mb, found.workload.payload.median_kb) == (1500, 20)
    assert found.slo == Wanted(latency_ms=500, share=0.95)
    assert found.hardware("ml.c5.large") == Hardware(vcpus=3, gpus=0, memory_gib=4)
    assert remarks == []


def test_an_unknown_price_is_told(tmp_path: Path):
    """At the type (spec inference 6.1)."""
    _, remarks = read(tmp_path, TEXT.replace("ml.c5.large, count", "ml.x9.huge, count"))

    assert remarks == [
        "7:50: what ml.x9.huge costs is not known, so neither is what this costs; give it under prices_per_hour"
    ]


WRONG = [
    pytest.param("format: 1\n", "", "1:1: `format` is missing; add it here, it must be 1", id="no format"),
    pytest.param("format: 1", "format: 2", "1:9: `format` is the number 2; it must be 1", id="format"),
    pytest.param(
        "model: cpu", "model: cpus", "`model` names 'cpus', which does not exist; did you mean cpu?", id="name"
    ),
    pytest.param("kind: batch", "kind: bach", "9:12: `kind` is the text 'bach'; did you mean batch?", id="kind"),
    pytest.param("memory_mb: 2048", "memory_mb: 1536", "8:47: `memory_mb` must be one of 1024, 2048,", id="memory"),
    pytest.param(
        "memory_mb: 2048",
        "max_concurrency: 201",
        "8:53: `max_concurrency` must be at least 1 and at most 200",
        id="most",
    ),
    pytest.param("count: 2", "count: 0", "7:70: `count` must be at least 1 and at most 1000, got 0", id="count"),
    pytest.param("ml.c5.large, count", "large, count", "7:50: `instance_type` must be a type such as", id="type"),
    pytest.param(
        "duration_s: 600", "duration_s: 90", "11:13: `duration_s` must be whole minutes, got 90", id="minutes"
    ),
    pytest.param("share: 0.95", "share: 95", "10:31: `share` must be above 0 and at most 1, got 95", id="share"),
    pytest.param("rate: 2", "rate: 9999", "2:11: `workload` brings about 5,999,400 requests, and at most", id="many"),
    pytest.param(
        "rate: 2", "rate: 2, target_variants: {main: 1}", "2:11: `workload` names target_variants; every", id="target"
    ),
    pytest.param("workers: 2", "start: bad-image", "4:41: `start` must be left out", id="start"),
    pytest.param(
        "workers: 2", "faults: [{kind: errors, rate: 1}]", "4:42: `faults` must be left out: models are", id="faults"
    ),
    pytest.param("workers: 8", "workers: 9", "5:59: `workers` must be what 'bert-base-128-t4-fp16' was", id="workers"),
    pytest.param(
        "ml.g4dn.xlarge",
        "ml.g5.xlarge",
        "9:46: the curve 'bert-base-128-t4-fp16' was measured on ml.g4dn.xlarge, and the model runs on 'ml.g5.xlarge'",
        id="curve",
    ),
    pytest.param(
        "mean_ms: 300",
        "curve: gpt-oss-20b-g5x",
        "4:26: `curve` names 'gpt-oss-20b-g5x', which nobody measured; known: resnet-50-t4-mixed",
        id="no curve",
    ),
    pytest.param("slo:", "sla:", "10:1: unknown key 'sla'; did you mean slo?", id="key"),
]


@pytest.mark.parametrize(("old", "new", "complaint"), WRONG)
def test_mistakes_have_their_places(tmp_path: Path, old: str, new: str, complaint: str):
    """And say what would be right."""
    assert TEXT.count(old) == 1
    [found] = said(tmp_path, TEXT.replace(old, new))
    assert complaint in found


def test_all_mistakes_come_at_once(tmp_path: Path):
    """Names, curves and numbers."""
    text = TEXT.replace("model: cpu", "model: cpus").replace("ml.g4dn.xlarge", "ml.g5.xlarge")
    text = text.replace("rate: 2", "rate: -2").replace("count: 2", "count: 2.5").replace("memory_mb: 2048", "memory: 1")

    assert [each.split(":")[0] for each in said(tmp_path, text)] == ["2", "7", "7", "8", "9"]


def test_a_curve_of_processors_is_not_serverless(tmp_path: Path):
    """Nobody measured it there; that there is no GPU is no mistake but what the comparison says."""
    text = TEXT.replace("curve: bert-base-128-t4-fp16}, workers: 8", "curve: distilbert-c6i-plain, sequence: 64}")
    found = said(tmp_path, text.replace("ml.g4dn.xlarge", "ml.c6i.xlarge"))

    assert len(found) == 1
    assert found[0].startswith(
        "8:31: the curve 'distilbert-c6i-plain' was measured on ml.c6i.xlarge, and the model runs"
    )


@pytest.mark.parametrize(
    "text",
    ["", "[]", "format: 1", "7", "format: 1\noptions: [[]]\nmodels: 3\nworkload: x", TEXT.replace("cpu:", "[1]:")],
    ids=["empty", "list", "format alone", "number", "shapes", "odd key"],
)
def test_hostile_files_are_refused(tmp_path: Path, text: str):
    """With complaints, and without a crash."""
    assert said(tmp_path, text)


def test_a_hostile_file_has_many_options(tmp_path: Path):
    """More than anybody reads."""
    option = "  - {kind: serverless, model: cpu}\n"
    [found] = said(tmp_path, TEXT.replace("slo:", f"{option * 400}slo:"))

    assert "`options` must be 1 to 40, got 403" in found
