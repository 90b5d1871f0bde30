"""Commands: each is defined once, here; bindings, the footer, the palette and the help screen are derived.

The id is the handle for a learner's own keymap. A node that offers a command has `action_` and the id with
underscores; where it is impossible at the moment, the node's `check_action` says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from textual.binding import Binding, BindingType


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something that the learner can do, wherever it is offered."""

    id: str
    title: str
    """One or two words, for the footer."""
    help: str
    """A sentence, for the palette, the tooltip and the help screen."""
    key: str
    """One key, or several with commas between; the first is shown."""
    in_footer: bool = False
    show_key: str | None = None
    """How the key is written, where its own name would be too long."""
    first: bool = False
    """Comes before the keys of whatever has the focus."""

    @property
    def action(self) -> str:
        """The name of the method that does it, without `action_`."""
        return self.id.replace("-", "_")

    @property
    def keys(self) -> tuple[str, ...]:
        """All of its keys."""
        return tuple(self.key.split(","))

    def binding(self, key: str) -> Binding:
        """Return the binding of one of its keys."""
        return Binding(
            key,
            self.action,
            self.title,
            show=self.in_footer,
            key_display=self.show_key if key == self.keys[0] else None,
            priority=self.first,
            tooltip=self.help,
            id=self.id,
        )


def bindings(*commands: Command) -> list[BindingType]:
    """Return what belongs into a node's BINDINGS."""
    return [command.binding(key) for command in commands for key in command.keys]


def by_number(command: Command) -> list[BindingType]:
    """Return a binding for each digit; the action is told which."""
    return [
        replace(
            command.binding(key),
            action=f"{command.action}({key})",
            id=f"{command.id}-{key}",
            key_display=command.show_key,
        )
        for key in command.keys
    ]


HELP = Command(
    id="help",
    title="Help",
    help="Show every key that works here",
    key="question_mark,f1",
    in_footer=True,
    show_key="?",
)
GLOSSARY = Command(id="glossary", title="Glossary", help="Look a word up", key="g,f3", in_footer=True)
SEARCH = Command(
    id="search",
    title="Search",
    help="Search pages, terms, questions, labs, bookmarks and notes",
    key="slash,f12",
    in_footer=True,
    show_key="/",
)
SWITCH_THEME = Command(
    id="switch-theme", title="Theme", help="Switch between dark, light and the colours of your terminal", key="f9"
)
PALETTE = Command(
    id="command-palette",
    title="Commands",
    help="Find a command, a lesson or a lab by typing part of its name",
    key="ctrl+p",
    first=True,
)
QUIT = Command(id="quit", title="Quit", help="Leave; everything is saved already", key="ctrl+q", first=True)
EVERYWHERE = (HELP, GLOSSARY, SEARCH, PALETTE, SWITCH_THEME, QUIT)

BACK = Command(
    id="back",
    title="Back",
    help="Go back to where you came from; nothing is lost",
    key="escape",
    in_footer=True,
    show_key="esc",
)

OPEN = Command(id="open", title="Open", help="Open what is highlighted", key="enter", in_footer=True, show_key="⏎")
OPEN_LAB = Command(id="open-lab", title="Lab", help="Open the lab of the highlighted topic", key="l", in_footer=True)
TEST_YOURSELF = Command(
    id="test-yourself",
    title="Test yourself",
    help="Answer the questions of the highlighted lesson, without the reading",
    key="t",
    in_footer=True,
)
SHARE_COURSE = Command(
    id="share-course",
    title="Share",
    help="All is mastered: write that as text and as a picture into the reports folder, to show it to others",
    key="s",
    in_footer=True,
)
LEAVE = Command(id="leave", title="Quit", help="Leave; everything is saved already", key="q", in_footer=True)
HOME = (OPEN, TEST_YOURSELF, OPEN_LAB, SHARE_COURSE, LEAVE)

READ_ON = Command(
    id="read-on",
    title="Read on",
    help="Read on; at the end of the page, go to the next step",
    key="space",
    in_footer=True,
)
SCREENFUL_ON = Command(
    id="screenful-on", title="Read on", help="Scroll one screenful down", key="space", in_footer=True
)
LINE_DOWN = Command(id="line-down", title="Down", help="Scroll one line down", key="j,down")
LINE_UP = Command(id="line-up", title="Up", help="Scroll one line up", key="k,up")
PAGE_DOWN = Command(id="page-down", title="Page down", help="Scroll one screenful down", key="pagedown")
PAGE_UP = Command(id="page-up", title="Page up", help="Scroll one screenful up", key="pageup")
TO_TOP = Command(id="to-top", title="Top", help="Scroll to the beginning", key="home")
TO_END = Command(id="to-end", title="End", help="Scroll to the end", key="end")
SIDEWAYS = Command(
    id="sideways",
    title="Sideways",
    help="Show the right part of diagrams that are wider than the window, then the left again",
    key="greater_than_sign,less_than_sign",
    in_footer=True,
    show_key=">",
)
SCROLLING = (LINE_DOWN, LINE_UP, PAGE_DOWN, PAGE_UP, TO_TOP, TO_END)

GO_ON = Command(id="go-on", title="Next", help="Go to the next step", key="enter", in_footer=True, show_key="⏎")
DO_LAB = Command(
    id="do-lab", title="Open the lab", help="Begin with the lab of this step", key="enter", in_footer=True, show_key="⏎"
)
FINISH = Command(
    id="finish", title="Done", help="Go back; this one is finished", key="enter", in_footer=True, show_key="⏎"
)
SKIP = Command(
    id="skip",
    title="Skip",
    help="Go to the next step without doing this one",
    key="n,ctrl+n",
    in_footer=True,
)
NEXT_STEP = Command(id="next-step", title="Next", help="Go to the next step", key="n,right,ctrl+n")
PREVIOUS_STEP = Command(
    id="previous-step",
    title="Previous",
    help="Go to the previous step",
    key="p,left,backspace,ctrl+b",
    in_footer=True,
)
PAGING = (READ_ON, SIDEWAYS, FINISH, GO_ON, SKIP, NEXT_STEP, PREVIOUS_STEP)
TERMS = Command(
    id="terms",
    title="Terms",
    help="Say what the words that are marked on this page mean, without leaving it",
    key="t",
    in_footer=True,
)
CONTENTS = Command(id="contents", title="Contents", help="See all steps and jump to one", key="c", in_footer=True)

AGAIN = Command(
    id="again", title="Once more", help="Go through the questions that went wrong once more", key="a", in_footer=True
)

CHECK = Command(id="check", title="Check", help="Check your answer", key="enter", in_footer=True, show_key="⏎")
HINT = Command(id="hint", title="Hint", help="Show one more hint", key="h,f2", in_footer=True)
TRY_AGAIN = Command(id="try-again", title="Try again", help="Answer this question once more", key="r", in_footer=True)
GUESSED = Command(id="guessed", title="A guess", help="See the verdict; it was a guess", key="1", in_footer=True)
UNSURE = Command(
    id="unsure", title="Not sure", help="See the verdict; you were not quite sure", key="2", in_footer=True
)
SURE = Command(id="sure", title="Sure", help="See the verdict; you are sure", key="3", in_footer=True)
REVEAL = Command(
    id="reveal", title="Show me", help="Give up, and see the right answer with its reasons", key="s,f4", in_footer=True
)
JUDGED_RIGHT = Command(
    id="judged-right", title="It is right", help="Your answer says what the model answer says", key="y", in_footer=True
)
JUDGED_WRONG = Command(
    id="judged-wrong",
    title="It is not",
    help="Your answer lacks something, or is wrong",
    key="n",
    in_footer=True,
)
REPORT_QUESTION = Command(
    id="report-question",
    title="Report",
    help="Write down what is wrong with this question, as a file for its author; nothing is sent",
    key="w",
    in_footer=True,
)
QUESTION = (CHECK, HINT, REVEAL, TRY_AGAIN, REPORT_QUESTION, GUESSED, UNSURE, SURE)

TERM_DOWN = Command(id="term-down", title="Next term", help="Go to the next term", key="down")
TERM_UP = Command(id="term-up", title="Previous term", help="Go to the previous term", key="up")
OPEN_LESSON = Command(
    id="open-lesson",
    title="Lesson",
    help="Open the lesson that introduces this term",
    key="enter",
    in_footer=True,
    show_key="⏎",
)
SEE_ALSO = Command(id="see-also", title="See also", help="Go to a related term", key="tab", in_footer=True)
DEFINITION_DOWN = Command(id="definition-down", title="Scroll", help="Scroll the definition down", key="pagedown")
DEFINITION_UP = Command(id="definition-up", title="Scroll back", help="Scroll the definition up", key="pageup")
GLOSSARY_KEYS = (OPEN_LESSON, TERM_DOWN, TERM_UP, SEE_ALSO, DEFINITION_DOWN, DEFINITION_UP)

ROW_UP = Command(id="row-up", title="Up", help="Go one row up", key="up,k")
ROW_DOWN = Command(id="row-down", title="Down", help="Go one row down", key="down,j")
PICK = Command(
    id="pick", title="By number", help="Choose the row with this number", key="1,2,3,4,5,6,7,8,9", show_key="1-9"
)
TICK = Command(
    id="tick",
    title="Tick",
    help="Tick this option, or take the tick back",
    key="space",
    in_footer=True,
)
TAKE = Command(id="take", title="Take", help="Take this item; the arrows then move it", key="space", in_footer=True)
PUT = Command(
    id="put",
    title="Put down",
    help="Put the item down here",
    key="space,enter",
    in_footer=True,
)
ITEM_UP = Command(id="item-up", title="Move up", help="Move this item up", key="K,shift+up")
ITEM_DOWN = Command(id="item-down", title="Move down", help="Move this item down", key="J,shift+down")
SET_ASIDE = Command(
    id="set-aside",
    title="Set aside",
    help="Set this item aside, for it belongs to no place, or take it back",
    key="x,delete",
    in_footer=True,
)
WRITE_ON = Command(
    id="write-on", title="Write", help="Go into the request, and mend it there; esc comes back", key="e", in_footer=True
)
START_OVER = Command(
    id="start-over", title="Start over", help="Put the request back as it was; undo takes that back", key="ctrl+o"
)
TAKE_PARTNER = Command(
    id="take-partner",
    title="Match",
    help="Give this prompt the answer with that number, and go on to the next one without",
    key="1,2,3,4,5,6,7,8,9",
    in_footer=True,
    show_key="1-9",
)
NEXT_PARTNER = Command(id="next-partner", title="Next answer", help="Give this prompt the next answer", key="right")
PREVIOUS_PARTNER = Command(
    id="previous-partner", title="Previous answer", help="Give this prompt the previous answer", key="left"
)
