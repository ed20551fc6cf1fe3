"""Step 4, Reveal: sealing the ballots, then the stage, the agreement map, the items, and one item."""

from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from cxworkshop.domain import flow
from cxworkshop.domain.content import Prompt
from cxworkshop.domain.promises import few_ballots_in_words, sealing_in_words
from cxworkshop.domain.results import ItemResult, RoundResult, strengths, weaknesses
from cxworkshop.domain.session import Round, Rules, Session, Step
from cxworkshop.domain.wording import counted, map_summary, ranking_summary
from cxworkshop.facilitation.acts import apply
from cxworkshop.facilitation.revealing import reveal_round
from cxworkshop.tui.acts import Act
from cxworkshop.tui.console.item_pictures import item_picture
from cxworkshop.tui.console.kept_results import KeptResults
from cxworkshop.tui.console.steps.base import StepView
from cxworkshop.tui.console.steps.reveal_acts import REVEAL_ACTS, first_round
from cxworkshop.tui.console.steps.voting_acts import VotingActs
from cxworkshop.tui.console.view_names import ViewNames
from cxworkshop.tui.keymap import with_keys
from cxworkshop.tui.widgets.charts.agreement_map import AgreementMap
from cxworkshop.tui.widgets.charts.ink import fit
from cxworkshop.tui.widgets.charts.item_list import ORDER_WORDS, ItemList
from cxworkshop.tui.widgets.charts.item_page import ItemPage
from cxworkshop.tui.widgets.charts.level_gaps import LevelGapChart
from cxworkshop.tui.widgets.charts.pictures import (
    gap_picture,
    item_rows,
    list_remarks,
    map_points,
    numbers_of,
    stage_picture,
)
from cxworkshop.tui.widgets.charts.stage_chart import StageChart
from cxworkshop.tui.widgets.hanging import HangingText
from cxworkshop.tui.widgets.prompting import PROMPT_INDENT, prompt_lines

View = Literal["stages", "map", "items", "item", "levels"]
VIEWS: tuple[View, ...] = ("stages", "map", "items", "item", "levels")
_VIEW_NAMES: dict[View, str] = {
    "stages": "Stage",
    "map": "Map",
    "items": "Items",
    "item": "One item",
    "levels": "Levels",
}
_NAMED = 3
"""How many strengths and weaknesses are named."""

_NAMED_CELLS = 34
"""Cells for the text of each."""

_LIST_EXPLAINED = "Agreement: 100 = all alike, 0 = half at each end."


class RevealView(VotingActs, StepView):
    """Before the reveal what it means; after it five views of round 1, from the whole to one item and its levels."""

    STEP = Step.REVEAL
    TITLE = "Reveal"
    ACTS: ClassVar[tuple[Act, ...]] = REVEAL_ACTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "turn(1)", show=False),
        Binding("shift+tab", "turn(-1)", show=False),
        Binding("right", "beside(1)", show=False),
        Binding("left", "beside(-1)", show=False),
        Binding("escape", "up", show=False),
    ]
    DEFAULT_CSS = """
    RevealView { overflow-y: hidden; }
    RevealView > #before { height: auto; max-width: 100; }
    RevealView StageChart, RevealView LevelGapChart { height: 1fr; }
    """

    def __init__(self, session: Session, screen: object) -> None:
        super().__init__(session, screen)  # type: ignore[arg-type]
        self._results = KeptResults()
        self._result: RoundResult | None = None
        self._view: View = next((view for view in VIEWS if view == session.live.view), "stages")

    def compose(self) -> ComposeResult:
        """The line of views, what stands before the reveal, and the views."""
        yield ViewNames([_VIEW_NAMES[view] for view in VIEWS], id="views")
        with VerticalGroup(id="before"):
            yield Static(id="said-before")
            yield HangingText(PROMPT_INDENT, id="prompt")
        yield StageChart(id="stages")
        yield AgreementMap(id="map")
        yield ItemList(id="items")
        yield ItemPage(id="item")
        yield LevelGapChart(id="levels")

    @property
    def noted_item(self) -> str:
        """The item on the page of one item."""
        return self.query_one(ItemList).selected if self._result is not None and self._view == "item" else ""

    def first_focus(self) -> Widget:
        """The view that is shown, so that arrows act on it."""
        return self if self._result is None else self.query_one(f"#{self._view}")

    def paint(self, session: Session) -> None:
        """What the session says now; results are computed once and kept."""
        before = self._result
        self._result = self._results.first(session, self.box)
        shown = self._result is not None
        self.query_one("#before").display = not shown
        self._display(self._view if shown else None)
        if self._result is None:
            self.query_one(ViewNames).show(None)
            self.query_one("#said-before", Static).update(self._said_before(session))
            prompt = session.content.prompt("step:reveal") if first_round(session) else Prompt("step:reveal")
            self.query_one("#prompt", HangingText).show(prompt_lines(prompt, brief=self.low))
            return
        self._draw(session, self._result)
        if before is None:
            self._show_view(self._view)

    # Before the reveal

    def _said_before(self, session: Session) -> Content:
        held = first_round(session)
        if held is None:
            return Content(
                with_keys(
                    "Nothing to reveal yet: the vote has not begun. [PgUp:step.previous] goes back to the self-test."
                )
            )
        count = self.box.count(held.key)
        missing = len(self.missing(held))
        lines = [
            Content.styled(_state_sentence(held, count, missing), "bold $accent"),
            Content(""),
            Content(
                with_keys(
                    "Closing stops the vote. It can be undone ([u:app.undo]): ballots stay in, and those who have not "
                    "voted still can."
                )
            ),
            Content(
                "Revealing seals the ballots: every link to a name is cut, they are shuffled and final, and older "
                "copies of the file are removed. It cannot be undone. The results appear at once, for everybody."
            ),
            Content(""),
        ]
        return Content("\n").join(lines)

    def do_reveal_close(self) -> None:
        """Stop the vote."""
        self.close_vote(with_keys("The vote is closed. [r:reveal.reveal] reveals it; [u:app.undo] opens it again."))

    def do_reveal_reveal(self) -> None:
        """Reveal, after a question that says what is sealed."""
        held = first_round(self.session)
        if held is None:
            return
        from cxworkshop.tui.widgets.choosing import ConfirmDialog  # noqa: PLC0415 (met once in a sitting)

        question, detail = reveal_question(self.session.rules, self.box.count(held.key), len(self.missing(held)))
        self.app.push_screen(
            ConfirmDialog(question, detail, yes="Reveal"),
            lambda sure: self.call(reveal_round, final=True) if sure else None,
        )

    # After the reveal

    def _draw(self, session: Session, result: RoundResult) -> None:
        models = {model.id: model for model in session.content.models}
        self.query_one(StageChart).show(
            [
                stage_picture(models[found.id], found, result.item(found.item), session.levels)
                for found in result.models
                if found.id in models
            ]
        )
        self.query_one(AgreementMap).show(map_points(result), " ".join((map_summary(result) + ".", *extremes(result))))
        rows = item_rows(result)
        beneath = (f"{ranking_summary(result)}.", _LIST_EXPLAINED, list_remarks(rows, result))
        self.query_one(ItemList).show(rows, " ".join(filter(None, beneath)))
        self.query_one(LevelGapChart).show(gap_picture(session.levels, result))
        self._draw_item(session, result)

    def _draw_item(self, session: Session, result: RoundResult) -> None:
        selected = self.query_one(ItemList).selected
        if selected:
            self.query_one(ItemPage).show(item_picture(session, self.box, result.item(selected), kept=self._results))

    def _show_view(self, view: View) -> None:
        self._view = view
        self._display(view)
        self._draw_views()
        shown = self.query_one(f"#{view}")
        if self.screen.is_current and self.screen.focused is not shown:
            shown.focus()
        if self._result is not None and self.session.live.view != view:
            # The projector follows.
            self.call(lambda store: apply(store, lambda session: flow.look(session, view)))

    def _display(self, shown: View | None) -> None:
        """Show one of the views or none; a container of their own would be one more that every key has to pass."""
        for view in VIEWS:
            self.query_one(f"#{view}").display = view == shown

    def _draw_views(self) -> None:
        ballots = counted(self._result.ballots, "ballot") if self._result is not None else ""
        order = ORDER_WORDS[self.query_one(ItemList).order] if self._view in ("items", "item") else ""
        self.query_one(ViewNames).show(VIEWS.index(self._view), order or ballots)

    def do_reveal_stages(self) -> None:
        """The stage distribution."""
        self._show_view("stages")

    def do_reveal_map(self) -> None:
        """The map."""
        self._show_view("map")

    def do_reveal_items(self) -> None:
        """The list."""
        self._show_view("items")

    def do_reveal_item(self) -> None:
        """One item."""
        self._open(self.query_one(ItemList).selected)

    def do_reveal_levels(self) -> None:
        """Leaders and front line."""
        self._show_view("levels")

    def do_reveal_order(self) -> None:
        """The list's next order."""
        if self._view not in ("items", "item"):
            self.notify(with_keys("The order is that of the list; [3:reveal.items] shows it."))
            return
        items = self.query_one(ItemList)
        looked_at = items.selected
        items.action_next_order()
        if self._view == "item":
            # The room goes on looking at this item; only what stands beside it is another.
            items.select(looked_at)
        # At once, so that the list and its name are painted in one frame.
        self._draw_views()

    def action_turn(self, by: int) -> None:
        """The next view or the one before."""
        if self._result is not None:
            view = VIEWS[(VIEWS.index(self._view) + by) % len(VIEWS)]
            if view == "item":
                self.do_reveal_item()
            else:
                self._show_view(view)

    def action_beside(self, by: int) -> None:
        """In the view of one item, the item after or before it in the list."""
        if self._result is not None and self._view == "item":
            items = self.query_one(ItemList)
            items.action_move(by)
            self._open(items.selected)

    def action_up(self) -> None:
        """From one item back to the list."""
        if self._result is not None and self._view == "item":
            self._show_view("items")

    @on(ItemList.Opened)
    def _opened(self, message: ItemList.Opened) -> None:
        message.stop()
        self._open(message.item)

    @on(ItemList.Reordered)
    def _reordered(self, message: ItemList.Reordered) -> None:
        message.stop()
        self._draw_views()
        if self._view == "item" and self._result is not None:
            self._draw_item(self.session, self._result)

    def _open(self, item: str) -> None:
        if self._result is None or not item:
            return
        self._draw_item(self.session, self._result)
        if self.session.live.item != item:
            self.call(lambda store: apply(store, lambda session: flow.focus(session, item)))
        self._show_view("item")


def reveal_question(rules: Rules, ballots: int, missing: int) -> tuple[str, str]:
    """The question before the reveal, and what it means."""
    absent = f" {counted(missing, 'person has', 'people have')} not voted and cannot any more." if missing else ""
    sealed = f"{sealing_in_words(rules, ballots)} Older copies of the file are removed."
    return f"Reveal {counted(ballots, 'ballot')}?", f"{sealed} It cannot be undone.{absent}{way_back(rules, ballots)}"


def way_back(rules: Rules, ballots: int) -> str:
    """How more people can vote where few have; empty where they are enough."""
    if not few_ballots_in_words(rules, ballots):
        return ""
    return with_keys(" To let more people vote, cancel and open the vote again: [r:round.reopen] at Self-test.")


def extremes(result: RoundResult) -> tuple[str, ...]:
    """The strongest and the weakest items by number and text, a sentence each where there are any."""
    numbers = numbers_of([found.item for found in result.items])

    def named(items: tuple[ItemResult, ...]) -> str:
        return "; ".join(
            f"{numbers[found.item.id]} {fit(found.item.text.rstrip('.'), _NAMED_CELLS).rstrip()}"
            for found in items[:_NAMED]
        )

    strong, weak = strengths(result), weaknesses(result)
    both = (("Strengths", strong), ("Weaknesses", weak))
    return tuple(f"{word}: {named(items)}.".replace("….", "…") for word, items in both if items)


def _state_sentence(held: Round, count: int, missing: int) -> str:
    absent = f" {missing} of the roster {'is' if missing == 1 else 'are'} missing." if missing else ""
    if held.state == "open":
        return with_keys(
            f"Voting is still open: {counted(count, 'ballot is', 'ballots are')} in.{absent} "
            "[x:reveal.close] closes the vote."
        )
    return with_keys(
        f"The vote is closed with {counted(count, 'ballot')}.{absent} [r:reveal.reveal] reveals the results."
    )
