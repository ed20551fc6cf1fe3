"""Keys as somebody wishes them: shown where keys are shown, and refused where they cannot be."""

import ast
import re
from pathlib import Path

import pytest

import cxworkshop.tui
from cxworkshop.domain import rounds
from cxworkshop.domain.session import Live, Step
from cxworkshop.tui.acts import Act, key_text
from cxworkshop.tui.console.app import ConsoleApp
from cxworkshop.tui.every_act import every_act, places
from cxworkshop.tui.keymap import NAMED_KEY, Keymap, UnusableKeys, keymap_of
from cxworkshop.tui.looks import Looks
from tui.driving import NARROW, WIDE, now, press, shown, told
from tui.sessions import prepared, services, stored, vote


def test_without_wishes_every_act_has_its_usual_keys() -> None:
    assert not keymap_of({}).changes
    acts = tuple(act for _, act in every_act())
    assert Keymap().keyed(acts) == acts


def test_the_usual_keys_themselves_clash_nowhere() -> None:
    usual = {act.id: act.keys for _, act in every_act()}
    assert set(keymap_of(usual).changes) == set(usual)


def test_every_place_lists_acts_with_a_sentence() -> None:
    assert all(place.acts and all(isinstance(act, Act) for act in place.acts) for place in places())


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        ({"timer.togle": ("f5",)}, "timer.toggle"),
        ({"no such thing at all": ("f5",)}, "cxworkshop keys"),
        ({"timer.toggle": ()}, "no key"),
        ({"timer.toggle": ("ctrl+h",)}, "sends it as itself"),
        ({"timer.toggle": ("alt+t",)}, "sends it as itself"),
        ({"timer.toggle": ("f12",)}, "sends it as itself"),
        ({"timer.toggle": ("\x1b",)}, "sends it as itself"),
        ({"timer.toggle": ("3",)}, "everywhere"),
        ({"timer.toggle": ("enter",)}, "everywhere"),
        ({"timer.toggle": ("ctrl+q",)}, "everywhere"),
        ({"step.next": ("x",)}, "while people type"),
        ({"timer.toggle": ("u",)}, "“app.undo”"),
        ({"timer.toggle": ("f5",), "app.undo": ("f5",)}, "“F5” would be the key"),
        ({"round.open": ("t",)}, "Self-test"),
    ],
)
def test_wishes_that_cannot_be_are_refused_in_a_sentence(wishes: dict[str, tuple[str, ...]], said: str) -> None:
    with pytest.raises(UnusableKeys) as refused:
        keymap_of(wishes)
    assert said in str(refused.value)
    assert str(refused.value).endswith((".", "?"))


def test_two_acts_may_change_their_keys_with_each_other() -> None:
    keymap = keymap_of({"timer.toggle": ("u",), "app.undo": ("t",)})
    assert keymap.for_textual == {"timer.toggle": "u", "app.undo": "t"}


async def test_changed_keys_work_and_are_shown_on_line_palette_and_help(tmp_path: Path) -> None:
    wishes = {"step.next": ("f8",), "app.help": ("slash",), "screen.blank": ("f9", "z"), "step.go": ("t",)}
    keys = keymap_of({**wishes, "timer.toggle": ("g",)})
    app = ConsoleApp(services(tmp_path), stored(tmp_path), Looks(keys=keys))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        line = shown(app).splitlines()[-1]
        assert "F8 next step" in line
        assert "/ help" in line
        assert "g timer" in line
        await press(pilot, "b", "pagedown")
        assert not now(app).live.blank
        assert now(app).live.step is Step.PREPARE
        await press(pilot, "z")
        assert now(app).live.blank
        await press(pilot, "f9")
        assert not now(app).live.blank
        await press(pilot, "f8")
        assert now(app).live.step is Step.WELCOME
        await press(pilot, "slash")
        assert "F9 z" in shown(app)
        await press(pilot, "escape", "t")
        assert "Go to which step?" in shown(app)
        await press(pilot, "escape", "ctrl+p")
        await app.workers.wait_for_complete()
        await press(pilot, *"blank")
        assert "Blank (F9)" in shown(app)


async def test_a_letter_that_is_a_key_now_can_still_be_typed(tmp_path: Path) -> None:
    keys = keymap_of({"screen.blank": ("z",)})
    app = ConsoleApp(services(tmp_path), stored(tmp_path), Looks(keys=keys))
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "enter", *"zz")
        assert "zz" in shown(app)
        assert not now(app).live.blank


async def test_sentences_name_the_changed_keys(tmp_path: Path) -> None:
    keys = keymap_of({"round.close": ("f6",), "step.next": ("f8",), "app.undo": ("f7",)})
    store = stored(tmp_path, rounds.open_first_round(prepared(live=Live(Step.SELF_TEST))))
    app = ConsoleApp(services(tmp_path), store, Looks(keys=keys))
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.pause()
        for person in store.session.participants:
            vote(store, person, q1=1)
        app.console_screen.poll()
        await pilot.pause()
        assert "F6 closes the vote, then F8 and r" in shown(app)
        await press(pilot, "f6")
        assert told(app) == ["The vote is closed. F8 goes on to the reveal; F7 opens it again."]
        await press(pilot, "f7")
        assert now(app).open_round is not None


def test_the_keys_named_in_sentences_are_the_usual_ones_of_their_acts() -> None:
    usual = {act.id: {key_text(key) for key in act.keys} for _, act in every_act()}
    named = [(match[2], match[1]) for sentence in _sentences() for match in NAMED_KEY.finditer(sentence)]
    assert len(named) > 60
    assert [(act, key) for act, key in named if key not in usual.get(act, ())] == []


def test_no_sentence_names_a_key_without_its_act() -> None:
    named = re.compile(r"(?<![\w’'+-])(?:[b-zA-Z]|PgUp|PgDn|F\d+) [a-z]{2,}s\b")
    fixed = ["Throw this ballot away? Nothing of it was sent. y throws it away, n keeps it."]
    assert [sentence for sentence in _sentences() if named.search(NAMED_KEY.sub("", sentence))] == fixed


def _sentences() -> list[str]:
    """Every string of the screens that is no docstring."""
    found = []
    for path in sorted(Path(cxworkshop.tui.__file__).parent.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        apart = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        found += [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart
        ]
    return found
