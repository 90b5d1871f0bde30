"""Files of predictions: what is read, what is refused, and what the linter finds in the labs that they name."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.content.lint.check import lint
from course.content.pack import Pack
from course.syllabus import Foretelling, Reading
from tests.course.content.conftest import Edit

LESSON, FILE = "01-fleets/lesson.yaml", "01-fleets/predictions.yaml"
PREDICTIONS = """\
format: 1
predictions:
  - id: unguarded
    title: What will this do?
    lab: update
    release: bad
    plan: update/reference.yaml
    seed: 3
    stem: Nobody watches.
    asks: [ending, harmed]
    explain: There was no alarm.
"""


@pytest.fixture
def foretelling(root: Path, edit: Edit) -> Path:
    """The small pack with a prediction on its page."""
    edit(LESSON, "questions: [questions.yaml]", "questions: [questions.yaml]\npredictions: [predictions.yaml]")
    edit("01-fleets/lesson.md", "{lab: update}", "{predict: unguarded}\n\n{lab: update}")
    (root / FILE).write_text(PREDICTIONS)
    return root


def said(root: Path, *, runs: bool = True) -> list[str]:
    """What the linter says about a pack."""
    return [str(problem) for problem in lint(Pack(root), lambda lab: (), runs=runs)]


def test_a_prediction_is_a_step(foretelling: Path):
    """With the text of its plan, and without the lab; the outline knows its id."""
    pack = Pack(foretelling)
    [step] = [step for step in pack.lesson("fleets").steps if isinstance(step, Foretelling)]

    assert step.title == "What will this do?"
    assert step.prediction.asks == ("ending", "harmed")
    assert step.prediction.plan_text.startswith("UpdateEndpoint:")
    assert pack.outline.topics[0].predictions == ("unguarded",)
    assert not pack._labs


def test_a_good_prediction_has_nothing_to_mend(foretelling: Path):
    """Its run was simulated."""
    assert said(foretelling) == []


WRONG = [
    pytest.param(
        FILE, "lab: update", "lab: updates", f"{FILE}:5:10: there is no lab 'updates'; did you mean update?", id="lab"
    ),
    pytest.param(
        FILE,
        "release: bad",
        "release: bat",
        f"{FILE}:6:14: the lab update has no release 'bat'; did you mean bad?",
        id="release",
    ),
    pytest.param(
        FILE,
        "plan: update/reference.yaml",
        "plan: update/referenz.yaml",
        f"{FILE}:7:11: 'update/referenz.yaml' is no file here; did you mean reference.yaml?",
        id="plan",
    ),
    pytest.param(
        FILE,
        "plan: update/reference.yaml",
        "plan: update/start.yaml",
        f"{FILE}:7:11: AWS does not take this plan (update/start.yaml:1:1: ",
        id="plan that is refused",
    ),
    pytest.param(
        FILE,
        "asks: [ending, harmed]",
        "asks: [harmed, harmed]",
        f"{FILE}:10:11: `asks` needs one part at least, each once; such as [ending, harmed]",
        id="a part twice",
    ),
    pytest.param(FILE, "asks: [ending, harmed]", "asks: []", f"{FILE}:10:11: `asks` needs one part", id="no part"),
    pytest.param(
        FILE,
        "[ending, harmed]",
        "[end]",
        f"{FILE}:10:12: item 1 is the text 'end'; it must be ending, minute, harmed or missed",
        id="an unknown part",
    ),
    pytest.param(FILE, "seed: 3", "seed: -1", f"{FILE}:8:11: `seed` must be at least 0", id="seed"),
    pytest.param(
        "01-fleets/lesson.md",
        "{predict: unguarded}",
        "{predict: ungarded}",
        "01-fleets/lesson.md:15:1: there is no prediction 'ungarded' in this lesson; did you mean unguarded?",
        id="placed under another name",
    ),
    pytest.param(
        "01-fleets/lesson.md",
        "{predict: unguarded}",
        "More.",
        "01-fleets/lesson.md:1:1: prediction unguarded is placed nowhere; add a line {predict: unguarded}",
        id="placed nowhere",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "complaint"), WRONG)
def test_what_is_wrong_is_said_at_its_place(foretelling: Path, edit: Edit, file, old, new, complaint):
    """With a line, a column and a remedy."""
    edit(file, old, new)

    assert any(each.startswith(complaint) for each in said(foretelling)), said(foretelling)


def test_a_run_in_which_nothing_happens_is_dull(foretelling: Path, edit: Edit):
    """A plan that only deletes what nobody uses updates nothing and harms nobody. Without runs nobody looks."""
    edit(FILE, "update/reference.yaml", "mine.yaml")
    (foretelling / "01-fleets/mine.yaml").write_text("DeleteEndpointConfig: {EndpointConfigName: churn-v2}\n")
    told = "nothing happens in this run that ending, harmed would tell"

    assert said(foretelling) == [f"{FILE}:10:5: {told}; ask for another part, or choose another run"]
    assert said(foretelling, runs=False) == []


def test_an_id_is_used_once(foretelling: Path, edit: Edit):
    """As for questions."""
    (foretelling / FILE).write_text(PREDICTIONS + PREDICTIONS.split("predictions:\n")[1])

    assert any("the prediction id 'unguarded' is taken in" in each for each in said(foretelling))


def test_the_lab_of_another_lesson_will_do(root: Path, edit: Edit):
    """Then the plan lies in the lesson's own folder."""
    edit(LESSON, "questions: [questions.yaml]", "questions: [questions.yaml]\npredictions: [predictions.yaml]")
    edit("01-fleets/lesson.md", "{lab: update}", "{predict: unguarded}\n\n{lab: update}")
    (root / FILE).write_text(PREDICTIONS.replace("update/reference.yaml", "mine.yaml"))
    (root / "01-fleets/mine.yaml").write_text("UpdateEndpoint: {EndpointName: churn, EndpointConfigName: churn-v2}\n")

    assert said(root) == []


GLOSSARY = "glossary.yaml"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        pytest.param(
            'url: "https://a.org/", checked: 2026-11-27}}\n  - {id: blue',
            'url: "a page", checked: 2026-11-27}}\n  - {id: blue',
            "glossary.yaml:4:20: 'a page' is no address; begin it with https://",
            id="no address",
        ),
        pytest.param(
            "checked: 2026-11-27}}\n  - {id: blue",
            "checked: soon}}\n  - {id: blue",
            "glossary.yaml:4:47: 'soon' is no date; write the day it was checked, such as 2026-11-22",
            id="no date",
        ),
        pytest.param(
            "definition: The old one.",
            "definition: The old one., also: [GREEN FLEET]",
            "glossary.yaml:5:5: 'GREEN FLEET' is how the term green is spelt too; take one of them out",
            id="spelt like another",
        ),
    ],
)
def test_terms_say_where_they_come_from(root: Path, edit: Edit, old, new, complaint):
    """An address that can be looked up, a day, and a spelling of their own."""
    edit(GLOSSARY, old, new)

    assert said(root) == [complaint]


def test_a_term_without_a_source_is_refused(root: Path, edit: Edit):
    """It is required."""
    edit(GLOSSARY, ',\n     source: {url: "https://a.org/", checked: 2026-11-27}', "")

    assert said(root) == ["glossary.yaml:3:5: `source` is missing; add it here, it must be a mapping"]


def test_a_page_is_a_page_with_a_prediction_after_it(foretelling: Path):
    """The line ends the page."""
    kinds = [type(step) for step in Pack(foretelling).lesson("fleets").steps]

    assert kinds[0] is Reading
    assert Foretelling in kinds
