"""One ballot of one voter, from who it is to the thanks; every voter gets a fresh screen that keeps nothing.

The screen is the only part that calls use cases. It holds the draft until it was sent, shows the page that belongs to
it, hides it when nobody presses a key, and notices when the round is closed or opened again.
"""

from collections.abc import Callable
from typing import Literal

from textual import on

from cxworkshop.domain.session import Round
from cxworkshop.facilitation.ports import Services, SessionStore, TerminalDoing
from cxworkshop.facilitation.voting import ABOUT_THE_VOTER, Receipt, ballot_to_change, cast_ballot, change_ballot
from cxworkshop.tui.ballot import words
from cxworkshop.tui.ballot.beginning import CodePage, GroupPage, PromisePage, WhoPage
from cxworkshop.tui.ballot.draft import Draft, draft_of
from cxworkshop.tui.ballot.ending import ChangedPage, ClosedPage, CoverPage, ThanksPage, UnfinishedPage
from cxworkshop.tui.ballot.identifying import IdentifyingScreen
from cxworkshop.tui.ballot.page import Page
from cxworkshop.tui.ballot.questions import CommentPage, DotsPage, QuestionPage, SummaryPage

Manner = Literal["terminal", "paper", "change"]
"""How a ballot comes about: filled in here, keyed in from paper, or changed by its code."""

COVERED_AFTER = 30.0
"""Seconds without a key after which a ballot is hidden."""

THANKS_FOR = 20.0
"""Seconds for which the code is shown at most."""

TICK = 0.5
"""Seconds between looks at the clock and at the session."""


class BallotScreen(IdentifyingScreen):
    """The pages of one ballot."""

    def __init__(
        self,
        services: Services,
        store: SessionStore,
        held: Round,
        manner: Manner = "terminal",
        announce: Callable[[TerminalDoing], None] | None = None,
    ) -> None:
        """Set up the screen of the next voter.

        Args:
            services: The clock and the random source for codes.
            store: The session.
            held: The open round.
            manner: How the ballot comes about.
            announce: Told what this terminal is doing, for the console to show; nobody is if None.
        """
        super().__init__(services, store, held)
        self._manner: Manner = manner
        self._announce = announce
        self._draft: Draft | None = None
        self._way_on: Callable[[], Page] | None = None
        self._voter_refused = False

    async def on_mount(self) -> None:
        """Ask who it is, and start looking at the clock."""
        self.set_interval(TICK, self.tick)
        await self.turn_to(self.first_page())

    async def turn_to(self, page: Page) -> None:
        """Put a page in place of the present one, and let the console know whether the ballot is hidden."""
        await super().turn_to(page)
        if self._announce is not None:
            self._announce("covered" if isinstance(page, CoverPage) else "voting")

    @property
    def on_paper(self) -> bool:
        """Whether the facilitator keys in a sheet."""
        return self._manner == "paper"

    def first_page(self) -> Page:
        """Who it is, or the code of the ballot that shall be changed."""
        if self._manner != "change":
            return super().first_page()
        own = words.own_code(self._store.session)
        return CodePage(f"{own}, please.", "It leads back to your ballot, which you can change while the vote is open.")

    @property
    def progress(self) -> str:
        """The question's number of how many."""
        counted = self._draft is not None and isinstance(self.page, QuestionPage)
        return self._draft_now.progress if counted else ""

    # The clock

    async def tick(self) -> None:
        """Hide the ballot when nobody presses a key, end the thanks, and notice when the round is closed."""
        if self.page is None:
            return
        if isinstance(self.page, ThanksPage):
            if self.idle >= THANKS_FOR and self._on_top:
                self._leave()
            return
        await self._look_at_round()
        if self.page.COVERED and self.idle >= COVERED_AFTER:
            await self._hide_idle()

    @property
    def _on_top(self) -> bool:
        """Whether no help lies over the ballot; beneath it the ballot can be hidden, but not left."""
        return self.app.screen is self

    async def _hide_idle(self) -> None:
        """Hide the ballot; before anything was said the neutral page comes back instead, and nothing is lost."""
        if self._draft is None and isinstance(self.page, (WhoPage, CodePage, GroupPage)) and self._on_top:
            self._leave()
        else:
            await self._hide(idle=True)

    async def _look_at_round(self) -> None:
        self.look()
        held = self._store.session.open_round
        if held is None or held.key != self._held.key:
            if not isinstance(self.page, ClosedPage):
                await self._hide_behind(ClosedPage(asks=self._answered or isinstance(self.page, CommentPage)))
        elif not await self._changed(held) and isinstance(self.page, ClosedPage):
            # Its voter may have gone away meanwhile, and somebody else may sit there.
            await (self._unhide() if self.idle < COVERED_AFTER else self._hide(idle=True))

    async def _changed(self, held: Round) -> bool:
        """Take in what is asked now, and say so to somebody who has seen what was asked before; gives whether.

        An opening that was taken back leaves its key to the next one, so the key alone does not tell.
        """
        self._held = held
        if isinstance(self.page, CommentPage):
            self._draft = self.page.draft
        fresh = draft_of(self._store.session, held)
        if self._draft is None or self._draft.asks_as(fresh):
            return False
        page = ChangedPage(
            asked=(self._draft.questions, self._draft.dots) != (fresh.questions, fresh.dots),
            promised=not self._draft.promises_as(fresh),
        )
        self._draft = self._draft.renewed(fresh)
        self._way_on = None
        await self.turn_to(page)
        return True

    @on(ChangedPage.Read)
    async def _changed_read(self, message: ChangedPage.Read) -> None:
        message.stop()
        if message.promised:
            await self.promise()
        else:
            await self._show_draft()

    # Beginning

    @on(CodePage.Entered)
    async def _code_entered(self, message: CodePage.Entered) -> None:
        if self._manner != "change":
            return
        message.stop()
        message.prevent_default()
        ballot = self.attempt(lambda: ballot_to_change(self._store, self._held.key, message.code))
        if ballot is not None:
            self._code = ballot.code
            self._draft = draft_of(self._store.session, self._held, ballot)
            await self._show_draft()

    async def begin(self) -> None:
        """Show the first question, or go on where the voter was."""
        if self._draft is None:
            self._draft = draft_of(self._store.session, self._held)
        await self._show_draft()

    # Answering

    @on(Page.Turned)
    async def _turned(self, message: Page.Turned) -> None:
        message.stop()
        if self._is_sent:
            return
        self._draft = message.draft
        await self._show_draft()

    @on(Page.CommentWanted)
    async def _comment_wanted(self, message: Page.CommentWanted) -> None:
        message.stop()
        if self._is_sent:
            return
        await self.turn_to(CommentPage(self._draft_now))

    @on(Page.Left)
    async def _left(self, message: Page.Left) -> None:
        message.stop()
        if isinstance(self.page, (QuestionPage, DotsPage)) and self.on_paper:
            await self.turn_to(self.first_page())
        elif isinstance(self.page, (QuestionPage, DotsPage)) and self._manner != "change":
            await self.promise()
        elif isinstance(self.page, (GroupPage, PromisePage)) and not self._answered:
            await self.turn_to(self.first_page())
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
            await self.turn_to(SummaryPage(draft))
        elif draft.kind == "dots":
            await self._turn_or_show(DotsPage, draft)
        else:
            await self._turn_or_show(QuestionPage, draft)

    async def _turn_or_show(self, kind: type[QuestionPage] | type[DotsPage], draft: Draft) -> None:
        # The page shows what it turned to by itself; it may be further on already than this draft.
        if isinstance(self.page, kind):
            self.show_frame()
        else:
            await self.turn_to(kind(draft))

    # Sending

    @on(Page.Sent)
    async def _sent(self, message: Page.Sent) -> None:
        message.stop()
        if self._is_sent:
            return
        await self._look_at_round()
        if not isinstance(self.page, SummaryPage):
            return
        receipt = self.attempt(self._send)
        if receipt is None and self._voter_refused:
            # Who it is is asked anew; what was answered stays.
            self.forget_voter()
            await self.turn_to(self.first_page())
            return
        if receipt is None:
            await self._look_at_round()
            return
        # From here on nothing of the ballot is kept: not the draft, not the voter, not a page that showed it.
        self._forget()
        sentences = {"terminal": words.thank_you, "paper": words.keyed_in, "change": words.changed}
        self.touch()
        use = "" if self._manner == "paper" else words.use_of_code(self._store.session, self._held)
        await self.turn_to(ThanksPage(sentences[self._manner](receipt.code), use))

    @property
    def _is_sent(self) -> bool:
        """Whether the ballot is in the box; keys that were pressed before its thanks came are for nobody then."""
        return isinstance(self.page, ThanksPage)

    def _send(self) -> Receipt:
        answers = self._draft_now.answers_to_send()
        self._voter_refused = False
        if self._manner == "change":
            return change_ballot(self._store, self._held.key, self._code, answers)
        try:
            return cast_ballot(
                self._store, self._held.key, self._voter, answers, random=self._services.random, earlier_code=self._code
            )
        except ABOUT_THE_VOTER:
            self._voter_refused = True
            raise

    @on(ThanksPage.Done)
    def _done(self, message: ThanksPage.Done) -> None:
        message.stop()
        self._leave()

    # Hiding

    async def _hide(self, *, idle: bool = False) -> None:
        await self._hide_behind(CoverPage(idle=idle))

    async def _hide_behind(self, neutral: Page) -> None:
        """Put a neutral page in place of the present one, and remember the way back, not what it showed."""
        page = self.page
        if isinstance(page, CommentPage):
            self._draft = page.draft
            self._way_on = lambda: CommentPage(self._draft_now)
        elif not isinstance(page, (CoverPage, ClosedPage)):
            self._way_on = self._way_back(page)
        await self.turn_to(neutral)

    def _way_back(self, page: Page | None) -> Callable[[], Page] | None:
        """How to make the page anew that is being hidden; None where the draft tells."""
        if isinstance(page, PromisePage):
            return self.promise_page
        if isinstance(page, ChangedPage):
            return page.anew
        asks_who = isinstance(page, (WhoPage, CodePage, GroupPage))
        return self.first_page if asks_who or self._draft is None else None

    @on(CoverPage.Lifted)
    async def _lifted(self, message: CoverPage.Lifted) -> None:
        message.stop()
        await self._unhide()

    @on(UnfinishedPage.Discarded)
    def _discarded(self, message: UnfinishedPage.Discarded) -> None:
        message.stop()
        self._leave()

    async def _unhide(self) -> None:
        make, self._way_on = self._way_on, None
        self.touch()
        if make is not None:
            await self.turn_to(make())
        else:
            await self._show_draft()

    def _leave(self) -> None:
        """Go back to the neutral page, and tell whether a ballot was sent."""
        self._forget()
        self.dismiss(self._is_sent)

    def _forget(self) -> None:
        self._draft = None
        self._way_on = None
        self.forget_voter()
        if self.app.clipboard:
            # A comment that was copied must not be pasted by the next voter.
            self.app.copy_to_clipboard("")

    @property
    def _draft_now(self) -> Draft:
        if self._draft is None:
            raise RuntimeError("no ballot is being filled in")
        return self._draft
