"""What the command palette finds: every act of the screen, in the console those of the present step first."""

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from cxworkshop.tui.acts import Act


class ScreenOfActs(Protocol):
    """A screen whose acts the palette offers."""

    @property
    def all_acts(self) -> tuple[Act, ...]:
        """Everything that can be done there."""
        ...

    def do(self, act_id: str) -> Any:
        """Do an act, or say why it cannot be done now."""
        ...


class ActProvider(Provider):
    """Finds acts by their label and their sentence."""

    async def discover(self) -> Hits:
        """Every act, before anything is typed."""
        for act in self._acting.all_acts:
            yield DiscoveryHit(Content(_title(act)), self._doing(act), text=_title(act), help=act.tooltip)

    async def search(self, query: str) -> Hits:
        """The acts that answer to what was typed."""
        matcher = self.matcher(query)
        for act in self._acting.all_acts:
            title = _title(act)
            score = max(matcher.match(title), matcher.match(act.tooltip) * 0.8)
            if score > 0:
                yield Hit(score, matcher.highlight(title), self._doing(act), text=title, help=act.tooltip)

    @property
    def _acting(self) -> ScreenOfActs:
        return cast("ScreenOfActs", self.screen)

    def _doing(self, act: Act) -> Callable[[], Any]:
        return partial(self._acting.do, act.id)


def _title(act: Act) -> str:
    return f"{act.label[:1].upper()}{act.label[1:]} ({act.key_text})"
