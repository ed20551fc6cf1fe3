"""One ballot of one voter, from who it is to the thanks; every voter gets a fresh screen that keeps nothing.

The screen is the only part that calls use cases. It holds the draft until it was sent, shows the page that belongs to
it, hides it when nobody presses a key, and notices when the round is closed or opened again.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static, TextArea

from cxworkshop.domain.codes import read_code
from cxworkshop.domain.session import Participant, Privacy, Round
from cxworkshop.domain.wording import promise
from cxworkshop.facilitation.ports import Services, SessionStore
from cxworkshop.facilitation.voting import Receipt, Voter, ballot_to_change, cast_ballot, change_ballot
from cxworkshop.tui.acts import Act, bindings_of, key_line
from cxworkshop.tui.app import CxApp
from cxworkshop.tui.ballot import words
from cxworkshop.tui.ballot.beginning import CodePage, GroupPage, PromisePage, WhoPage
from cxworkshop.tui.ballot.draft import Draft, draft_of
from cxworkshop.tui.ballot.ending import ClosedPage, CoverPage, ThanksPage
from cxworkshop.tui.ballot.page import Page, plain
from cxworkshop.tui.ballot.questions import CommentPage, DotsPage, QuestionPage, SummaryPage
from cxworkshop.tui.widgets.key_line import KeyLine

Manner = Literal["terminal", "paper", "change"]
"""How a ballot comes about: filled in here, keyed in from paper, or changed by its code."""

COVERED_AFTER = 30.0
"""Seconds without a key after which a ballot is hidden."""

THANKS_FOR = 20.0
"""Seconds for which the code is shown at most."""

TICK = 0.5
"""Seconds between looks at the clock and at the session."""

_HELP = Act("app.help", ("question_mark", "f1"), "help", "Every key of this page.", "Help", priority=99)


class BallotScreen(Screen[None]):
    """The pages of one ballot."""

    ALLOW_SELECT = False
    BINDINGS = bindings_of([_HELP])
    DEFAULT_CSS = """
    BallotScreen { layout: vertical; }
    BallotScreen #head { height: 1; layout: horizontal; background: $panel; }
    BallotScreen #head Static { width: 1fr; }
    BallotScreen #progress { text-align: right; }
    BallotScreen #page { height: 1fr; }
    """

    def __init__(self, services: Services, store: SessionStore, held: Round, manner: Manner = "terminal") -> None:
        super().__init__()
        self._services = services
        self._store = store
        self._held = held
        self._manner: Manner = manner
        self._draft: Draft | None = None
        self._voter = Voter()
        self._greeting = ""
        self._code = ""
        self._groups_asked: list[tuple[Literal["unit", "level"], tuple[str, ...]]] = []
        self._touched = services.clock()
        self._way_on: Callable[[], Page] | None = None
        self.page: Page | None = None

    def compose(self) -> ComposeResult:
        """Head, page, keys."""
        about = self._store.session.about
        with Container(id="head"):
            yield Static(Content.assemble(" ", plain(about.organisation or about.title)))
            yield Static(id="progress")
        yield Container(id="page")
        yield KeyLine()

    async def on_mount(self) -> None:
        """Ask who it is, and start looking at the clock."""
        self.set_interval(TICK, self.tick)
        await self._turn_to(self._first_page())

    # The clock

    async def tick(self) -> None:
        """Hide the ballot when nobody presses a key, end the thanks, and notice when the round is closed."""
        if self.page is None or not self.is_current:
            return
        idle = (self._services.clock() - self._touched).total_seconds()
        if isinstance(self.page, ThanksPage):
            if idle >= THANKS_FOR:
                self._leave()
            return
        await self._look_at_round()
        if self.page.COVERED and idle >= COVERED_AFTER:
            await self._hide()

    def touch(self) -> None:
        """Somebody is there."""
        self._touched = self._services.clock()

    def on_key(self) -> None:
        """A key was pressed."""
        self.touch()

    def on_click(self) -> None:
        """The mouse was used."""
        self.touch()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typed(self) -> None:
        self.touch()

    async def _look_at_round(self) -> None:
        if self._attempt(self._store.refresh) is None:
            return
        held = self._store.session.open_round
        still_open = held is not None and held.key == self._held.key
        if not still_open and not isinstance(self.page, ClosedPage):
            await self._hide_behind(ClosedPage())
        elif still_open and isinstance(self.page, ClosedPage):
            await self._unhide()

    # Who it is

    def _first_page(self) -> Page:
        session = self._store.session
        if self._manner == "change":
            return CodePage(
                "Your code, please.", "It leads back to your ballot, which you can change while the vote is open."
            )
        if session.rules.privacy is Privacy.ANONYMOUS:
            return CodePage(
                "The code you were handed, please.",
                "It makes sure that everybody votes once; it is not kept with a name.",
            )
        return WhoPage(tuple(session.participants.values()), self._store.box.voted(self._held.key))

    @on(WhoPage.Known)
    async def _known(self, message: WhoPage.Known) -> None:
        message.stop()
        self._voter = Voter(participant=message.person.id)
        self._greeting = f"Welcome, {message.person.name}."
        await self._promise()

    @on(WhoPage.Walked)
    async def _walked(self, message: WhoPage.Walked) -> None:
        message.stop()
        self._voter = Voter(name=message.name)
        self._greeting = f"Welcome, {message.name}."
        await self._ask_groups()

    @on(CodePage.Entered)
    async def _entered(self, message: CodePage.Entered) -> None:
        message.stop()
        if self._manner == "change":
            await self._open_for_change(message.code)
            return
        code = read_code(message.code)
        holder = self._holder(code)
        wrong = ""
        if holder is None:
            wrong = "That code was not handed out in this session; look at the slip again."
        elif self._store.box.has_voted(self._held.key, holder.id):
            wrong = "This code has voted. To change that ballot, go back with Esc and press c."
        if wrong:
            self._page_now(CodePage).tell_wrong(wrong)
            return
        self._voter = Voter(code=code)
        self._greeting = "Welcome."
        await self._ask_groups()

    async def _open_for_change(self, typed: str) -> None:
        ballot = self._attempt(lambda: ballot_to_change(self._store, self._held.key, typed))
        if ballot is None:
            return
        self._code = ballot.code
        self._draft = draft_of(self._store.session, self._held, ballot)
        await self._show_draft()

    def _holder(self, code: str) -> Participant | None:
        people = self._store.session.participants.values()
        return next((person for person in people if person.code == code), None)

    async def _ask_groups(self) -> None:
        session = self._store.session
        groups: list[tuple[Literal["unit", "level"], tuple[str, ...]]] = [
            ("unit", session.units),
            ("level", session.levels),
        ]
        self._groups_asked = [(grouping, names) for grouping, names in groups if names]
        await self._next_group()

    async def _next_group(self) -> None:
        if self._groups_asked:
            await self._turn_to(GroupPage(*self._groups_asked.pop(0)))
        else:
            await self._promise()

    @on(GroupPage.Chosen)
    async def _group_chosen(self, message: GroupPage.Chosen) -> None:
        message.stop()
        chosen = {"unit": message.name} if message.grouping == "unit" else {"level": message.name}
        self._voter = replace(self._voter, **chosen)
        await self._next_group()

    async def _promise(self) -> None:
        session = self._store.session
        asks = (
            self._held.kind == "self_test" and self._held.number > 1 and session.rules.privacy is not Privacy.ANONYMOUS
        )
        await self._turn_to(
            PromisePage(self._greeting, words.invitation(session, self._held), promise(session.rules), asks_code=asks)
        )

    @on(PromisePage.Begun)
    async def _begun(self, message: PromisePage.Begun) -> None:
        message.stop()
        self._code = message.earlier_code
        if self._draft is None:
            self._draft = draft_of(self._store.session, self._held)
        await self._show_draft()

    # Answering

    @on(Page.Turned)
    async def _turned(self, message: Page.Turned) -> None:
        message.stop()
        self._draft = message.draft
        await self._show_draft()

    @on(Page.CommentWanted)
    async def _comment_wanted(self, message: Page.CommentWanted) -> None:
        message.stop()
        await self._turn_to(CommentPage(self._draft_now))

    @on(Page.Left)
    async def _left(self, message: Page.Left) -> None:
        message.stop()
        if isinstance(self.page, (QuestionPage, DotsPage)) and self._manner != "change":
            await self._promise()
        elif isinstance(self.page, (GroupPage, PromisePage)) and not self._answered:
            await self._turn_to(self._first_page())
        elif self._answered and not isinstance(self.page, ClosedPage):
            await self._hide()
        else:
            self._leave()

    @property
    def _answered(self) -> bool:
        return self._draft is not None and bool(self._draft.answers or self._draft.comments)

    async def _show_draft(self) -> None:
        draft = self._draft_now
        if draft.at_summary:
            await self._turn_to(SummaryPage(draft))
        elif draft.kind == "dots":
            await self._turn_or_show(DotsPage, draft)
        else:
            await self._turn_or_show(QuestionPage, draft)

    async def _turn_or_show(self, kind: type[QuestionPage] | type[DotsPage], draft: Draft) -> None:
        if isinstance(self.page, kind):
            self.page.show(draft)
            self._show_frame()
        else:
            await self._turn_to(kind(draft))

    # Sending

    @on(Page.Sent)
    async def _sent(self, message: Page.Sent) -> None:
        message.stop()
        receipt = self._attempt(self._send)
        if receipt is None:
            await self._look_at_round()
            return
        # From here on nothing of the ballot is kept: not the draft, not the voter, not a page that showed it.
        self._forget()
        sentences = {"terminal": words.thank_you, "paper": words.keyed_in, "change": words.changed}
        self.touch()
        await self._turn_to(ThanksPage(sentences[self._manner](receipt.code)))

    def _send(self) -> Receipt:
        answers = self._draft_now.answers_to_send()
        if self._manner == "change":
            return change_ballot(self._store, self._held.key, self._code, answers)
        return cast_ballot(
            self._store, self._held.key, self._voter, answers, random=self._services.random, earlier_code=self._code
        )

    @on(ThanksPage.Done)
    def _done(self, message: ThanksPage.Done) -> None:
        message.stop()
        self._leave()

    # Hiding

    async def _hide(self) -> None:
        await self._hide_behind(CoverPage())

    async def _hide_behind(self, neutral: Page) -> None:
        """Put a neutral page in place of the present one, and remember the way back, not what it showed."""
        page = self.page
        if isinstance(page, CommentPage):
            self._draft = page.draft
            self._way_on = lambda: CommentPage(self._draft_now)
        elif not isinstance(page, (CoverPage, ClosedPage)):
            self._way_on = self._way_back(page)
        await self._turn_to(neutral)

    def _way_back(self, page: Page | None) -> Callable[[], Page] | None:
        if self._draft is not None and not isinstance(page, (WhoPage, GroupPage, PromisePage, CodePage)):
            return None
        return self._first_page

    @on(CoverPage.Lifted)
    async def _lifted(self, message: CoverPage.Lifted) -> None:
        message.stop()
        await self._unhide()

    @on(CoverPage.Discarded)
    def _discarded(self, message: CoverPage.Discarded) -> None:
        message.stop()
        self._leave()

    async def _unhide(self) -> None:
        make, self._way_on = self._way_on, None
        self.touch()
        if make is not None:
            await self._turn_to(make())
        else:
            await self._show_draft()

    def _leave(self) -> None:
        self._forget()
        self.dismiss(None)

    def _forget(self) -> None:
        self._draft = None
        self._way_on = None
        self._voter = Voter()
        self._greeting = ""
        self._code = ""
        if self.app.clipboard:
            # A comment that was copied must not be pasted by the next voter.
            self.app.copy_to_clipboard("")

    # The frame

    async def _turn_to(self, page: Page) -> None:
        """Put a page in place of the present one, which is gone from the tree with all that it showed."""
        holder = self.query_one("#page")
        self.set_focus(None)
        # Painting a field while it is being removed ends the program: its styles are gone before it is.
        with self.app.batch_update():
            await holder.remove_children()
            self.page = page
            await holder.mount(page)
        self.set_focus(page.first_focus())
        self._show_frame()

    def _show_frame(self) -> None:
        page = self.page
        counted = self._draft is not None and isinstance(page, QuestionPage)
        self.query_one("#progress", Static).update(f"{self._draft_now.progress} " if counted else "")
        if page is not None:
            self.query_one(KeyLine).show(key_line((*page.acts, _HELP), None))

    @on(KeyLine.Pressed)
    def _key_clicked(self, message: KeyLine.Pressed) -> None:
        message.stop()
        if message.act_id == _HELP.id:
            self.action_act(message.act_id)
        elif self.page is not None:
            self.page.action_act(message.act_id)

    def action_act(self, act_id: str) -> None:
        """Show every key of the page."""
        from cxworkshop.tui.widgets.help import HelpScreen  # noqa: PLC0415 (met rarely)

        if act_id == _HELP.id and self.page is not None:
            self.app.push_screen(HelpScreen("Voting: every key", (*self.page.acts, _HELP)))

    @property
    def _draft_now(self) -> Draft:
        if self._draft is None:
            raise RuntimeError("no ballot is being filled in")
        return self._draft

    def _page_now(self, kind: type[Page]) -> Page:
        return self.query_one(kind)

    def _attempt(self, act: Callable[[], Any]) -> Any:
        return cast("CxApp[Any]", self.app).attempt(act)

    @property
    def touched(self) -> datetime:
        """When somebody last did something."""
        return self._touched
