"""Step 1, Prepare: everything that is agreed before the sitting, as one sheet of lines."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget

from cxworkshop.domain import preparation, roster
from cxworkshop.domain.roster import Grouping
from cxworkshop.domain.session import Privacy, Rules, Session, Step
from cxworkshop.domain.wording import counted
from cxworkshop.tui.acts import Act
from cxworkshop.tui.console.steps.base import Transition, removed
from cxworkshop.tui.console.steps.prepare_rows import PRIVACY_CHOICES, groups, prepare_rows
from cxworkshop.tui.console.steps.roster_acts import RosterActs
from cxworkshop.tui.console.steps.taking_up import TakingUp
from cxworkshop.tui.keymap import with_keys
from cxworkshop.tui.widgets.sheet import Sheet

RuleChange = Callable[[Rules], Rules]


def _no_codes(session: Session) -> str | None:
    if session.rules.privacy is Privacy.ANONYMOUS:
        return None
    return "Codes are for the anonymous mode; this session has a roster."


def _no_roster(session: Session) -> str | None:
    """Why there is no roster to add to, or None."""
    if session.rules.privacy is not Privacy.ANONYMOUS:
        return None
    return with_keys("An anonymous session has no roster; [c:codes.more] draws codes to hand out.")


class PrepareView(RosterActs, TakingUp):
    """The sheet of the sitting: Enter changes a line, n adds where the cursor stands, d removes, m merges."""

    STEP = Step.PREPARE
    TITLE = "Prepare"
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("line.change", ("enter",), "change", "Change the line at the cursor.", priority=5),
        Act("line.add", ("n",), "add", "Add a unit, a level or a person, where the cursor stands.", priority=10),
        Act("line.remove", ("d", "delete"), "remove", "Remove the unit, level or person at the cursor.", priority=20),
        Act("groups.merge", ("m",), "merge", "Make two or more units, or levels, one.", priority=25),
        Act(
            "groups.order",
            ("o",),
            "move up",
            "Move the unit or level at the cursor one up; levels stand most senior first.",
            priority=27,
        ),
        Act(
            "roster.paste",
            ("p",),
            "paste people",
            "Paste or type a list: name, unit, level, one a line.",
            priority=15,
            refusal=_no_roster,
        ),
        Act(
            "roster.file",
            ("f",),
            "people of a file",
            "Take in the people of a CSV file or a workbook: name, unit, level.",
            priority=98,
            refusal=_no_roster,
        ),
        Act(
            "codes.more",
            ("c",),
            "codes",
            "Draw one-use codes to hand out, in the anonymous mode.",
            priority=30,
            refusal=_no_codes,
        ),
    )
    DEFAULT_CSS = """
    PrepareView { overflow-y: hidden; }
    """

    def compose(self) -> ComposeResult:
        """One sheet."""
        yield Sheet(id="sheet")

    def first_focus(self) -> Widget:
        """The sheet."""
        return self.query_one(Sheet)

    def paint(self, session: Session) -> None:
        """Every line anew; the sheet repaints only what differs."""
        self.query_one(Sheet).show(prepare_rows(session, voted=bool(self.ballots_in)))

    @on(Sheet.Chosen)
    def _chosen(self, message: Sheet.Chosen) -> None:
        message.stop()
        kind, _, key = message.row.id.partition(":")
        getattr(self, f"_change_{kind}")(key)

    # The sitting

    def _change_about(self, part: str) -> None:
        about = self.session.about
        values = {"title": about.title, "organisation": about.organisation, "facilitator": about.facilitator}

        def described(text: str) -> Transition:
            return lambda session: redescribed(session, {part: text})

        self.ask(part.capitalize(), values[part], described, f"{part} changed")

    def _change_held(self, _key: str) -> None:
        def described(text: str) -> Transition:
            day = self.read_day(text)
            return lambda session: redescribed(session, {}, day)

        hint = "2027-03-31, 31/3, next friday."
        self.ask(
            "Date of the sitting",
            self.session.about.held.isoformat(),
            described,
            "date changed",
            hint=hint,
            echo=self.say_day,
        )

    # Content

    def _change_agenda(self, _key: str) -> None:
        from cxworkshop.tui.widgets.choosing import Choice, PickDialog  # noqa: PLC0415 (dialogs are loaded when met)

        choices = [
            Choice(agenda.id, agenda.title, counted(len(agenda.self_tests), "self-test"))
            for agenda in self.services.library.agendas()
        ]
        said = "Each agenda brings its self-tests."
        dialog = PickDialog("Agenda", choices, said=said, at=self.session.content.agenda.id)
        self.app.push_screen(dialog, self._take_agenda)

    def _take_agenda(self, agenda: str | None) -> None:
        if agenda is not None:
            library = self.services.library
            self.change("agenda changed", lambda session: preparation.set_content(session, library.content(agenda)))

    def _change_tests(self, _key: str) -> None:
        from cxworkshop.tui.widgets.choosing import ChecklistDialog, Choice  # noqa: PLC0415 (dialogs are loaded when met)

        choices = [
            Choice(listing.id, listing.title, f"{listing.items} items")
            for listing in self.services.library.listings()
            if listing.pack is not None and listing.pack.instrument is not None
        ]
        present = self.session.content.instruments
        listed = {choice.value for choice in choices}
        own = [instrument for instrument in present if instrument.id not in listed]
        choices += [
            Choice(instrument.id, instrument.title, f"{counted(len(instrument.items), 'item')}, of a file")
            for instrument in own
        ]
        dialog = ChecklistDialog("Self-tests", choices, ticked=[instrument.id for instrument in present], fewest=1)
        self.app.push_screen(dialog, lambda ticked: self._take_tests(ticked, {instrument.id for instrument in own}))

    def _take_tests(self, ticked: tuple[str, ...] | None, own: AbstractSet[str]) -> None:
        present = {instrument.id for instrument in self.session.content.instruments}
        if not ticked or set(ticked) == present:
            return
        library, agenda = self.services.library, self.session.content.agenda.id
        listed = tuple(pack for pack in ticked if pack not in own)

        def taken(session: Session) -> Session:
            content = library.content(agenda, listed) if listed else None
            return preparation.set_self_tests(session, content, own & set(ticked))

        self.change("self-tests changed", taken)

    # Rules

    def _change_privacy(self, _key: str) -> None:
        from cxworkshop.tui.widgets.choosing import Choice, PickDialog  # noqa: PLC0415 (dialogs are loaded when met)

        choices = [Choice(mode, name, meaning) for mode, name, meaning in PRIVACY_CHOICES]
        dialog = PickDialog("Privacy, printed on every ballot", choices, at=self.session.rules.privacy)
        self.app.push_screen(dialog, self._take_privacy)

    def _take_privacy(self, mode: Privacy | None) -> None:
        if mode is not None:
            self._set_rules("privacy changed", lambda rules: replace(rules, privacy=mode))

    def _change_rule(self, name: str) -> None:
        rules = self.session.rules
        titles = {
            "minimum_group": ("Smallest group that is shown", f"{rules.minimum_group}", "A number from 5."),
            "consensus_share": (
                "Consensus, in percent in two neighbouring options",
                f"{rules.consensus_share:.0%}",
                "75 %",
            ),
            "votes_again": ("How often may an item be put to the vote again?", f"{rules.votes_again}", "1"),
            "dots": ("Dots each person places on priorities", f"{rules.dots}", "3"),
        }
        title, value, hint = titles[name]

        from cxworkshop.tui.console.steps.reading import read_number  # noqa: PLC0415 (not for the first frame)

        def ruled(text: str) -> Transition:
            return self._ruling(lambda present: with_rule(present, name, read_number(text, 0, 100)))

        self.ask(title, value, ruled, "rule changed", hint=hint)

    def _change_supervised(self, _key: str) -> None:
        self._set_rules("next voter changed", lambda rules: replace(rules, supervised=not rules.supervised))

    def _change_phrase(self, _key: str) -> None:
        from cxworkshop.tui.widgets.typing_dialogs import TextDialog  # noqa: PLC0415 (dialogs are loaded when met)

        said = "It takes the console back after voters had it. Type a few words you will remember; empty sets none."
        self.app.push_screen(TextDialog("Key phrase", said=said, secret=True), self._take_phrase)

    def _take_phrase(self, phrase: str | None) -> None:
        if phrase is not None:
            from cxworkshop.facilitation.key_phrase import hashed  # noqa: PLC0415 (loads a library for hashing)

            stored = hashed(phrase, random=self.services.random)
            self._set_rules("key phrase changed", lambda rules: replace(rules, key_phrase=stored))

    def _ruling(self, change: RuleChange) -> Transition:
        return lambda session: preparation.set_rules(session, change(session.rules), ballots_in=self.ballots_in)

    def _set_rules(self, label: str, change: RuleChange) -> None:
        self.change(label, self._ruling(change))

    # Units, levels, people

    def _change_unit(self, name: str) -> None:
        self._rename("unit", name)

    def _change_level(self, name: str) -> None:
        self._rename("level", name)

    def _change_add(self, what: str) -> None:
        if what == "person":
            self.edit_person("")
        elif what == "codes":
            self.do_codes_more()
        else:
            self._add_group("unit" if what == "unit" else "level")

    def _rename(self, grouping: Grouping, name: str) -> None:
        self.ask(
            f"Name of the {grouping}",
            name,
            lambda text: lambda session: roster.rename_group(session, grouping, name, text, ballots_in=self.ballots_in),
            f"{grouping} renamed",
        )

    def _add_group(self, grouping: Grouping) -> None:
        def added(text: str) -> Transition:
            names = [part.strip() for part in text.split(",")]
            return lambda session: roster.set_groups(
                session, grouping, [*groups(session, grouping), *names], ballots_in=self.ballots_in
            )

        hint = "One, or several with commas between."
        self.ask(f"New {grouping}", "", added, f"{grouping} added", hint=hint, draft=f"new-{grouping}")

    def _change_person(self, person_id: str) -> None:
        self.edit_person(person_id)

    def do_line_change(self) -> None:
        """What Enter does in the sheet."""
        self.query_one(Sheet).action_select()

    def do_line_add(self) -> None:
        """Add to the list in which the cursor stands."""
        row = self.query_one(Sheet).row
        kind, _, key = (row.id if row else "").partition(":")
        if kind in ("unit", "level") or key in ("unit", "level"):
            self._add_group("unit" if "unit" in (kind, key) else "level")
        elif self.session.rules.privacy is Privacy.ANONYMOUS:
            self.do_codes_more()
        else:
            self.edit_person("")

    def do_line_remove(self) -> None:
        """Remove what the cursor stands on."""
        row = self.query_one(Sheet).row
        kind, _, key = (row.id if row else "").partition(":")
        if kind in ("unit", "level"):
            grouping: Grouping = "unit" if kind == "unit" else "level"
            self.change(
                f"{grouping} removed",
                lambda session: roster.set_groups(
                    session,
                    grouping,
                    [name for name in groups(session, grouping) if name != key],
                    ballots_in=self.ballots_in,
                ),
                lambda: self.notify(removed(key)),
            )
        elif kind == "person":
            name = self.session.participants[key].name
            self.change(
                "person removed",
                lambda session: roster.remove_participant(session, key, voted=self.has_voted(key)),
                lambda: self.notify(removed(name)),
            )
        else:
            self.notify("Put the cursor on a unit, a level or a person to remove it.", markup=False)

    def do_groups_order(self) -> None:
        """Move a unit or level one up, the first one to the end."""
        sheet = self.query_one(Sheet)
        kind, _, name = (sheet.row.id if sheet.row else "").partition(":")
        if kind not in ("unit", "level"):
            self.notify("Put the cursor on a unit or a level to move it up.", markup=False)
            return
        grouping: Grouping = "unit" if kind == "unit" else "level"
        self.change(f"{grouping} moved", lambda session: roster.moved_up(session, grouping, name))

    def do_groups_merge(self) -> None:
        """Choose units or levels, then a name for what they become."""
        from cxworkshop.tui.widgets.choosing import ChecklistDialog, Choice  # noqa: PLC0415 (dialogs are loaded when met)

        row = self.query_one(Sheet).row
        grouping: Grouping = "level" if row is not None and row.id.partition(":")[0] == "level" else "unit"
        names = groups(self.session, grouping)
        if len(names) < 2:
            self.notify(f"There are no two {grouping}s to merge; put the cursor among units or levels.", markup=False)
            return
        small = {group.name for group in roster.small_groups(self.session) if group.grouping == grouping}
        dialog = ChecklistDialog(
            f"Merge which {grouping}s?", [Choice(name, name) for name in names], ticked=small, fewest=2
        )
        self.app.push_screen(dialog, lambda chosen: self._merge(grouping, chosen))

    def _merge(self, grouping: Grouping, chosen: tuple[str, ...] | None) -> None:
        if chosen:
            self.ask(
                "What are they called together?",
                " and ".join(chosen),
                lambda text: (
                    lambda session: roster.merge_groups(session, grouping, chosen, text, ballots_in=self.ballots_in)
                ),
                f"{grouping}s merged",
            )


def redescribed(session: Session, texts: Mapping[str, str], held: date | None = None) -> Session:
    """The session with some of title, organisation, facilitator and date changed.

    Raises:
        InvalidName: The title is empty.
    """
    about = session.about
    return preparation.describe(
        session,
        title=texts.get("title", about.title),
        organisation=texts.get("organisation", about.organisation),
        facilitator=texts.get("facilitator", about.facilitator),
        held=held or about.held,
    )


def with_rule(rules: Rules, name: str, number: float) -> Rules:
    """The rules with the number of one of them changed; the consensus share is given in percent."""
    whole = int(number)
    changed = {
        "minimum_group": lambda: replace(rules, minimum_group=whole),
        "consensus_share": lambda: replace(rules, consensus_share=number / 100),
        "votes_again": lambda: replace(rules, votes_again=whole),
        "dots": lambda: replace(rules, dots=whole),
    }
    return changed[name]()
