"""Keys as their user wants them: acts of the registry under other keys, by id."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from types import MappingProxyType

from textual._context import active_app

from cxworkshop.domain.errors import CxWorkshopError
from cxworkshop.tui.acts import Act, is_safe_key, key_text

_FIXED = frozenset(
    {
        *"0123456789jk",
        *("enter", "escape", "tab", "backspace", "delete", "space", "home", "end"),
        *("up", "down", "left", "right", "pageup", "pagedown"),
        *("ctrl+c", "ctrl+p", "ctrl+q"),
    }
)
"""Keys that choose, move, confirm and lead out everywhere; only the acts that usually have them may."""


NAMED_KEY = re.compile(r"\[([^\s\[\]:]+):([a-z]+\.[a-z_]+)\]")
"""A key in a sentence: the usual one as printed on a keyboard, and the id of its act."""


class UnusableKeys(CxWorkshopError):
    """The keys that somebody wishes cannot be used together."""


@dataclass(frozen=True, slots=True)
class Keymap:
    """The acts whose keys were changed, by id, with Textual's names of their keys."""

    changes: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def keyed(self, acts: Iterable[Act]) -> tuple[Act, ...]:
        """The acts with the keys by which they are done."""
        return tuple(replace(act, keys=self.changes[act.id]) if act.id in self.changes else act for act in acts)

    @property
    def for_textual(self) -> dict[str, str]:
        """The same in Textual's form."""
        return {act_id: ",".join(keys) for act_id, keys in self.changes.items()}


def with_keys(sentence: str) -> str:
    """A sentence that names keys, with those by which its reader does the acts.

    Args:
        sentence: Names an act by its usual key and its id, as in `[u:app.undo] takes it back`. Outside of an
            application, and where the key was not changed, the usual one is said. Words of users are put beside the
            sentence, not into it.
    """
    looks = getattr(active_app.get(None), "looks", None)
    changes: Mapping[str, tuple[str, ...]] = looks.keys.changes if looks is not None else {}
    return NAMED_KEY.sub(lambda named: key_text(changes[named[2]][0]) if named[2] in changes else named[1], sentence)


def keymap_of(wishes: Mapping[str, tuple[str, ...]]) -> Keymap:
    """The keymap of somebody's wishes; see `cxworkshop keys` for the acts and their usual keys.

    Args:
        wishes: Keys by the id of an act. A key may be given as Textual names it, or as one sign: `?` for question_mark.

    Raises:
        UnusableKeys: There is no such act, a key is not sent as itself by every terminal or has another use
            everywhere, or two acts that can be met together would have the same key.
    """
    if not wishes:
        return Keymap()
    from cxworkshop.tui.every_act import every_act, places  # noqa: PLC0415 (loads every screen; few change keys)

    acts = {act.id: act for _, act in every_act()}
    changes = {act_id: tuple(map(_named, keys)) for act_id, keys in wishes.items()}
    for act_id, keys in changes.items():
        if act_id not in acts:
            near = get_close_matches(act_id, acts, n=1)
            meant = f" Did you mean “{near[0]}”?" if near else " “cxworkshop keys” lists them all."
            raise UnusableKeys(f"There is no act “{act_id}”.{meant}")
        if not keys:
            raise UnusableKeys(f"“{act_id}” has no key; give it one, or take its line out.")
        for key in keys:
            _allow(acts[act_id], key)
    keymap = Keymap(MappingProxyType(changes))
    for place in places():
        _refuse_clashes(place.name, keymap.keyed(place.acts))
    return keymap


def _named(key: str) -> str:
    """A key by Textual's name, where somebody wrote the sign on it."""
    signs = {key_text(name): name for name in ("question_mark", "plus", "minus", "slash", "full_stop", "comma")}
    return signs.get(key, key)


def _allow(act: Act, key: str) -> None:
    if not is_safe_key(key):
        raise UnusableKeys(
            f"“{key}” cannot be the key of “{act.id}”: not every terminal sends it as itself. "
            "Safe are letters, digits, f1 to f10, signs such as plus, minus and slash, and ctrl+ with a letter other "
            "than h, i, m."
        )
    if key in _FIXED and key not in act.keys:
        raise UnusableKeys(
            f"“{key}” cannot be the key of “{act.id}”: it chooses, moves, confirms or leads out everywhere. "
            "Take another."
        )
    if act.before_fields and len(key) == 1:
        raise UnusableKeys(
            f"“{key}” cannot be the key of “{act.id}”: it works while people type too, so it must not be a letter. "
            "Take a function key, or ctrl+ with a letter."
        )


def _refuse_clashes(place: str, acts: tuple[Act, ...]) -> None:
    taken: dict[str, str] = {}
    for act in acts:
        for key in act.keys:
            other = taken.setdefault(key, act.id)
            if other != act.id:
                raise UnusableKeys(
                    f"“{key_text(key)}” would be the key of “{other}” and of “{act.id}” ({place}). "
                    "Give one of them another."
                )
