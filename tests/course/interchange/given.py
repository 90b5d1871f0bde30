"""Questions with texts that formats could take for something else, and ready-made entries."""

from __future__ import annotations

from hypothesis import strategies as st

from course.content.packs import built_in_pack, open_packs
from course.interchange import hypertext, markdown
from course.interchange.entry import Entry, Origin, entries
from quiz.questions import (
    Item,
    Matching,
    Multiple,
    Numeric,
    Option,
    Ordering,
    Pair,
    ShortText,
    Single,
    Slip,
)

ORIGIN = Origin(id="l1", title="A lesson / with :: signs", sources=("https://example.org/?a=1&b=2",))
NASTY = (
    *"~=#{}:\\%*`_<>&\"'[]()|!$@+-.",
    "\n",
    "\n\n",
    "->",
    "::",
    "####",
    "%50%",
    "[html]",
    "]]>",
    "<![CDATA[",
    "</script>",
    "<b>",
    "&amp;",
    "//",
    "$CATEGORY: x",
    "\\n",
    "\\=",
    "**a**",
    "`a`",
    "# a",
    "1. a",
    "- a",
    "{{Hints}}",
    "[sound:x.mp3]",
    "\\(x\\)",
    "é",
    "שלום",
    "日本",
    "🙂",
    "a b",
)


TEXTS = st.lists(
    st.one_of(
        st.sampled_from(NASTY),
        st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Cn", "Co")), max_size=4),
    ),
    min_size=1,
    max_size=7,
).map(lambda parts: f"{''.join(parts)}x")
IDS = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True).filter(lambda id: not id.endswith("-") and "--" not in id)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12)


def said(text):
    """Return the words of a text of paragraphs, white space apart."""
    return markdown.seen(hypertext.flow(text))


def short(text):
    """Return the words of a text in a line, white space apart."""
    return markdown.seen(hypertext.phrase(text))


def spaced(text):
    """Return a text that is compared as it is, white space apart."""
    return " ".join(text.split())


@st.composite
def common(draw):
    """What every question has."""
    return {
        "id": draw(IDS),
        "stem": draw(TEXTS),
        "explain": draw(TEXTS),
        "hints": tuple(draw(st.lists(TEXTS, max_size=2))),
        "objectives": draw(st.sampled_from([None, {"mla-c01": ("3.1", "3.3")}])),
        "level": draw(st.sampled_from([None, "apply"])),
        "revision": draw(st.integers(1, 3)),
    }


def several(least, most):
    """Return as many texts, no two of them alike."""
    return st.lists(TEXTS, min_size=least, max_size=most).map(
        lambda texts: [f"{text}{at}" for at, text in enumerate(texts)]
    )


@st.composite
def choices(draw):
    """Questions with options, one or several of them right."""
    texts = draw(several(2, 5))
    right = draw(st.sets(st.integers(0, len(texts) - 1), min_size=1))
    options = tuple(
        Option(id="abcde"[at], text=text, why=draw(TEXTS), correct=at in right) for at, text in enumerate(texts)
    )
    return (Single if len(right) == 1 else Multiple)(**draw(common()), options=options)


@st.composite
def orderings(draw):
    """Steps in order."""
    texts = draw(several(2, 5))
    return Ordering(
        **draw(common()), items=tuple(Item(id="abcde"[at], text=text, why=draw(TEXTS)) for at, text in enumerate(texts))
    )


@st.composite
def matchings(draw):
    """Pairs, and answers that belong to none."""
    prompts = draw(several(2, 4))
    answers = [spaced(text) for text in draw(several(len(prompts), len(prompts) + 2))]
    pairs = tuple(
        Pair(id="abcd"[at], prompt=prompt, answer=answers[at], why=draw(TEXTS)) for at, prompt in enumerate(prompts)
    )
    spare = tuple(Option(id=f"d{at}", text=text, why=draw(TEXTS)) for at, text in enumerate(answers[len(prompts) :]))
    return Matching(**draw(common()), pairs=pairs, decoys=spare)


@st.composite
def numerics(draw):
    """Numbers with a tolerance, a unit and slips."""
    value, tolerance = draw(NUMBERS), draw(st.floats(0, 1e6))
    wrong = draw(st.lists(st.floats(2e12, 3e12), max_size=2, unique=True))
    slips = tuple(Slip(answer=repr(each), why=draw(TEXTS)) for each in wrong)
    return Numeric(**draw(common()), value=value, tolerance=tolerance, slips=slips)


@st.composite
def words(draw):
    """Words and names with slips."""
    texts = [spaced(text) for text in draw(several(1, 4))]
    slips = tuple(Slip(answer=text, why=draw(TEXTS)) for text in texts[2:])
    return ShortText(**draw(common()), answers=tuple(texts[:2]), slips=slips)


QUESTIONS = st.one_of(choices(), orderings(), matchings(), numerics(), words())


def entry(question, **more) -> Entry:
    """Return a question on its way."""
    return Entry(id=question.id, question=question, origin=ORIGIN, **more)


def built_in(seeds=(0,)) -> list[Entry]:
    """Return all questions of the course."""
    packs, _ = open_packs([built_in_pack()])
    titles = {topic.id: topic.title for topic in packs.outline.topics}
    made = []
    for card in packs.question_cards():
        origin = Origin(id=card.lesson, title=titles[card.lesson], sources=("https://example.org",))
        made += entries(packs.question(card.id), origin, seeds)
    return made


def same(question, other, *, mixed=False):
    """Are both the same as far as a format keeps them? What is `mixed` may stand in another order."""
    return _told(question, mixed) == _told(other, mixed)


def _told(question, mixed):
    base = (question.id, said(question.stem), question.kind, question.level, question.revision, question.objectives)
    match question:
        case Single() | Multiple():
            parts = [(short(each.text), each.correct, short(each.why)) for each in question.options]
        case Ordering():
            return base, [short(each.text) for each in question.items], {short(d.text) for d in question.distractors}
        case Matching():
            parts = [(short(each.prompt), spaced(each.answer)) for each in question.pairs]
            parts += [("", spaced(each.text)) for each in question.decoys]
        case Numeric():
            parts = [float(each.answer) for each in question.slips], [short(each.why) for each in question.slips]
            return base, question.value, question.tolerance, question.unit, parts
        case ShortText():
            parts = [(spaced(each), "") for each in question.answers]
            parts += [(spaced(each.answer), short(each.why)) for each in question.slips]
    return base, sorted(parts) if mixed else parts
