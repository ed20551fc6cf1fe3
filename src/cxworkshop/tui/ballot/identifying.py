"""Who votes: a name of the roster, a new name, or a handed-out code; then unit, level and the promise."""

from dataclasses import replace

from textual import on

from cxworkshop.domain.codes import read_code
from cxworkshop.domain.promises import promise
from cxworkshop.domain.roster import Grouping, known_groups
from cxworkshop.domain.session import Participant, Privacy, Round
from cxworkshop.facilitation.ports import Services, SessionStore
from cxworkshop.facilitation.voting import Voter
from cxworkshop.tui.ballot import words
from cxworkshop.tui.ballot.beginning import CodePage, GroupPage, PromisePage, WhoPage
from cxworkshop.tui.ballot.frame import PagedScreen
from cxworkshop.tui.ballot.page import Page
from cxworkshop.tui.keymap import with_keys


class IdentifyingScreen(PagedScreen):
    """The part of a voter's screen before the questions."""

    def __init__(self, services: Services, store: SessionStore, held: Round) -> None:
        super().__init__(services, store, held)
        self._voter = Voter()
        self._greeting = ""
        self._code = ""
        self._groups_asked: list[tuple[Grouping, tuple[str, ...]]] = []

    def first_page(self) -> Page:
        """The page that asks who it is, in the manner of the privacy mode."""
        session = self._store.session
        if session.rules.privacy is Privacy.ANONYMOUS:
            return CodePage(
                "The code you were handed, please.",
                "It lets you vote once, and stands on no ballot.",
            )
        people = tuple(session.participants.values())
        return WhoPage(people, self._store.box.voted(self._held.key), paper=self.on_paper)

    @on(WhoPage.Known)
    async def _known(self, message: WhoPage.Known) -> None:
        message.stop()
        self._voter = Voter(participant=message.person.id)
        self._greeting = f"Welcome, {message.person.name}."
        await self.promise()

    @on(WhoPage.Walked)
    async def _walked(self, message: WhoPage.Walked) -> None:
        message.stop()
        self._voter = Voter(name=message.name)
        self._greeting = f"Welcome, {message.name}."
        await self._ask_groups()

    @on(CodePage.Entered)
    async def _entered(self, message: CodePage.Entered) -> None:
        message.stop()
        code = read_code(message.code)
        holder = self._holder(code)
        wrong = ""
        if holder is None:
            wrong = "That code was not handed out in this session; look at the slip again."
        elif self._store.box.has_voted(self._held.key, holder.id):
            wrong = with_keys(
                "This code has voted. To change that ballot, go back with Esc and press [c:ballot.change]; "
                "the code told after voting is needed."
            )
        if wrong:
            self.query_one(CodePage).tell_wrong(wrong)
            return
        self._voter = Voter(code=code)
        self._greeting = "Welcome."
        await self._ask_groups()

    def _holder(self, code: str) -> Participant | None:
        people = self._store.session.participants.values()
        return next((person for person in people if person.code == code), None)

    async def _ask_groups(self) -> None:
        session = self._store.session
        groupings: tuple[Grouping, ...] = ("unit", "level")
        known = [(grouping, known_groups(session, grouping)) for grouping in groupings]
        self._groups_asked = [(grouping, names) for grouping, names in known if names]
        await self._next_group()

    async def _next_group(self) -> None:
        if self._groups_asked:
            await self.turn_to(GroupPage(*self._groups_asked.pop(0)))
        else:
            await self.promise()

    @on(GroupPage.Chosen)
    async def _group_chosen(self, message: GroupPage.Chosen) -> None:
        message.stop()
        chosen = {"unit": message.name} if message.grouping == "unit" else {"level": message.name}
        self._voter = replace(self._voter, **chosen)
        await self._next_group()

    @property
    def on_paper(self) -> bool:
        """Whether the facilitator keys in a sheet, on which its owner has read the promise."""
        return False

    async def promise(self) -> None:
        """Show what is promised; of a sheet only its owner's earlier code is asked for, where there may be one."""
        page = self.promise_page()
        if self.on_paper and not page.asks_code:
            await self.begin()
        else:
            await self.turn_to(page)

    def promise_page(self) -> PromisePage:
        """What is promised, and the question for the code of round 1 where there was one."""
        session = self._store.session
        return PromisePage(
            self._greeting,
            words.invitation(session, self._held),
            promise(session.rules),
            words.earlier_code(session, self._held),
        )

    @on(PromisePage.Begun)
    async def _begun(self, message: PromisePage.Begun) -> None:
        message.stop()
        code = message.earlier_code
        earlier = [found.key for found in self._store.session.rounds if found.key != self._held.key]
        if code and not any(self._store.box.ballot(key, read_code(code)) for key in earlier):
            self.query_one(PromisePage).tell_wrong(
                "No earlier ballot has that code; look again, or leave it empty if you do not remember it."
            )
            return
        self._code = code
        await self.begin()

    async def begin(self) -> None:
        """Show the first question; the voter is known now."""
        raise NotImplementedError

    def forget_voter(self) -> None:
        """Keep nothing of who it was."""
        self._voter = Voter()
        self._greeting = ""
        self._code = ""
