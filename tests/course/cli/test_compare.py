"""`mlcourse compare`: a table of 80 columns, JSON, a picture, and clear words for bad input."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from course.cli.comparing.table import lines
from engine.comparison.compare import Compared, Row
from engine.comparison.comparison import Comparison
from tests.course.cli.test_json import NUMBER, holds

EXAMPLE = Path(__file__).parents[3] / "docs" / "comparison.yaml"
SMALL = """\
format: 1
workload: {rate: 2}
models: {cpu: {service: {mean_ms: 300}}}
options: [{kind: real-time, model: cpu, instance_type: INSTANCE}, {kind: serverless, model: cpu}]
duration_s: 600
"""
OUTCOME = "outcome: {name: Orders, base_rate: 0.1}"
KNOWN = (*NUMBER, type(None))
OPTION = {
    "option": str,
    "model": str,
    "instance_type": (str, type(None)),
    "count": KNOWN,
    "memory_mb": KNOWN,
    "latency_ms": {"p50": KNOWN, "p90": KNOWN, "p99": KNOWN},
    "failed": KNOWN,
    "throttled": KNOWN,
    "late": KNOWN,
    "utilisation": KNOWN,
    "cost": {"total": KNOWN, "per_thousand_answers": KNOWN},
    "ruled_out": list,
}


@pytest.fixture
def small(tmp_path):
    """Write a small comparison on a type of instance; return its path."""

    def write(instance="ml.m5.large", more=""):
        path = tmp_path / "workload.yaml"
        path.write_text(SMALL.replace("INSTANCE", instance) + more)
        return str(path)

    return write


def test_the_example_of_the_documentation(mlcourse):
    """All four ways to serve, CPU and GPU; serverless has no GPU, and every line fits 80 columns."""
    result = mlcourse("compare", str(EXAMPLE))
    lines = result.out.splitlines()

    assert (result.code, result.err) == (0, "")
    assert max(map(len, lines)) <= 80
    assert [line.split()[0] for line in lines[3:-4] if line[0] != " "] == [
        *["real-time"] * 3,
        *["serverless"] * 2,
        "async",
        *["batch"] * 2,
    ]
    assert "    no: GPU: the model needs one, and serverless environments have none" in lines
    assert "The cheapest that will do is batch on 1 ml.g4dn.xlarge with the model gpu." in " ".join(lines)


def test_the_keys_of_the_example_are_all_there_are(mlcourse):
    """formats.md says so of it."""
    named = set(re.findall(r"^(\w+):", EXAMPLE.read_text(), re.M))
    said = set(re.findall(r"\b(instance_types|timing)\b", EXAMPLE.read_text()))
    assert named | said == {"format", *(each.name for each in fields(Comparison))}


def test_json(mlcourse, small):
    """For ever: each option with its figures, and which is the cheapest that will do."""
    found = mlcourse("compare", small(), "--json").json

    assert holds(found, {"seed": int, "requests": int, "duration_s": NUMBER, "options": [OPTION], "cheapest": int})
    assert all(holds(option, OPTION) for option in found["options"])
    assert found["options"][0]["cost"]["total"] == pytest.approx(0.115 / 6)
    assert found["options"][found["cheapest"]]["option"] == "serverless"


def test_another_seed_is_another_day(mlcourse, small):
    """And the same one the same day."""
    outs = [mlcourse("compare", small(), "--seed", seed).out for seed in ("1", "2", "1")]

    assert outs[0] == outs[2] != outs[1]


def test_an_unknown_price_is_not_zero(mlcourse, small):
    """The table says unknown, JSON null, and stderr what to do."""
    table = mlcourse("compare", small("ml.inf1.xlarge"))
    found = mlcourse("compare", small("ml.inf1.xlarge"), "--json").json

    assert [line.split()[-2:] for line in table.out.splitlines() if "inf1" in line] == [["unknown"] * 2]
    assert "4:56: what ml.inf1.xlarge costs is not known" in table.err
    assert "of others the price is not known" in " ".join(table.out.split())
    assert found["options"][0]["cost"] == {"total": None, "per_thousand_answers": None}


def test_where_nothing_will_do_it_ends_with_one(mlcourse, small):
    """As other commands that find something wanting."""
    result = mlcourse("compare", small(more="slo: {latency_ms: 1}\n"))

    assert result.code == 1
    assert result.out.splitlines()[-1] == "None of these options will do."


LONG = "ml.a-very-long-family-indeed-no.metal-with-many-letters-in-it"


def test_long_names_stay_within_eighty_columns(mlcourse, small):
    """Of types, and of models in the verdict."""
    prices = f"prices_per_hour: {{{LONG}: 99999}}\n"
    out = mlcourse("compare", small(LONG, prices)).out

    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize("usd", [0.0, 1e-9, 2e-5, 0.99999, 9.9999, 99.9999, 9999.4, 123_456.0, 7e8])
@pytest.mark.parametrize("ms", [0.01, 0.9999, 9.996, 99.96, 999.6, 59_999.0, 599_999.0, 35_999_000.0, 9e7])
def test_every_figure_has_room(usd, ms):
    """From what costs almost nothing to what nobody could pay, from microseconds to days."""
    row = Row(
        option="asynchronous",
        model="m",
        instance_type="ml.g4dn.12xlarge",
        count=24,
        memory_mb=None,
        latency_ms=(ms, ms, ms),
        failed=0.9999,
        late=0.0001,
        cost_usd=usd,
        usd_per_thousand=usd,
    )
    line = list(lines(Compared(seed=1, requests=2, duration_s=60.0, rows=(row,))))[3]

    assert len(line) == 80
    assert len(line.split()) == 10


@pytest.mark.parametrize(("ending", "begins"), [(".png", b"\x89PNG"), (".svg", b"<?xml")])
def test_a_picture(mlcourse, small, tmp_path, ending, begins):
    """Drawn beside what is printed."""
    path = tmp_path / f"picture{ending}"
    result = mlcourse("compare", small(), "--plot", str(path))

    assert (result.code, path.read_bytes()[: len(begins)]) == (0, begins)
    assert result.err == f"Picture: {path}\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nosuch.yaml",), "nosuch.yaml:1:1: there is no such file"),
        (("FILE", "--plot", "picture.gif"), "picture.gif: a picture ends in .png, .pdf, .svg"),
        (("FILE", "--plot", "nosuch/picture.png"), "nosuch/picture.png cannot be written: No such file"),
        (("FILE", "--seed", "-1"), "must be a whole number from 0"),
        ((), "the following arguments are required: WORKLOAD.yaml"),
    ],
)
def test_bad_input(mlcourse, small, arguments, words):
    """A sentence on stderr, and exit code 2."""
    result = mlcourse("compare", *(small() if each == "FILE" else each for each in arguments))

    assert result.code == 2
    assert words in result.err


@pytest.mark.parametrize(
    ("kind", "by_model"),
    [("real-time", False), ("asynchronous", False), ("asynchronous", True), ("real-time", True)],
)
def test_outcomes_are_not_compared(mlcourse, tmp_path, kind, by_model):
    """What a world may count of a workload or a model and a comparison does not is said where it stands, whatever
    option is asked about."""
    text = SMALL[: SMALL.index("options")] + f"options: [{{kind: {kind}, model: cpu, instance_type: ml.m5.large}}]\n"
    old, new = ("mean_ms: 300}", "mean_ms: 300}, converts: 0.1") if by_model else ("rate: 2", f"rate: 2, {OUTCOME}")
    path = tmp_path / "workload.yaml"
    path.write_text(text.replace(old, new))
    result = mlcourse("compare", str(path))

    assert result.code == 2
    assert "`converts` must be left out" in result.err if by_model else "has an outcome" in result.err
