"""The people of step 1: typed one by one, pasted, out of a file, or as codes to hand out."""

from collections.abc import Callable, Sequence

from cxworkshop.domain import roster
from cxworkshop.domain.session import Privacy, Session
from cxworkshop.domain.wording import groups_taken_in_words
from cxworkshop.tui.app import refusal_of
from cxworkshop.tui.console.steps.base import StepView, Transition
from cxworkshop.tui.keymap import with_keys

_MOST_CODES = 300

_LONG_TOLD = 12
"""Seconds for which it is told what was declared."""


class RosterActs(StepView):
    """Does what the acts on people name."""

    def edit_person(self, person_id: str) -> None:
        """The form of somebody on the roster; an empty id is somebody new."""
        from cxworkshop.facilitation.preparing import Person, with_people  # noqa: PLC0415 (not for the first frame)
        from cxworkshop.tui.widgets.typing_dialogs import Field, FormDialog  # noqa: PLC0415 (dialogs are loaded when met)

        session = self.session
        person = session.participants.get(person_id)
        fields = [
            Field("name", "Name", person.name if person else ""),
            Field("unit", "Unit", person.unit if person else "", " · ".join(session.units), session.units),
            Field("level", "Level", person.level if person else "", " · ".join(session.levels), session.levels),
        ]

        def changed(typed: dict[str, str]) -> Transition:
            if person is None:
                new = Person(typed["name"], typed["unit"], typed["level"])
                return lambda now: with_people(now, [new], random=self.services.random)
            return lambda now: roster.change_participant(
                now,
                person.id,
                typed["name"],
                typed["unit"],
                typed["level"],
                voted=self.has_voted(person.id),
                seen=person,
            )

        def take(typed: dict[str, str] | None) -> None:
            if typed is not None:
                self.change("person changed" if person else "person added", changed(typed))

        dialog = FormDialog(
            "Person" if person else "New person",
            fields,
            draft="" if person else "new-person",
            check=lambda typed: refusal_of(lambda: changed(dict(typed))(self.session)),
        )
        self.app.push_screen(dialog, take)

    def do_roster_paste(self) -> None:
        """People from a list, all or none."""
        if self._nameless():
            return

        def added(text: str) -> Transition:
            return self._with_people(self.services.files.roster_lines(text))

        said = with_keys(
            "One person a line: name, unit, level, with commas, semicolons or tabs between them. "
            "[f:roster.file] takes in a file."
        )
        self.ask_note("People", "", added, "people added", said=said, draft="people", then=self._telling_groups())

    def do_roster_file(self) -> None:
        """People from a file, all or none."""
        if self._nameless():
            return
        from cxworkshop.tui.widgets.paths import PathSuggester  # noqa: PLC0415 (dialogs are loaded when met)
        from cxworkshop.tui.widgets.typing_dialogs import TextDialog  # noqa: PLC0415 (as above)

        read: list[Transition] = []

        def tried(typed: str) -> None:
            # What was read and found right is what is taken, though the file may be another a moment later.
            read[:] = [self._with_people(self.services.files.roster(typed))]
            read[0](self.session)

        dialog = TextDialog(
            "People from which file?",
            said="A CSV file or a workbook with a column for the name, and if you like for unit and level.",
            hint="A path; → takes what is offered. A file can be dropped into the window.",
            suggestions=PathSuggester(),
            draft="roster-file",
            check=lambda typed: refusal_of(lambda: tried(typed)),
        )
        told = self._telling_groups()
        self.app.push_screen(
            dialog, lambda typed: None if typed is None else self.change("people added", read[0], told)
        )

    def _nameless(self) -> bool:
        """Whether there is no roster to add to, which is told."""
        if self.session.rules.privacy is not Privacy.ANONYMOUS:
            return False
        self.notify(
            with_keys("An anonymous session has no roster; [c:codes.more] draws codes to hand out."), markup=False
        )
        return True

    def _with_people(self, people: Sequence[tuple[str, str, str]]) -> Transition:
        from cxworkshop.facilitation.preparing import (  # noqa: PLC0415 (not for the first frame)
            Person,
            with_people,
            with_roster,
        )

        found = [Person(*person) for person in people]

        def added(session: Session) -> Session:
            # Groups stay as they are once ballots are in.
            taking = with_people if self.ballots_in else with_roster
            return taking(session, found, random=self.services.random)

        return added

    def _telling_groups(self) -> Callable[[], None]:
        """Tells, once people were taken in, which units and levels were declared with them."""
        before = self.session

        def tell() -> None:
            now = self.store_for_voting.session
            new = (now.units if not before.units else (), now.levels if not before.levels else ())
            if said := groups_taken_in_words(*new, "the roster"):
                self.notify(" ".join(said), timeout=_LONG_TOLD, markup=False)

        return tell

    def do_codes_more(self) -> None:
        """So many more codes."""
        from cxworkshop.facilitation.preparing import with_codes  # noqa: PLC0415 (not for the first frame)
        from cxworkshop.tui.console.steps.reading import read_number  # noqa: PLC0415 (as above)

        def drawn(text: str) -> Transition:
            count = int(read_number(text, 1, _MOST_CODES))
            return lambda session: with_codes(session, count, random=self.services.random)

        self.ask("How many more codes?", "12", drawn, "codes drawn", hint="One a head, and two or three to spare.")

    def has_voted(self, person_id: str) -> bool:
        """Whether somebody has voted in any round."""
        return any(self.box.has_voted(held.key, person_id) for held in self.session.rounds)
