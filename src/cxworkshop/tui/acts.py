"""The registry of acts: everything a person can do with a key, said once.

An `Act` names a key, a label and a sentence; key bindings, the key line, the command palette and the help screen are
all made from it, so they cannot drift apart. A step view lists its acts in `StepView.ACTS`; what works everywhere in
the console stands in `cxworkshop.tui.console.common_acts`. An act that cannot be done now stays visible and says why
when its key is pressed.
"""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace

from textual.binding import Binding, BindingType

from cxworkshop.domain.session import Session, Step

FOOTER_ACTS = 6
"""The most acts the key line of a narrow window shows, the next step and help included."""

WIDE_FOOTER_ACTS = 40
"""The same for a wide window: more than there is room for, so that it shows as many as fit."""

END_ACTS = ("step.next", "app.commands", "app.help")
"""Ids of the acts at the right end of the key line, which never give way to others."""

_WIDE_ONLY = "app.commands"
"""The one of them that a narrow window leaves out."""

_NAMED_KEYS = {
    "question_mark": "?",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "backspace": "Backspace",
    "delete": "Del",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
    "plus": "+",
    "minus": "-",
    "slash": "/",
    "full_stop": ".",
    "comma": ",",
}

_UNSAFE_CONTROL = frozenset("him")
"""Letters whose control key a terminal sends as backspace, tab and return."""


def always(session: Session) -> str | None:
    """An act that can always be done."""
    del session
    return None


@dataclass(frozen=True, slots=True)
class Act:
    """Something a person can do.

    `id` is dotted, thing first (`round.close`); the method that does it is `do_round_close` on the step view or the
    screen. `keys` are Textual's names of keys, the one to show first.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    """A few words for the key line, at most 16 characters."""
    tooltip: str
    """One sentence for palette and help."""
    group: str = "This step"
    """Heading in the help screen."""
    steps: tuple[Step, ...] = ()
    """Where it applies; empty means everywhere in the console."""
    priority: int = 50
    """Place in the key line, lowest first; only the first few are shown there, all are in help and palette."""
    refusal: Callable[[Session], str | None] = always
    """Why it cannot be done now, in a sentence, or None where it can."""
    before_fields: bool = False
    """Its key works whatever has the focus, but for text fields."""
    family: str = ""
    """Label of the one entry that it shares on the key line with the other acts of that family; empty for its own."""

    @property
    def handler(self) -> str:
        """Name of the method that does it."""
        return "do_" + self.id.replace(".", "_").replace("-", "_")

    @property
    def key_text(self) -> str:
        """The first key as printed on a keyboard."""
        return key_text(self.keys[0])

    def applies(self, step: Step | None) -> bool:
        """Whether it can be met at a step at all."""
        return not self.steps or step in self.steps

    def binding(self) -> Binding:
        """The binding of its keys, calling `act(id)` on the node that holds it."""
        return Binding(
            ",".join(self.keys),
            f"act('{self.id}')",
            self.label,
            key_display=self.key_text,
            priority=self.before_fields,
            tooltip=self.tooltip,
            id=self.id,
        )


def key_text(key: str) -> str:
    """A key of Textual's as printed on a keyboard: `pagedown` is PgDn, `ctrl+p` is ^p, `f1` is F1; `v/h` stays."""
    if key.startswith("ctrl+"):
        return "^" + key_text(key.removeprefix("ctrl+"))
    if key.startswith("shift+"):
        return "Shift+" + key_text(key.removeprefix("shift+"))
    if key in _NAMED_KEYS:
        return _NAMED_KEYS[key]
    return key.upper() if len(key) > 1 and "/" not in key else key


def is_safe_key(key: str) -> bool:
    """Whether every terminal sends a key as itself.

    Safe are letters, digits, F1 to F10, space, enter, escape, arrows, paging, editing keys, a few signs and plain
    control with a letter, but for control with h, i and m.
    """
    if key.startswith("ctrl+"):
        letter = key.removeprefix("ctrl+")
        return len(letter) == 1 and letter.isascii() and letter.islower() and letter not in _UNSAFE_CONTROL
    if key.startswith("f") and key[1:].isdigit():
        return 1 <= int(key[1:]) <= 10
    return key in _NAMED_KEYS or (len(key) == 1 and key.isascii() and key.isalnum())


def bindings_of(acts: Iterable[Act]) -> list[BindingType]:
    """The bindings of several acts."""
    return [act.binding() for act in acts]


def key_line(
    acts: Iterable[Act], step: Step | None, room: int = FOOTER_ACTS, refused: Container[str] = ()
) -> tuple[Act, ...]:
    """The entries the key line shows at a step: at most `room`, the first by priority, those refused now last.

    Acts of a family share an entry. The next step, where there is one, and help are always the last ones; in a wide
    window the palette stands between them.
    """
    met = sorted((act for act in acts if act.applies(step)), key=lambda act: (act.id in refused, act.priority))
    ending = [act for key in END_ACTS for act in met if act.id == key and key not in refused]
    if room <= FOOTER_ACTS:
        ending = [act for act in ending if act.id != _WIDE_ONLY]
    others = _by_family([act for act in met if act.id not in END_ACTS])
    return (*others[: room - len(ending)], *ending)


def _by_family(acts: Sequence[Act]) -> list[Act]:
    """The acts with one entry for each family, at the place of its first member, which a click on it does."""
    families: dict[str, list[Act]] = {}
    for act in acts:
        families.setdefault(act.family or act.id, []).append(act)
    return [_shared(members) if members[0].family else members[0] for members in families.values()]


def _shared(members: Sequence[Act]) -> Act:
    """One entry for several acts: `v/h vote again`, `1-5 views`."""
    keys = [act.key_text for act in members]
    in_row = len(keys) > 2 and all(key.isdigit() for key in keys)
    text = f"{min(keys)}-{max(keys)}" if in_row else "/".join(keys)
    return replace(members[0], keys=(text,), label=members[0].family)


def grouped(acts: Iterable[Act]) -> tuple[tuple[str, tuple[Act, ...]], ...]:
    """Acts under their headings, in the order in which the headings are first met."""
    groups: dict[str, list[Act]] = {}
    for act in acts:
        groups.setdefault(act.group, []).append(act)
    return tuple((name, tuple(members)) for name, members in groups.items())


def find_act(acts: Sequence[Act], act_id: str) -> Act:
    """The act of an id.

    Raises:
        KeyError: There is none.
    """
    for act in acts:
        if act.id == act_id:
            return act
    raise KeyError(act_id)
