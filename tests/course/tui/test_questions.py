"""Every kind of question, with the keyboard alone."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest
from textual import events

from course.progress import QuestionProgress
from course.syllabus import Checkpoint, Lesson
from course.tui.screens.help import HelpScreen
from course.tui.widgets.question.field import FieldBody
from course.tui.widgets.question.ordering import OrderingBody
from course.tui.widgets.question.panel import QuestionPanel
from course.tui.widgets.question.state import QuestionState, recalled, storable
from quiz.grading import solution
from quiz.presentation import choices, shuffled
from quiz.questions import Matching, Multiple, Numeric, Option, Ordering, Question, ShortText, Single
from tests.course.tui import fakes
from tests.course.tui.driving import LARGE, SMALL, learner, press, read, resize, rows, shown
from tests.course.tui.fakes import event

IDS = [question.kind for question in fakes.QUESTIONS]


def lesson_of(question: Question) -> Lesson:
    """A lesson of one step."""
    return Lesson(
        id="canary",
        revision=1,
        title="One question",
        minutes=1,
        steps=(Checkpoint(question=question),),
        objectives={},
        glossary=(),
        sources=(),
    )


@asynccontextmanager
async def asked(question: Question, *keys: str, size=SMALL, history=()):
    """The question on the screen, after some keys."""
    catalog = fakes.FakeCatalog(lessons={"canary": lesson_of(question)})
    study = fakes.study(*history, catalog=catalog)
    async with learner(study, *keys, start="canary", size=size) as pilot:
        yield pilot, study


def panel(pilot) -> QuestionPanel:
    return pilot.app.screen.query_one(QuestionPanel)


def places(question: Question) -> dict[str, int]:
    """The number of each option, item or answer as it is shown at first."""
    asked = shuffled(question, 0)
    if isinstance(asked, Matching):
        return {choice.id: number for number, choice in enumerate(choices(asked), 1)}
    parts = asked.items if isinstance(asked, Ordering) else asked.options
    return {part.id: number for number, part in enumerate(parts, 1)}


def right_keys(question: Question) -> list[str]:
    """Keys that give the right answer and check it."""
    match question:
        case Single():
            return [str(places(question)["wait"]), "enter"]
        case Multiple():
            return [str(places(question)["leak"]), str(places(question)["load"]), "enter"]
        case Ordering():
            return [*_sorting_keys([part.id for part in shuffled(question, 0).items]), "enter"]
        case Matching():
            return [*(str(places(question)[pair.id]) for pair in shuffled(question, 0).pairs), "enter"]
        case Numeric():
            return ["2", "4", "0", "enter"]
        case ShortText():
            return [*"microsecond", "enter"]


def _sorting_keys(order: list[str]) -> list[str]:
    """Take each item that belongs further up, with space, and carry it there with the arrows."""
    keys: list[str] = []
    cursor = 0
    for due, item in enumerate(item.id for item in fakes.ORDERING.items):
        now = order.index(item)
        keys += ["down"] * (now - cursor) if now >= cursor else ["up"] * (cursor - now)
        keys += ["space", *["up"] * (now - due), "space"]
        order.insert(due, order.pop(now))
        cursor = due
    return keys


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
@pytest.mark.parametrize("question", fakes.QUESTIONS, ids=IDS)
async def test_every_kind_can_be_answered_by_keyboard(question, size):
    """Keys give the right answer, a sign says so, the reasons are shown, and the answer is written down; then r asks
    once more, with nothing chosen or typed, and the second answer is written down, too."""
    async with asked(question, *right_keys(question), size=size) as (pilot, study):
        [answered] = study.journal.kinds("answered")

        assert panel(pilot).verdict.correct
        assert "✓ Right." in shown(pilot)
        assert answered.subject == question.id
        assert answered.data["correct"] is True
        assert answered.data["hints"] == 0
        assert answered.data["lesson"] == "canary"
        await press(pilot, "end")
        assert "Why" in shown(pilot)
        assert "⏎ Next" in rows(pilot)[-1]

        await press(pilot, "r")
        assert panel(pilot).verdict is None
        assert "✓" not in shown(pilot)
        assert "Check" in rows(pilot)[-1]

        assert panel(pilot).body.answer is None

        await press(pilot, *right_keys(question))
        assert len(study.journal.kinds("answered")) == 2
        assert panel(pilot).verdict.correct


@pytest.mark.parametrize("question", fakes.QUESTIONS, ids=IDS)
async def test_nothing_is_given_away_before_trying(question):
    """Neither signs nor reasons nor the explanation are on the page while the learner thinks. Enter without an answer
    asks for one: it is no attempt, and nothing is written down."""
    async with asked(question, "end", size=LARGE) as (pilot, study):
        page = shown(pilot)

        assert "✓" not in page
        assert "✗" not in page
        assert "Why" not in page
        assert "Right would be" not in page
        for detail in getattr(question, "options", ()):
            assert detail.why not in page

        await resize(pilot, *SMALL)
        await press(pilot, "enter")
        assert "!" in shown(pilot)
        assert "first" in read(pilot)
        assert study.journal.kinds("answered") == []
        assert panel(pilot).verdict is None


async def test_a_word_where_a_number_is_due_costs_nothing():
    """The learner is told what a number looks like."""
    async with asked(fakes.NUMERIC) as (pilot, study):
        pilot.app.post_message(events.Paste("many"))
        await press(pilot, "enter")
        assert "! Give a number" in shown(pilot)
        assert study.journal.kinds("answered") == []


async def test_a_field_for_a_number_leaves_letters_to_commands():
    """h is a hint, ? is help, n skips, as beside a list; what numbers are written with goes into the field."""
    async with asked(fakes.NUMERIC, *"2.5", "h", "question_mark") as (pilot, _):
        assert isinstance(pilot.app.screen, HelpScreen)
        await press(pilot, "escape")
        assert "h Hint" not in rows(pilot)[-1]
        assert "Hint 1 of 1" in shown(pilot)
        assert panel(pilot).body.answer == "2.5"
        await press(pilot, "n")
        assert not pilot.app.screen.query(QuestionPanel)


async def test_each_option_says_why_also_the_right_one_that_was_left_out():
    """After a wrong choice: a cross at it, a tick at the right one, and a reason at all."""
    wrong = str(places(fakes.SINGLE)["end"])
    async with asked(fakes.SINGLE, wrong, "enter", "s") as (pilot, study):
        page = shown(pilot)

        assert "✗ TerminationWaitInSeconds  your answer" in page
        assert "✓ WaitIntervalInSeconds  right answer" in page
        for option in fakes.SINGLE.options:
            assert option.why in page
        assert study.journal.kinds("answered")[0].data["correct"] is False


async def test_several_answers_show_what_was_missed():
    """Of two right options one was ticked: the other is marked as missed."""
    leak = str(places(fakes.MULTIPLE)["leak"])
    async with asked(fakes.MULTIPLE, leak, "enter", "s") as (pilot, _):
        assert "A slow memory leak  your answer" in shown(pilot)
        assert "+ A queue under real load  missed" in shown(pilot)


async def test_a_tick_can_be_taken_back_and_options_are_never_markup():
    """Space and numbers tick, and again they untick; square brackets in an option and its reason stand there as they
    were written."""
    async with asked(fakes.MULTIPLE, "1", "2", "down", "space", "2") as (pilot, _):
        assert panel(pilot).body.chosen == {0, 2}

        await press(pilot, "enter", "s")
        assert "[bold red]not markup[/bold red] [/]" in shown(pilot)
        assert "[/] Brackets are brackets." in shown(pilot)


async def test_moving_is_choosing_where_one_answer_is_right():
    """The arrows choose, from nothing at first."""
    async with asked(fakes.SINGLE) as (pilot, _):
        assert panel(pilot).body.answer is None

        await press(pilot, "down", "down")

        assert panel(pilot).body.answer == shuffled(fakes.SINGLE, 0).options[1].id
        assert "◉" in shown(pilot)


async def test_a_wrong_order_says_where_each_item_belongs():
    """The items stay as they were given, with their right places."""
    async with asked(fakes.ORDERING, "J", "enter", "s") as (pilot, study):
        assert "belongs at" in shown(pilot)
        assert len(study.journal.kinds("answered")[0].data["answer"]) == 4


@pytest.mark.parametrize(
    ("keys", "moved_to"),
    [
        (["space", "down", "space"], 1),
        (["space", "down", "enter"], 1),
        (["J"], 1),
        (["J", "J", "K"], 1),
        (["3"], 2),
        (["space", "up", "space"], 0),
        (["down", "up", "space", "end", "down", "down", "down", "down", "space"], 3),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
async def test_items_move(keys, moved_to):
    """The first item goes where it is carried, pushed or sent, and no further than the end."""
    first = shuffled(fakes.ORDERING, 0).items[0].id
    async with asked(fakes.ORDERING, *keys) as (pilot, _):
        body = panel(pilot).body
        assert isinstance(body, OrderingBody)
        assert body.order.index(first) == moved_to
        assert not body.held
        assert panel(pilot).verdict is None


async def test_items_can_be_moved_with_the_mouse():
    """A click takes an item, the next one puts it down there."""
    first = shuffled(fakes.ORDERING, 0).items[0].id
    async with asked(fakes.ORDERING) as (pilot, _):
        body = panel(pilot).body
        await pilot.click(body.rows[0])
        await pilot.pause()
        await pilot.click(body.rows[2])
        await pilot.pause()

        assert body.order.index(first) == 2


async def test_a_wrong_pair_shows_the_answer_that_belongs_there():
    """What was given and what is right stand below each other, with signs."""
    own = places(fakes.MATCHING)
    keys = [str(own["shadow"]), str(own["shadow"]), str(own["shadow"]), "enter", "s"]
    async with asked(fakes.MATCHING, *keys) as (pilot, _):
        assert "✗ Gets copies; nobody sees its answers" in shown(pilot)
        assert "✓ Runs the version that users know" in shown(pilot)
        await press(pilot, "end")
        assert "belongs to none. That is a shadow variant." in shown(pilot)


async def test_answers_can_be_turned_through():
    """Right and left go through the answers of a prompt."""
    async with asked(fakes.MATCHING, "right", "right", "left") as (pilot, _):
        body = panel(pilot).body
        assert list(body.partners.values()) == [0]

        await press(pilot, "left")
        assert list(body.partners.values()) == [3]


async def test_pairs_can_be_made_with_the_mouse():
    """A click on a prompt, a click on an answer."""
    async with asked(fakes.MATCHING, size=LARGE) as (pilot, _):
        body = panel(pilot).body
        await pilot.click(body.rows[1])
        await pilot.pause()
        await pilot.click(body.offers[2])
        await pilot.pause()

        assert body.partners == {body.pairs[1].id: 2}


async def test_a_known_slip_gets_its_own_reason():
    """A number that people arrive at by a known mistake is answered with that mistake."""
    async with asked(fakes.NUMERIC, *"960", "enter", "f4") as (pilot, _):
        assert "✗ Only a quarter of the requests meet green." in shown(pilot)
        assert "Right would be: 240 requests" in shown(pilot)


async def test_hints_come_one_at_a_time():
    """Each press shows one more; the number taken is written down with the answer."""
    async with asked(fakes.SINGLE, "h") as (pilot, study):
        assert "Hint 1 of 2  Which of them stands" in shown(pilot)
        assert "Hint 2 of 2" not in shown(pilot)

        await press(pilot, "h")
        assert "Hint 2 of 2" in shown(pilot)
        assert "Hint" not in rows(pilot)[-1]

        await press(pilot, "1", "enter")
        assert study.journal.kinds("answered")[0].data["hints"] == 2


async def test_hints_can_be_had_while_typing():
    """Letters belong to the field there, so the footer names another key, and it works."""
    async with asked(fakes.SHORT, "1") as (pilot, _):
        assert "f2 Hint" in rows(pilot)[-1]
        assert "f1 Help" in rows(pilot)[-1]

        await press(pilot, "f2")

        assert "Hint 1 of 1" in shown(pilot)
        assert panel(pilot).body.answer == "1"


async def test_an_answer_that_was_begun_survives_going_away():
    """Leaving the step, or the lesson, keeps what was ticked and typed."""
    study = fakes.study()
    async with learner(study, "enter", "enter", "enter", "n", "1", "3", "p", "n") as pilot:
        assert panel(pilot).body.chosen == {0, 2}

        await press(pilot, "escape", "enter")

        assert panel(pilot).question.id == "what-bakes-find"
        assert panel(pilot).body.chosen == {0, 2}


@pytest.mark.parametrize("question", fakes.QUESTIONS, ids=IDS)
async def test_an_answer_of_last_week_is_still_there(question):
    """A checkpoint that was answered in an earlier session shows answer and verdict, and can be tried again."""
    answer = solution(question)
    stored = list(answer) if isinstance(answer, tuple) else answer
    history = [event("answered", question.id, answer=stored, correct=True, hints=0, lesson="canary")]
    async with asked(question, history=history) as (pilot, study):
        assert "✓ Right." in shown(pilot)
        assert len(study.journal.kinds("answered")) == 1

        await press(pilot, "r")

        assert panel(pilot).verdict is None


@pytest.mark.parametrize("stored", [None, 7, ["gone"], {"blue": "gone"}, ""], ids=str)
@pytest.mark.parametrize("question", fakes.QUESTIONS, ids=IDS)
def test_an_answer_that_no_longer_fits_is_as_good_as_none(question, stored):
    """If the question was changed since, it is asked afresh, with its options in another order."""
    so_far = QuestionProgress(attempts=2, last_correct=True, last_answer=stored)

    assert recalled(question, so_far, None) == QuestionState(seed=2)


@pytest.mark.parametrize("question", fakes.QUESTIONS, ids=IDS)
def test_what_was_just_done_counts_more_than_history(question):
    """An answer that was begun in this session is not replaced by an older one."""
    begun = QuestionState(hints=1)
    so_far = QuestionProgress(attempts=1, last_answer=storable(solution(question)))

    assert recalled(question, so_far, begun) is begun
    assert recalled(question, so_far, None).verdict is not None


async def test_options_can_be_clicked():
    """The mouse chooses, and the footer's keys can be clicked."""
    async with asked(fakes.SINGLE) as (pilot, study):
        await pilot.click(panel(pilot).body.rows[1])
        await pilot.pause()
        footer = rows(pilot)[-1]
        await pilot.click("KeyBar", offset=(footer.index("Check"), 0))
        await pilot.pause()

        assert len(study.journal.kinds("answered")) == 1


async def test_the_field_keeps_the_unit_beside_it():
    """Nobody has to guess in which unit to answer."""
    async with asked(fakes.NUMERIC) as (pilot, _):
        assert isinstance(panel(pilot).body, FieldBody)
        assert "requests" in "\n".join(rows(pilot)[5:8])


@pytest.mark.parametrize("keys", [["4"], ["end", "up"], ["1"]], ids=" ".join)
async def test_what_is_said_of_ones_own_answer_is_in_sight(keys):
    """The reason at the option that was chosen, however far down it stands."""
    why = "This is why it is not so, at some length, so that it takes its room. " * 3
    options = tuple(
        Option(
            id=f"o{index}",
            text=f"Option {index} " + "with many words " * 6,
            why=f"{why} Number {index}.",
            correct=index == 2,
        )
        for index in range(5)
    )
    long = Single(id="long", stem="Which one?", explain="So.", hints=("Think.",), options=options)
    async with asked(long, *keys, "enter") as (pilot, _):
        chosen = panel(pilot).body.options[panel(pilot).body.cursor].id

        assert f"Number {chosen[1]}." in read(pilot)


@pytest.mark.parametrize("question", [fakes.MATCHING, fakes.ORDERING], ids=lambda question: question.kind)
async def test_space_answers_nothing_that_one_reads_past(question):
    """Whoever reads on with space comes to a matching question, and has matched nothing."""
    async with asked(question, "space", "space") as (pilot, _):
        assert panel(pilot).body.answer is None


async def test_what_the_task_says_of_matching_is_what_happens():
    """A number goes on to the next row, and the words say so."""
    async with asked(fakes.MATCHING, "1") as (pilot, _):
        assert "a number gives the row that answer and goes on" in read(pilot)
        assert panel(pilot).body.cursor == 1


async def test_what_was_missed_and_where_the_cursor_is_can_be_told_without_colour():
    """A sign each: nothing is said by a colour or a background alone."""
    async with asked(fakes.MULTIPLE, "down", "down") as (pilot, _):
        [here] = [row for row in rows(pilot) if "▌" in row]
        assert panel(pilot).body.options[1].text.strip("`")[:10] in here

        leak = str(places(fakes.MULTIPLE)["leak"])
        await press(pilot, leak, "enter", "s")
        assert "✓ A slow memory leak" in shown(pilot)
        assert "+ A queue under real load" in shown(pilot)
