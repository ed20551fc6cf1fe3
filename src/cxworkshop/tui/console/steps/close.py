"""Step 8, Close: the documents, who owns the strategy, the repeat, and a last question about the sitting itself."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget

from cxworkshop.domain import plan, priorities, rounds
from cxworkshop.domain.maturity import NextStage
from cxworkshop.domain.promises import sealing_in_words
from cxworkshop.domain.published import comments_on_sitting, feedback_of
from cxworkshop.domain.session import Round, Session, Step
from cxworkshop.domain.wording import counted
from cxworkshop.facilitation.acts import apply
from cxworkshop.facilitation.ports import BallotBox, DocumentForm, DocumentName, SessionStore, TablePreset
from cxworkshop.facilitation.revealing import drop_round, reveal_round
from cxworkshop.tui.acts import Act
from cxworkshop.tui.app import WIDE, refusal_of
from cxworkshop.tui.console.kept_results import KeptResults
from cxworkshop.tui.console.steps.base import StepView, Transition
from cxworkshop.tui.console.steps.plan_rows import gap_row
from cxworkshop.tui.console.steps.voting_acts import HAND_OVER_ACTS, VotingActs, something_open, turnout
from cxworkshop.tui.keymap import with_keys
from cxworkshop.tui.widgets.hanging import HangingText
from cxworkshop.tui.widgets.prompting import PROMPT_INDENT, prompt_lines
from cxworkshop.tui.widgets.sheet import Row, Sheet

if TYPE_CHECKING:
    from cxworkshop.tui.console.screen import ConsoleScreen


@dataclass(frozen=True, slots=True)
class Export:
    """One way of taking a document away."""

    document: DocumentName
    form: DocumentForm
    ending: str
    """Of the file's name."""
    label: str
    detail: str
    preset: TablePreset = "generic"


_PLAN = Export("plan", "markdown", "md", "The action plan, Markdown", "to read, print and paste; task lists for GitHub")
_REPORT = Export("report", "markdown", "md", "The report, Markdown", "everything of the sitting that may be shown")
_PAGE_NOTE = (
    "*Read here in words. The page, one file for any browser and for paper, draws every result over its table and "
    "loads nothing.*"
)
_EXPORTS: tuple[Export, ...] = (
    _PLAN,
    Export("plan", "html", "html", "The action plan, HTML", "a page for browsers and paper; needs no network"),
    Export("plan", "csv", "csv", "The action plan, CSV", "for a spreadsheet"),
    Export("plan", "csv", "csv", "The action plan, CSV for GitLab", "issues", "gitlab"),
    Export("plan", "csv", "csv", "The action plan, CSV for Jira", "issues", "jira"),
    Export("plan", "csv", "csv", "The action plan, CSV for Asana", "tasks", "asana"),
    Export("plan", "ics", "ics", "The plan's days, calendar", "due dates and the repeat, each with a reminder"),
    Export("plan", "json", "json", "The action plan, JSON", "for programs"),
    _REPORT,
    Export("report", "html", "html", "The report, HTML", "a page for browsers and paper; needs no network"),
    Export("report", "csv", "csv", "The results, CSV", "for a spreadsheet"),
    Export("report", "json", "json", "The report, JSON", "for programs"),
)


def feedback_round(session: Session) -> Round | None:
    """The latest closing question, or None where it was not asked."""
    asked = [held for held in session.rounds if held.kind == "feedback"]
    return asked[-1] if asked else None


def _not_closed(session: Session) -> str | None:
    held = feedback_round(session)
    if held is None:
        return with_keys("The closing question was not asked yet; [f:feedback.open] opens it.")
    if held.state == "open":
        return with_keys("The closing question is open; [x:feedback.close] closes it.")
    return "Its result is shown already." if held.state == "revealed" else None


def _not_open(session: Session) -> str | None:
    held = session.open_round
    if held is None:
        return "The closing question is not open."
    return None if held.kind == "feedback" else something_open(session)


class CloseView(VotingActs, StepView):
    """A sheet of what is left to do, and the acts on documents and the closing question."""

    STEP = Step.CLOSE
    TITLE = "Close"
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("line.change", ("enter",), "change", "Change the line at the cursor.", priority=5),
        Act(
            "document.preview",
            ("v",),
            "view plan",
            "Read the action plan, or the report, as it will be written in any form.",
            priority=6,
        ),
        Act("document.export", ("e",), "export", "Write the action plan, or the report, to a file.", priority=8),
        Act(
            "feedback.open",
            ("f",),
            "last question",
            "Ask the room whether the sitting was worth the time.",
            priority=12,
            refusal=something_open,
        ),
        *HAND_OVER_ACTS,
        Act(
            "feedback.close",
            ("x",),
            "close vote",
            "Stop the vote on the closing question.",
            priority=3,
            refusal=_not_open,
        ),
        Act(
            "feedback.show",
            ("r",),
            "result",
            "Show the closing question's result; its ballots are sealed by it.",
            priority=4,
            refusal=_not_closed,
        ),
    )
    DEFAULT_CSS = """
    CloseView { overflow-y: hidden; }
    CloseView > HangingText { max-width: 100; margin-bottom: 1; max-height: 40%; }
    """

    def __init__(self, session: Session, screen: "ConsoleScreen") -> None:
        super().__init__(session, screen)
        self._results = KeptResults()

    def compose(self) -> ComposeResult:
        """What to say, and the sheet."""
        yield HangingText(PROMPT_INDENT, id="prompt")
        # In a narrow window the title of an action gives way to what is said beside the other lines.
        yield Sheet(id="sheet", label_width=26, widest_label=48 if self.app.size.width >= WIDE else 28)

    def first_focus(self) -> Widget:
        """The sheet."""
        return self.query_one(Sheet)

    def paint(self, session: Session) -> None:
        """Every line anew."""
        said = prompt_lines(session.content.prompt("step:close"), brief=self.low)
        self.query_one("#prompt", HangingText).show(said)
        result = self._results.standing(session, self.box)
        ways = () if result is None else priorities.stages_ahead(session, result)
        self.query_one(Sheet).show(close_rows(session, self.box, ways, self.clock().date()))

    @on(Sheet.Chosen)
    def _chosen(self, message: Sheet.Chosen) -> None:
        message.stop()
        kind = message.row.id.partition(":")[0]
        doing: dict[str, Callable[[], None]] = {
            "owner": self._name_owner,
            "repeat": self._set_repeat,
            "feedback": self._go_on_with_feedback,
            "plan": lambda: self._preview(_PLAN),
            "report": lambda: self._preview(_REPORT),
        }
        if kind in doing:
            doing[kind]()

    def do_line_change(self) -> None:
        """What Enter does in the sheet."""
        self.query_one(Sheet).action_select()

    # Owner and repeat

    def _name_owner(self) -> None:
        from cxworkshop.tui.widgets.typing_dialogs import TextDialog  # noqa: PLC0415 (as in `ask`)

        names = tuple(person.name for person in self.session.participants.values() if person.name)
        dialog = TextDialog(
            "Who owns the strategy for customer experience?",
            self.session.closing.strategy_owner,
            hint="One person. → takes a name that is offered.",
            suggestions=names,
            draft="strategy-owner",
        )
        self.app.push_screen(
            dialog,
            lambda name: (
                None
                if name is None
                else self.change("owner of the strategy named", lambda session: plan.set_strategy_owner(session, name))
            ),
        )

    def _set_repeat(self) -> None:
        def dated(text: str) -> Transition:
            day = self.read_day(text) if text.strip() else None
            return lambda session: plan.set_repeat(session, day)

        self.ask(
            "When is the self-test taken again?",
            (self.session.closing.repeat or plan.usual_repeat(self.session.about.held)).isoformat(),
            dated,
            "date of the repeat set",
            hint="Six months is usual. 2027-05-21, in 6 months, end of Q2; empty sets none.",
            echo=self.say_day,
        )

    # Documents

    def do_document_preview(self) -> None:
        """Choose a document and its form, and read it as it would be written."""
        self._pick_export("Read what?", self._preview)

    def do_document_export(self) -> None:
        """Choose a document and its form, and write it."""
        self._pick_export("Export what?", self._ask_path)

    def _pick_export(self, title: str, then: Callable[[Export], None]) -> None:
        from cxworkshop.tui.widgets.choosing import Choice, PickDialog  # noqa: PLC0415 (dialogs are loaded when met)

        choices = [Choice(export, export.label, export.detail) for export in _EXPORTS]
        self.app.push_screen(PickDialog(title, choices), lambda chosen: None if chosen is None else then(chosen))

    def _preview(self, export: Export) -> None:
        """Show a document as it would be written, but of a page the words: nobody reads its marks."""

        def show(text: str) -> None:
            from cxworkshop.tui.widgets.showing import MarkdownScreen, TextScreen  # noqa: PLC0415 (met rarely)

            if export.form == "markdown":
                self.app.push_screen(MarkdownScreen(export.label, text))
            elif export.form == "html":
                self.app.push_screen(MarkdownScreen(export.label, f"{_PAGE_NOTE}\n\n{text}"))
            else:
                # The marks at the beginning and at the ends of lines are for other programs.
                self.app.push_screen(TextScreen(export.label, Content(text.lstrip("\ufeff").replace("\r\n", "\n"))))

        self._rendered(replace(export, form="markdown") if export.form == "html" else export, show)

    def _ask_path(self, export: Export) -> None:
        from cxworkshop.tui.widgets.typing_dialogs import TextDialog  # noqa: PLC0415 (as in `ask`)

        form = "" if export.preset == "generic" else f"-{export.preset}"
        name = f"{self.session.about.id or 'session'}-{export.document}{form}.{export.ending}"
        dialog = TextDialog(
            "Write to which file?", name, hint="A path; a file that is there is not overwritten unasked."
        )
        self.app.push_screen(dialog, lambda path: self._write(export, path) if path else None)

    def _write(self, export: Export, path: str) -> None:
        self._rendered(export, lambda text: self._write_text(text, path, force=False))

    def _write_text(self, text: str, path: str, *, force: bool) -> None:
        written: list[str] = []
        refused = refusal_of(lambda: written.append(self.services.press.write(text, path, force=force)))
        if refused is None:
            self.notify(f"Written: {written[0]}", timeout=12, markup=False)
        elif force:
            self.notify(refused, title="Not written", severity="error", markup=False)
        else:
            from cxworkshop.tui.widgets.choosing import ConfirmDialog  # noqa: PLC0415 (met only where a file is there)

            self.app.push_screen(
                ConfirmDialog("Not written. Overwrite the file?", refused, yes="Overwrite"),
                lambda sure: self._write_text(text, path, force=True) if sure else None,
            )

    def _rendered(self, export: Export, then: Callable[[str], None]) -> None:
        press, wanted = self.services.press, (export.document, export.form)
        self.call(
            lambda store: press.render(store.session, store.box, *wanted, preset=export.preset),
            then=then,
        )

    # The closing question

    def _go_on_with_feedback(self) -> None:
        held = feedback_round(self.session)
        if held is None:
            self.do_feedback_open()
        elif held.state == "open":
            self.do_ballot_hand_over()
        elif held.state == "closed":
            self.do_feedback_show()
        else:
            self._read_feedback()

    def _read_feedback(self) -> None:
        """All answers to the closing question, and what was written beside them."""
        from cxworkshop.tui.widgets.showing import TextScreen  # noqa: PLC0415 (met rarely)

        counts = feedback_of(self.session, self.box.ballots)
        lines = [Content(f"{count:>4} × {label}") for label, count in zip(rounds.FEEDBACK_OPTIONS, counts, strict=True)]
        comments = comments_on_sitting(self.session, self.box.ballots)
        if comments:
            lines += [Content(""), Content.styled("Comments from the ballots", "bold $primary")]
            lines += [Content(f"· {comment}") for comment in comments]
        self.app.push_screen(TextScreen("Was it worth the time?", Content("\n").join(lines)))

    def do_feedback_open(self) -> None:
        """Open the vote."""
        self.call(
            _feedback_opened,
            done=with_keys("The closing question is open; [h:ballot.hand_over] hands this terminal over."),
            undo=("the opening of the closing question", drop_round),
        )

    def do_feedback_close(self) -> None:
        """Stop the vote."""
        self.close_vote(with_keys("The vote is closed; [r:feedback.show] shows the result."))

    def do_feedback_show(self) -> None:
        """Seal the ballots and show the result, after a question that says so."""
        held = feedback_round(self.session)
        if held is None:
            return
        if not self.box.count(held.key):
            self.take_vote_back()
            return
        from cxworkshop.tui.console.steps.reveal import way_back  # noqa: PLC0415 (met once in a sitting)
        from cxworkshop.tui.widgets.choosing import ConfirmDialog  # noqa: PLC0415 (as above)

        sealed = sealing_in_words(self.session.rules, self.box.count(held.key))
        self.app.push_screen(
            ConfirmDialog(
                "Show the result of the closing question?",
                f"{sealed} It cannot be undone.{way_back(self.session.rules, self.box.count(held.key))}",
                yes="Show",
            ),
            lambda sure: self.call(reveal_round, final=True) if sure else None,
        )


def _feedback_opened(store: SessionStore) -> Session:
    return apply(store, rounds.open_feedback)


def close_rows(
    session: Session, box: BallotBox, ways: tuple[NextStage, ...] = (), today: date | None = None
) -> list[Row]:
    """What is left to do, the documents, and the gaps that are named; `ways` are those to the next stages."""
    closing = session.closing
    repeat = (
        closing.repeat.isoformat()
        if closing.repeat
        else f"not set; {plan.usual_repeat(session.about.held)} would be usual"
    )
    return [
        Row("", "Before everybody leaves"),
        Row("owner:", "Owner of the strategy", closing.strategy_owner or "nobody named"),
        Row("repeat:", "Self-test again on", repeat),
        Row("feedback:", "Was it worth the time?", feedback_sentence(session, box)),
        Row("", "To take away"),
        Row(
            "plan:",
            "The action plan",
            counted(len(session.actions), "action"),
            with_keys("Enter reads it, [e:document.export] writes it"),
        ),
        Row("report:", "The report", "everything that may be shown"),
        *_gap_rows(session, ways, today),
    ]


def feedback_sentence(session: Session, box: BallotBox) -> str:
    """How far the closing question is, and its result once it may be seen."""
    held = feedback_round(session)
    if held is None:
        return with_keys("not asked yet; [f:feedback.open] asks the room")
    count = box.count(held.key)
    if held.state == "open":
        return with_keys(f"{turnout(session, count)}; [x:feedback.close] closes it, then [r:feedback.show] shows it")
    if held.state == "closed":
        return with_keys(f"closed with {counted(count, 'ballot')}; [r:feedback.show] shows the result")
    counts = feedback_of(session, box.ballots)
    found = [f"{count} × {label}" for label, count in zip(rounds.FEEDBACK_OPTIONS, counts, strict=True) if count]
    return ", ".join(found) or "no answers"


def _gap_rows(session: Session, ways: tuple[NextStage, ...], today: date | None) -> list[Row]:
    found = plan.gaps(session, ways, today=today)
    gaps = [gap for gap in found if gap.kind not in ("no_strategy_owner", "no_repeat")]
    if not gaps:
        return []
    return [Row("", "Gaps in the plan"), *(gap_row(session, "gap:", gap) for gap in gaps)]
