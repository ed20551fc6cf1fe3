"""A field of one line that says so where a paste does not fit."""

from textual import events
from textual.widgets import Input


class LineField(Input):
    """An `Input` that takes of a long paste what fits, and tells it; Textual's own takes nothing and says nothing."""

    def on_paste(self, event: events.Paste) -> None:
        """Cut a paste that is longer than there is room for."""
        line = next(iter(event.text.splitlines()), "")
        start, end = sorted(self.selection)
        room = (self.max_length or len(line) + len(self.value)) - len(self.value) + (end - start)
        if len(line) <= room:
            return
        event.prevent_default()
        event.stop()
        self.replace(line[:room], start, end)
        self.app.notify(
            f"The paste was longer than fits here: its first {room} of {len(line):,} characters were taken.",
            severity="warning",
        )
