"""What a list shows of labs and incidents."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.content.pack import Pack
from course.content.packs import built_in_pack, open_packs
from course.content.yaml.errors import ContentError
from tests.course.content.conftest import Edit

LAB = "01-fleets/update/lab.yaml"


def test_a_card_says_what_the_exercise_says(root: Path):
    """Read from the file alone or with all that belongs to it, id, title, length and lesson are the same."""
    packs, _ = open_packs([built_in_pack(), root])
    cards = {card.id: card for card in (*packs.lab_cards(), *packs.incident_cards())}

    assert tuple(cards) == packs.lab_ids() + packs.incident_ids()
    for exercise in (packs.lab("update"), packs.lab(packs.lab_ids()[0]), packs.incident(packs.incident_ids()[0])):
        card = cards[exercise.id]
        assert (card.title, card.minutes, card.lesson) == (exercise.title, exercise.minutes, exercise.lesson)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("minutes: 20", "minutes: 0", "5:10: `minutes`"),
        ("minutes: 20", "minutes: soon", "5:10: `minutes`"),
        ("title: An update\n", "", "1:1: `title`"),
        ("title: An update\n", 'title: ""\n', "4:8: `title`"),
    ],
)
def test_what_a_list_shows_must_be_right(root: Path, edit: Edit, old, new, where):
    """A mistake in it is told with its place, in the words in which it is told where the lab is opened."""
    edit(LAB, old, new)
    with pytest.raises(ContentError) as listed:
        list(Pack(root).lab_cards())
    with pytest.raises(ContentError) as opened:
        Pack(root).lab("update")

    assert str(listed.value) == str(opened.value)
    assert str(listed.value).startswith(f"{LAB}:{where}")


def test_a_file_that_is_no_mapping_has_no_card(root: Path):
    """Nothing can be shown of it, and that is said."""
    (root / LAB).write_text("- format: 1\n")
    with pytest.raises(ContentError, match=r"lab\.yaml:1:1"):
        list(Pack(root).lab_cards())


def test_a_mistake_elsewhere_hides_no_lab_from_the_list(root: Path, edit: Edit):
    """It is told where the lab is opened, and by `mlcourse check`."""
    edit(LAB, "rate: 20", "rate: -1")

    assert [card.title for card in Pack(root).lab_cards()] == ["An update"]
