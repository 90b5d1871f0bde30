"""The predictions about scale, alarms, gaps and rollback end as their explanations say."""

import pytest

from course.content.files.plan import check_plan
from course.syllabus import Foretelling
from labs.foretold import foretold
from tests.built_in import PACK


@pytest.mark.parametrize(
    ("lesson", "id", "ending"),
    [
        ("scale-during-updates", "as-quick-as-the-old-one", "rolled-back"),
        ("alarms", "one-in-two-hundred-and-fifty", "rolled-back"),
        ("missing-data", "put-again-and-sent", "rolled-back"),
        ("automated-rollback", "the-brake-too-early", "promoted"),
    ],
)
def test_a_prediction_ends_as_it_is_explained(lesson, id, ending):
    """Each is a run in which intuition and the simulator part ways; the explanation knows which is which."""
    pack = PACK
    steps = pack.lesson(lesson).steps
    [asked] = [step.prediction for step in steps if isinstance(step, Foretelling) and step.prediction.id == id]
    lab = pack.lab(asked.lab)
    plan = check_plan(asked.plan_text, lab.world).plan
    _, happened = foretold(lab, lab.release(asked.release), plan, asked.seed)

    assert happened["ending"] == ending
