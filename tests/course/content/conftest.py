"""A small pack that is right in every file; tests change one thing and look at what is said."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from course.content.sources import finding

COURSE = """\
format: 1
id: small
title: A small course
about: For tests.
glossary: glossary.yaml
parts:
  - id: first
    numeral: I
    title: First part
    topics:
      - {lesson: 01-fleets}
"""
GLOSSARY = """\
format: 1
terms:
  - {id: green, term: Green fleet, definition: The new one., see: [blue], lesson: fleets,
     source: {url: "https://a.org/", checked: 2026-11-27}}
  - {id: blue, term: Blue fleet, definition: The old one., source: {url: "https://a.org/", checked: 2026-11-27}}
"""
TEAL = """\
format: 1
terms:
  - {id: teal, term: Teal, definition: A colour., source: {url: "https://a.org/", checked: 2026-11-27}}
"""
"""A glossary with one term, that of another pack."""
LESSON = """\
format: 1
id: fleets
revision: 1
title: Two fleets
minutes: 10
needs: []
about: One line.
objectives: {mla-c01: ["3.1"]}
body: lesson.md
glossary: [blue, green]
questions: [questions.yaml]
labs: [update/lab.yaml]
sources: [{url: "https://docs.aws.amazon.com/sagemaker/", checked: 2026-11-22}]
"""
TEXT = """\
## Blue and green

Some *prose*, with `<code>` and a [link](https://example.com/).

```plot
title: Traffic
x: minutes
y: share
series:
  blue: [[0, 100], [5, 0]]
```

{question: which-fleet}

{lab: update}
"""
QUESTIONS = """\
format: 1
questions:
  - id: which-fleet
    kind: single
    stem: Which fleet is new?
    options:
      - {id: a, text: Green, correct: true, why: It is new.}
      - {id: b, text: Blue, why: It is old.}
    hints: [Think of a traffic light.]
    explain: Green goes.
    accepts: [a]
    rejects: [b]
"""
LAB = """\
format: 1
id: update
revision: 1
title: An update
minutes: 20
brief: brief.md
debrief: debrief.md
world:
  endpoint: {EndpointName: churn, EndpointConfigName: churn-v1}
  configs:
    - EndpointConfigName: churn-v1
      ProductionVariants:
        - {VariantName: main, ModelName: old, InstanceType: ml.m5.large, InitialInstanceCount: 2}
    - EndpointConfigName: churn-v2
      ProductionVariants:
        - {VariantName: main, ModelName: new, InstanceType: ml.m5.large, InitialInstanceCount: 2}
  models:
    old: {service: {mean_ms: 40}}
    new: {service: {mean_ms: 45}}
  workload: {rate: 20}
releases:
  - {id: good, replaces: new, model: {service: {mean_ms: 45}}, expect: promoted, say: Nothing was wrong.}
  - id: bad
    replaces: new
    model: {service: {mean_ms: 45}, faults: [{kind: errors, rate: 0.2}]}
    expect: rolled-back
    say: It failed.
start: start.yaml
reference: reference.yaml
near_misses: [{plan: slow.yaml, fails: goes-back}]
goals:
  - {id: finishes, title: Finishes, measure: promoted, release: good, at_least: 0.9, say: It was fine., hints: [Look.]}
  - {id: goes-back, title: Goes back, measure: rolled-back, release: bad, at_least: 0.9, say: No., hints: [Look.]}
"""
PLAN = """\
UpdateEndpoint:
  EndpointName: churn
  EndpointConfigName: churn-v2
"""
FILES = {
    "course.yaml": COURSE,
    "glossary.yaml": GLOSSARY,
    "01-fleets/lesson.yaml": LESSON,
    "01-fleets/lesson.md": TEXT,
    "01-fleets/questions.yaml": QUESTIONS,
    "01-fleets/update/lab.yaml": LAB,
    "01-fleets/update/brief.md": "Update the endpoint.\n",
    "01-fleets/update/debrief.md": "Well done.\n",
    "01-fleets/update/start.yaml": "UpdateEndpoint: {}\n",
    "01-fleets/update/reference.yaml": PLAN,
    "01-fleets/update/slow.yaml": PLAN,
}
BUILT_IN = "base"
Edit = Callable[..., None]


def write_pack(root: Path, files: dict[str, str]) -> Path:
    """Write the files of a pack and return its folder."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def of_its_own(name: str) -> dict[str, str]:
    """The small pack under ids that no other one has."""
    ids = "fleets|update|which-fleet|green|blue"
    given = re.compile(rf"\b(id|lesson|lab|question): ({ids})\b|\b(update)(?=/)")
    files = {}
    for file, text in FILES.items():
        changed = given.sub(lambda at: f"{name}-update" if at[3] else f"{at[1]}: {name}-{at[2]}", text)
        changed = changed.replace("[blue", f"[{name}-blue").replace(", green]", f", {name}-green]")
        changed = changed.replace("id: small", f"id: {name}").replace("id: first", f"id: {name}-part")
        files[file.replace("/update/", f"/{name}-update/")] = changed
    return files


def put_for_built_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a small pack in the place of the one that comes with the program, and return its folder."""
    folder = write_pack(tmp_path / "built-in", of_its_own(BUILT_IN))
    monkeypatch.setattr(finding.lessons, "__file__", str(folder / "__init__.py"))
    return folder


@pytest.fixture
def small_built_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small pack in the place of the one that comes with the program, which takes seconds to read."""
    return put_for_built_in(tmp_path, monkeypatch)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small pack's folder."""
    return write_pack(tmp_path / "pack", FILES)


@pytest.fixture
def edit(root: Path) -> Edit:
    """Replace one text in one file of the small pack."""

    def replace_in(name: str, old: str, new: str) -> None:
        text = (root / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        (root / name).write_text(text.replace(old, new), encoding="utf-8")

    return replace_in
