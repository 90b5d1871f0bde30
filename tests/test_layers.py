"""The layers, as the program's imports show them: in a fresh interpreter, and as import-linter's contracts."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules

import pytest

FOREIGN = {"textual", "rich", "yaml", "sqlite3", "matplotlib", "botocore", "PIL"}
PACKAGES = ("course", "engine", "labs", "lessons", "quiz")
ROOT = Path(__file__).parent.parent


def loaded_after(statement):
    """Return the top-level modules in sys.modules after a statement in a fresh interpreter."""
    code = f"{statement}\nimport json, sys\nprint(json.dumps(sorted({{name.split('.')[0] for name in sys.modules}})))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return set(json.loads(found.stdout))


@pytest.mark.parametrize(
    "module",
    [
        "engine",
        "engine.simulate",
        "engine.aws.checking",
        "labs",
        "labs.lab",
        "labs.film.film",
        "labs.grading.grade_plan",
        "labs.report.write",
        "quiz",
        "quiz.grading",
    ],
)
def test_the_core_needs_no_terminal_no_files_and_no_figure(module):
    """Importing the simulated cloud, the labs or the quiz brings none of the heavy or foreign packages along."""
    assert not loaded_after(f"import {module}") & FOREIGN


@pytest.mark.parametrize("module", ["quiz.grading", "course.cli", "labs.film.film"])
def test_what_needs_no_numbers_brings_none(module):
    """A question is graded, the command line answers, and a lab's screen opens without numpy: all are there at once."""
    assert not loaded_after(f"import {module}") & {"numpy", "simpy", *FOREIGN}


def test_a_whole_run_needs_no_botocore():
    """Only engine.aws imports botocore, and only when a request is judged: a run of values does not."""
    run = "simulate(world(), guarded(canary), 1)"
    imports = "from tests.engine.rollouts import *\nfrom engine.simulate import simulate"

    assert not loaded_after(f"{imports}\n{run}") & FOREIGN


def test_contracts():
    """import-linter finds every contract of pyproject.toml kept."""
    linter = Path(sys.executable).with_name("lint-imports")
    found = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)

    assert found.returncode == 0, found.stdout
    assert " 0 broken" in found.stdout


def test_every_part_of_the_engine_has_a_layer():
    """No module or package of the engine stands outside the layers, and only engine.aws may import botocore."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    [layers] = [contract["layers"] for contract in contracts if contract.get("containers") == ["engine"]]
    [barred] = [
        contract["source_modules"] for contract in contracts if contract.get("forbidden_modules") == ["botocore"]
    ]
    parts = {module.name for module in iter_modules(find_spec("engine").submodule_search_locations)}

    assert sorted(part for layer in layers for part in layer.split(" | ")) == sorted(parts)
    assert {f"engine.{part}" for part in parts - {"aws"}} <= set(barred)


def test_all_packages_come_from_one_place():
    """The five packages lie side by side; none is somebody else's package of the same name."""
    parents = {Path(next(iter(find_spec(name).submodule_search_locations))).parent for name in PACKAGES}

    assert len(parents) == 1
