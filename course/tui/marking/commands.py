"""The commands of bookmarks and notes, each defined once. Where a letter means something else, as in labs, and where it
is typed, as in the glossary, the function key does the same."""

from __future__ import annotations

from course.tui.commands import Command

MARK = Command(
    id="mark", title="Bookmark", help="Put a bookmark on what is on the screen, or take it away", key="b,f10"
)
NOTE = Command(id="note", title="Note", help="Write a note about what is on the screen", key="m,f11")
MARKING = (MARK, NOTE)
KEEP_NOTE = Command(
    id="keep-note", title="Keep it", help="Keep the note and go back", key="escape", in_footer=True, show_key="esc"
)
