"""A repository for GitHub Classroom: start plans, and a workflow that grades them as `mlcourse lab grade` does.

The workflow follows the README of classroom-resources/autograding-grading-reporter: it is called `Autograding Tests`
and has one job, `run-autograding-tests`, or no points arrive. autograding.json is what came before it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from course.content.making.made import CannotBeMade, Made
from course.content.making.templates import filled, read
from course.content.packs import Packs
from course.content.yaml.restructuring import block
from course.content.yaml.wording import nearest, shown
from labs.lab import Lab

GITHUB = PurePosixPath(".github")
MINUTES = 10
"""For the grade of one lab; it takes less than one."""
REQUIREMENTS = "requirements.txt"
SETUP = f"pip install -r {REQUIREMENTS}"
GRADER = "classroom-resources/autograding-command-grader@v1"


def new_classroom(folder: Path, packs: Packs, labs: Sequence[str], *, points: int, install: str) -> Made:
    """Return the repository for some built-in labs, each worth so many points; `install` is what pip is given.

    CannotBeMade for a lab that is not there, and for one of another pack: the workflow would not find it.
    """
    graded = [_lab(packs, id.strip()) for id in dict.fromkeys(labs)]
    made = Made(folder)
    steps = "\n".join(block([_step(lab.id, points) for lab in graded], 6))
    reporter = {
        "results": "\n".join(block({_variable(lab.id): _result(lab.id) for lab in graded}, 10)),
        "runners": ",".join(lab.id for lab in graded),
    }
    workflow = filled(read("classroom/classroom.yml"), {"setup": SETUP, "steps": steps, **reporter})
    made.add(GITHUB / "workflows" / "classroom.yml", workflow)
    tests = {"tests": [_test(lab.id, points) for lab in graded]}
    made.add(GITHUB / "classroom" / "autograding.json", json.dumps(tests, indent=2) + "\n")
    made.add(
        PurePosixPath(REQUIREMENTS), filled(read("classroom/requirements.txt"), {"install": " ".join(install.split())})
    )
    rows = "\n".join(f"| {lab.title} | `{_plan(lab.id)}` | {points} |" for lab in graded)
    made.add(PurePosixPath("README.md"), filled(read("classroom/README.md"), {"rows": rows, "lab": graded[0].id}))
    for lab in graded:
        made.add(PurePosixPath(_plan(lab.id)), lab.start.text)
    return made


def _lab(packs: Packs, id: str) -> Lab:
    built_in = packs.packs[0].lab_ids()
    if id in built_in:
        return packs.lab(id)
    if id in packs.lab_ids():
        say = f"the lab {shown(id)} belongs to a pack of its own, which GitHub would not find"
        raise CannotBeMade(f"{say}; name built-in labs, or grade its plans with mlcourse class grade")
    raise CannotBeMade(f"there is no lab {shown(id)}; {nearest(id, built_in)}")


def _step(id: str, points: int) -> dict[str, Any]:
    inside = {"test-name": id, "command": _command(id), "timeout": MINUTES, "max-score": points}
    return {"name": id, "id": id, "uses": GRADER, "with": inside}


def _test(id: str, points: int) -> dict[str, Any]:
    """Return the same for autograding.json; without an output to compare, the exit code counts."""
    told = {"name": id, "setup": SETUP, "run": _command(id), "input": "", "output": "", "comparison": "included"}
    return told | {"timeout": MINUTES, "points": points}


def _command(id: str) -> str:
    return f"mlcourse lab grade {id} {_plan(id)}"


def _plan(id: str) -> str:
    return f"plans/{id}.yaml"


def _variable(id: str) -> str:
    return f"{id.upper()}_RESULTS"


def _result(id: str) -> str:
    return f"${{{{steps.{id}.outputs.result}}}}"
