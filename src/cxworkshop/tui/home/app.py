"""The home screen as an application, and the way from it to the console and back."""

from cxworkshop.facilitation.ports import Services, SessionStore
from cxworkshop.tui.app import CxApp
from cxworkshop.tui.home.screen import HomeScreen
from cxworkshop.tui.looks import USUAL, Looks


class HomeApp(CxApp[SessionStore]):
    """Lists sessions; gives the session that was opened, made or practised on, or None to end."""

    TITLE = "cxworkshop"

    def get_default_screen(self) -> HomeScreen:
        """The list is the only screen below dialogs."""
        return HomeScreen(self.services)


def run_home(services: Services, looks: Looks = USUAL) -> int:
    """Show the home screen, run the console on what is chosen, and come back, until its user leaves.

    Returns:
        The exit code: 0, or 1 after a fault of the program.
    """
    while True:
        home = HomeApp(services, looks)
        store = home.run()
        if store is None or home.return_code:
            return home.return_code or 0
        from cxworkshop.tui.console.app import run_console  # noqa: PLC0415 (home opens faster without it)

        try:
            code = run_console(services, store, looks)
        finally:
            store.close()
        if code:
            return code
