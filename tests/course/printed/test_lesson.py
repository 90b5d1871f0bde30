"""Lessons on paper: whole, by themselves, and harmless whatever a pack holds."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace
from html.parser import HTMLParser

from course.printed.blocks import blocks
from course.printed.lesson import Printing, printed
from course.printed.markdown import flow
from course.report.plots import words
from course.syllabus import Checkpoint, Lesson, OnCall, Plot, Practice, Prose, Reading, Source, Term
from engine.deciders.argo_rollouts import ArgoRollouts
from engine.deciders.cloudwatch import CloudWatch
from engine.deciders.flagger import Flagger
from quiz.deciders import Deciders
from quiz.exhibit import Exhibit
from quiz.questions import Matching, Numeric, Option, Pair, Single, Slip

PLOT = Plot(title="Traffic", x="minutes", y="share", series={"blue": ((0, 100), (5, 0)), "green": ((0, 0), (5, 100))})

SLY = (
    '<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1)) " onmouseover="x" --> &lt;b&gt;'
    " $x$ \x1b]0;x\x07 \u202e"
)
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "article", "section", "nav", "div", "p", "span", "ul"),
    *(
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
    ),
    *("td", "pre", "code", "em", "strong", "a", "img", "blockquote", "hr", "br", "s"),
}
ATTRIBUTES = {
    *("lang", "charset", "name", "content", "http-equiv", "class", "id", "href", "alt", "src", "scope", "role"),
    "aria-label",
}


class Seen(HTMLParser):
    """What elements and attributes a page has, and what it says."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data}")


def lesson(*steps, **given):
    values = {
        "id": "one",
        "revision": 1,
        "title": "One",
        "minutes": 10,
        "objectives": {},
        "glossary": (),
        "sources": (),
    }
    return Lesson(**(values | {"steps": steps} | given))


def test_a_lesson_is_whole():
    """Pages, boxes with their briefs and commands, words and sources stand in their order."""
    source = Source(url="https://a.org/x", checked="2026-11-27")
    whole = lesson(
        Reading(title="A page", blocks=(Prose(markdown="Some *prose*."), PLOT)),
        Practice(lab="first", title="A lab"),
        OnCall(incident="night", title="A night"),
        sources=(source,),
    )
    term = Term(id="t", term="Bake", definition="A wait.", source=source, example="Ten minutes.")
    briefs = {("lab", "first"): "Guard **it**.", ("incident", "night"): "Watch it."}
    page = printed("One", [Printing(lesson=whole, terms=(term,), briefs=briefs)], 0, answers=False)
    said = Seen(page).text
    marks = ("A page", "Some prose.", "Lab: A lab", "Guard it.", "mlcourse lab start first plan.yaml", "Live incident")
    places = [said.index(each) for each in (*marks, "mlcourse incident live night", "Bake", "A wait.", "a.org/x")]

    assert places == sorted(places)
    assert ("href", "https://a.org/x") in Seen(page).attributes
    assert "default-src 'none'" in page


def test_several_lessons_in_one_file_have_contents():
    """Each is led to, and none is left out."""
    pages = [Printing(lesson=lesson(Reading(title="P", blocks=()), id=id, title=id.title())) for id in ("one", "two")]
    seen = Seen(printed("Course", pages, 0, answers=False))

    assert {("href", "#one"), ("href", "#two"), ("id", "one"), ("id", "two")} <= set(seen.attributes)


def test_a_plot_is_a_picture_told_in_words():
    """It is in the file itself, and who does not see it hears every point."""
    [image] = blocks((PLOT,))
    attributes = dict(Seen(image).attributes)

    assert attributes["alt"] == words(PLOT)
    assert b64decode(attributes["src"].removeprefix("data:image/png;base64,")).startswith(b"\x89PNG")


def test_a_table_of_deciders_begins_as_on_the_page():
    """Its row, and a line for each controller with its reason."""
    table = Deciders(
        title="Limits",
        row="0 X X X",
        argo_rollouts=ArgoRollouts(failure_limit=1),
        flagger=Flagger(threshold=3),
        cloudwatch=CloudWatch(evaluation_periods=3, datapoints_to_alarm=3),
    )
    said = Seen("".join(blocks((table,)))).text

    assert "0 X X X" in said
    assert all(name in said for name in ("Argo Rollouts", "Flagger", "CloudWatch notBreaching", "Kayenta"))
    assert "at point 3" in said


def test_links_lead_to_pages_and_people_alone():
    """Anything else stays text, and so do pictures and markup."""
    seen = Seen(
        flow(
            "[a](javascript:alert(1)) [b](data:text/html,x) [c](file:///etc) [d](JaVaScRiPt:x) [e](//a.org) [f](/x)"
            " [g](https://a.org) [h](mailto:a@a.org) ![i](https://a.org/i.png) <b onclick=x>j</b> <https://b.org>"
        )
    )

    assert [value for key, value in seen.attributes] == [
        "https://a.org",
        "mailto:a@a.org",
        "https://a.org/i.png",
        "https://b.org",
    ]
    assert seen.tags == {"p", "a"}


def test_markup_in_any_value_is_text():
    """Whatever a text holds, it makes no element, no attribute and no address."""
    source = Source(url="javascript:alert(1)", checked=SLY)
    options = tuple(Option(id=id, text=SLY, why=SLY, correct=id == "a") for id in "ab")
    asked = (
        Single(id="s", stem=SLY, explain=SLY, options=options, exhibit=Exhibit(SLY)),
        Numeric(id="n", stem=SLY, explain=SLY, unit=SLY, value=1, slips=(Slip(answer=SLY, why=SLY),)),
        Matching(id="m", stem=SLY, explain=SLY, pairs=(Pair(id="p", prompt=SLY, answer=SLY, why=SLY),)),
    )
    whole = lesson(
        Reading(title=SLY, blocks=(Prose(markdown=SLY), replace(PLOT, title=SLY, series={SLY: ((0, 0), (1, 1))}))),
        *(Checkpoint(question=each) for each in asked),
        Practice(lab="x", title=SLY),
        title=SLY,
        sources=(source,),
    )
    term = Term(id="t", term=SLY, definition=SLY, source=source, example=SLY)
    page = printed(SLY, [Printing(lesson=whole, terms=(term,), briefs={("lab", "x"): SLY})] * 2, 0, answers=True)
    seen = Seen(page)

    assert seen.tags <= TAGS
    assert {key for key, _ in seen.attributes} <= ATTRIBUTES
    assert {value for key, value in seen.attributes if key == "href"} == {"#one"}
    assert seen.text.count("<script>alert(1)</script>") > 20
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_a_diagram_is_told_and_headings_stand_below():
    """What its author says of it is its label; a heading in a text is smaller than those of the page."""
    page = flow('```text Blue, "then" green\n[blue] -> [green]\n```\n\n## Why')

    assert '<div role="img" aria-label="Blue, &quot;then&quot; green"><pre>[blue] -&gt; [green]</pre></div>' in page
    assert "<h5>Why</h5>" in page
