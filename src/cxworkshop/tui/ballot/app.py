"""A shared voting terminal as an application."""

from textual.screen import Screen

from cxworkshop.facilitation.ports import Services, SessionStore
from cxworkshop.tui.app import CxApp, run_app
from cxworkshop.tui.ballot.hand_over import HandOverScreen
from cxworkshop.tui.looks import USUAL, Looks


class VoteApp(CxApp[None]):
    """One ballot after the other, until the facilitator takes the terminal back."""

    TITLE = "cxworkshop vote"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, services: Services, store: SessionStore, looks: Looks = USUAL) -> None:
        super().__init__(services, looks)
        self._hand_over = HandOverScreen(services, store)

    def get_default_screen(self) -> Screen[None]:
        """The neutral page is the only screen below ballots and dialogs."""
        return self._hand_over

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Ctrl+Q is answered here, though voters have the keyboard: it asks for the facilitator."""
        return True if action == "quit" else super().check_action(action, parameters)

    async def action_quit(self) -> None:
        """Ask for the facilitator; from within a ballot nothing leads out but the ballot's own keys."""
        if self.screen is self._hand_over:
            self._hand_over.action_act("terminal.release")


def run_vote(services: Services, store: SessionStore, looks: Looks = USUAL) -> int:
    """Run a voting terminal until its facilitator ends it.

    Returns:
        The exit code: 0, or 1 after a fault of the program.
    """
    return run_app(VoteApp(services, store, looks))[1]
