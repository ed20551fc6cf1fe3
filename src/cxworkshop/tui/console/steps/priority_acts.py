"""The upper part of step 7: candidates, votes on them, and which of them become priorities."""

from collections.abc import Mapping

from cxworkshop.domain import priorities, rounds
from cxworkshop.domain.ballots import Tally
from cxworkshop.domain.promises import few_ballots_in_words
from cxworkshop.domain.published import ratings_of
from cxworkshop.domain.ratings import DIMENSIONS, rating_id
from cxworkshop.domain.session import Candidate
from cxworkshop.domain.wording import counted
from cxworkshop.facilitation.acts import apply
from cxworkshop.facilitation.ids import new_id
from cxworkshop.facilitation.ports import SessionStore
from cxworkshop.facilitation.revealing import close_round, drop_round, reveal_round
from cxworkshop.tui.app import refusal_of
from cxworkshop.tui.console.steps.base import Transition
from cxworkshop.tui.console.steps.plan_rows import candidate_of
from cxworkshop.tui.console.steps.plan_sheet import PlanSheet
from cxworkshop.tui.console.steps.reading import doubted_once, read_hands, read_number
from cxworkshop.tui.console.steps.voting_acts import VotingActs, missing_in_words
from cxworkshop.tui.keymap import with_keys
from cxworkshop.tui.widgets.sheet import Sheet

_MOST_HANDS = 10_000


class PriorityActs(VotingActs, PlanSheet):
    """Does what the acts on candidates and votes name."""

    def do_candidate_propose(self) -> None:
        """Take in what the session itself puts forward."""
        result = self.result(self.session)
        if result is None:
            self.notify(
                with_keys(
                    "Candidates come from round 1, which has not been revealed; [a:candidate.add] adds one of your own."
                )
            )
            return
        if not priorities.proposed(self.session, result):
            self.notify("Everything the session could put forward is on the list.")
            return
        self.change(
            "candidates put forward",
            lambda session: priorities.add_candidates(session, priorities.proposed(session, result)),
        )

    def do_candidate_add(self) -> None:
        """One of the room's own."""

        def added(text: str) -> Transition:
            made = Candidate(new_id(self.services.random), text, "own")
            return lambda session: priorities.add_candidates(session, [made])

        self.ask("What else could be worked on?", "", added, "candidate added", draft="candidate")

    def do_candidate_choose(self) -> None:
        """Make it a priority, or no longer one."""
        candidate = candidate_of(self.session, self.line)
        if candidate is None:
            self.notify("Put the cursor on a candidate to choose it.")
            return
        chosen = not candidate.chosen
        label = "priority chosen" if chosen else "priority taken back"
        self.change(label, lambda session: priorities.choose(session, candidate.id, chosen=chosen))

    def do_dots_open(self) -> None:
        """Everybody places dots, on ballots."""
        self.call(
            lambda store: apply(store, rounds.open_dots),
            done=with_keys(
                f"Each person places {self.session.rules.dots} dots, on any voting terminal; "
                "[h:ballot.hand_over] hands this one over."
            ),
            undo=("the vote by dots opened", drop_round),
        )

    def do_ratings_open(self) -> None:
        """Everybody rates impact and effort, on ballots."""
        self.call(
            lambda store: apply(store, rounds.open_ratings),
            done=with_keys(
                "Each person rates every candidate twice, on any voting terminal; [h:ballot.hand_over] hands this over."
            ),
            undo=("the rating opened", drop_round),
        )

    def do_vote_close(self) -> None:
        """Close and show at once: these votes are a choice, not an opinion to be talked about first."""
        from cxworkshop.tui.widgets.choosing import ConfirmDialog  # noqa: PLC0415 (met rarely)

        held = self.session.rounds[-1]
        count = self.box.count(held.key)
        if not count:
            self.take_vote_back()
            return
        missing = self.missing(held)
        absent = f", {len(missing)} of {len(missing) + count} missing" if missing else ""
        what = "vote by dots" if held.kind == "dots" else "rating"
        question = f"Close the {what} and show it? {counted(count, 'ballot is', 'ballots are')} in{absent}."
        few = few_ballots_in_words(self.session.rules, count)
        said = (few, missing_in_words(missing), "The ballots are sealed, which cannot be undone.")
        detail = " ".join(filter(None, said))
        dialog = ConfirmDialog(question, detail, yes="Close and show")
        self.app.push_screen(dialog, lambda yes: self._close_and_show() if yes else None)

    def _close_and_show(self) -> None:
        """Show the vote, with the cursor on what came first."""
        self.call(_close_and_reveal, final=True, then=lambda _: self.query_one(Sheet).put_cursor("candidate:"))

    def do_dots_hands(self) -> None:
        """Dots counted from a wall, one number a candidate."""
        from cxworkshop.tui.widgets.typing_dialogs import Field, FormDialog  # noqa: PLC0415

        # Ids of candidates may hold characters that ids of widgets must not.
        listed = self._as_listed()
        asked = {f"dots-{place}": candidate for place, candidate in listed}
        fields = [Field(f"dots-{place}", f"{place} {candidate.title}", "0") for place, candidate in listed]

        def recorded(typed: Mapping[str, str]) -> Transition:
            dots = {asked[key].id: int(read_number(text or "0", 0, _MOST_HANDS)) for key, text in typed.items()}
            return lambda session: rounds.record_dots(session, dots)

        doubt = doubted_once(self._more_dots_than_placed)
        dialog = FormDialog(
            "Dots counted from the wall",
            fields,
            draft="dots-counted",
            check=lambda typed: refusal_of(lambda: recorded(typed)(self.session)) or doubt(typed),
        )
        self.app.push_screen(dialog, lambda typed: self.change("dots keyed in", recorded(typed)) if typed else None)

    def _more_dots_than_placed(self, typed: Mapping[str, str]) -> str | None:
        """That more dots were counted than everybody on the roster has; None where it is not so, or nobody is on it."""
        dots = sum(int(read_number(text or "0", 0, _MOST_HANDS)) for text in typed.values())
        people, each = len(self.session.participants), self.session.rules.dots
        if not people or dots <= people * each:
            return None
        return f"That is {counted(dots, 'dot')}, and {counted(people, 'person has', 'people have')} {each} each."

    def _as_listed(self) -> list[tuple[int, Candidate]]:
        """The candidates by their numbers on the ballot, in the order of the list that the room reads."""
        lines = {row.id: place for place, row in enumerate(self.query_one(Sheet).rows)}
        numbered = enumerate(self.session.candidates.values(), 1)
        return sorted(numbered, key=lambda each: lines.get(f"candidate:{each[1].id}", len(lines)))

    def do_ratings_hands(self) -> None:
        """Shows of hands on impact and effort, five numbers a line."""
        from cxworkshop.tui.widgets.typing_dialogs import Field, FormDialog  # noqa: PLC0415

        asked = {
            f"hands-{place}-{dimension}": (dimension, candidate)
            for place, candidate in self._as_listed()
            for dimension in DIMENSIONS
        }
        fields = [
            Field(key, f"{dimension.capitalize()}: {candidate.title}") for key, (dimension, candidate) in asked.items()
        ]

        def recorded(typed: Mapping[str, str]) -> Transition:
            tallies = {
                rating_id(dimension, candidate.id): Tally(read_hands(typed[key]))
                for key, (dimension, candidate) in asked.items()
                if typed[key].strip()
            }
            return lambda session: rounds.record_ratings(session, tallies)

        dialog = FormDialog(
            "Hands for 1, 2, 3, 4 and 5",
            fields,
            said="1 is hardly any, 5 very much. Five numbers a line, such as 0 2 5 3 1; an empty line was not rated.",
            draft="ratings-hands",
            check=lambda typed: refusal_of(lambda: recorded(typed)(self.session)),
        )
        self.app.push_screen(dialog, lambda typed: self.change("ratings keyed in", recorded(typed)) if typed else None)

    def do_ratings_map(self) -> None:
        """Four fields of impact and effort, with the ranked list beside them."""
        from cxworkshop.tui.console.rated_screen import RatedScreen  # noqa: PLC0415 (met rarely)

        self.app.push_screen(RatedScreen(ratings_of(self.session, self.box.ballots)))


def _close_and_reveal(store: SessionStore) -> None:
    if store.session.open_round is not None:
        close_round(store)
    reveal_round(store)
