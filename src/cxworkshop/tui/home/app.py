"""The home screen as an application: it ends with what its user wants to do."""

from cxworkshop.facilitation.ports import Services
from cxworkshop.tui.app import CxApp, run_app
from cxworkshop.tui.home.choice import HomeChoice
from cxworkshop.tui.home.screen import HomeScreen


class HomeApp(CxApp[HomeChoice]):
    """Lists sessions; gives a choice, or None where nothing is to be done."""

    TITLE = "cxworkshop"

    def get_default_screen(self) -> HomeScreen:
        """The list is the only screen below dialogs."""
        return HomeScreen(self.services)


def run_home(services: Services) -> tuple[HomeChoice | None, int]:
    """Run the home screen.

    Returns:
        What was chosen, or None to end; and the exit code.
    """
    return run_app(HomeApp(services))
