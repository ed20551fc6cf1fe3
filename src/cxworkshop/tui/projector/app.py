"""The projector as an application."""

from textual.screen import Screen

from cxworkshop.facilitation.ports import Services, SessionStore
from cxworkshop.tui.app import CxApp, run_app
from cxworkshop.tui.looks import USUAL, Looks
from cxworkshop.tui.projector.screen import ProjectorScreen
from cxworkshop.tui.themes import PROJECTOR


class ProjectorApp(CxApp[None]):
    """What the room sees of one session; it changes nothing and follows the console."""

    TITLE = "cxworkshop screen"
    ENABLE_COMMAND_PALETTE = False

    USUAL_THEME = PROJECTOR

    def __init__(self, services: Services, store: SessionStore, looks: Looks = USUAL) -> None:
        super().__init__(services, looks)
        self._projector = ProjectorScreen(services, store)

    def get_default_screen(self) -> Screen[None]:
        """What the room sees is the only screen below dialogs."""
        return self._projector

    async def action_quit(self) -> None:
        """Leave, after a question: a key pressed by mistake must not take the picture from the room."""
        from cxworkshop.tui.widgets.choosing import ConfirmDialog  # noqa: PLC0415 (met at the end only)

        if isinstance(self.screen, ConfirmDialog):
            return
        self.push_screen(
            ConfirmDialog(
                "Leave the projector?",
                "The session goes on without it; “cxworkshop screen” shows it again.",
                yes="Leave",
            ),
            lambda sure: self.exit() if sure else None,
        )


def run_projector(services: Services, store: SessionStore, looks: Looks = USUAL) -> int:
    """Run the projector until somebody leaves it.

    Returns:
        The exit code: 0, or 1 after a fault of the program.
    """
    return run_app(ProjectorApp(services, store, looks))[1]
