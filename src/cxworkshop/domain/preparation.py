"""Preparing a session: what it is called, and the rules that are agreed before anybody sees data."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from cxworkshop.domain.content import Content
from cxworkshop.domain.errors import InvalidName, InvalidValue, RulesAreFixed
from cxworkshop.domain.instruments import items_of
from cxworkshop.domain.session import SMALLEST_GROUP, Rules, Session
from cxworkshop.domain.text import NAME_LIMIT, clean_line

LARGEST_GROUP = 50
"""The highest minimum group that still makes sense in a room."""


def describe(session: Session, *, title: str, organisation: str, facilitator: str, held: date) -> Session:
    """The session with another title, organisation, facilitator or date; its id stays.

    Raises:
        InvalidName: The title is empty.
    """
    about = replace(
        session.about,
        title=checked_title(title),
        organisation=clean_line(organisation, NAME_LIMIT),
        facilitator=clean_line(facilitator, NAME_LIMIT),
        held=held,
    )
    return replace(session, about=about)


def set_rules(session: Session, rules: Rules, *, ballots_in: int) -> Session:
    """The session with other rules.

    The key phrase and whether voters are let in one by one may change at any time. Privacy, minimum group, consensus
    and how often an item is voted on are fixed once a vote is open, since voters were promised them; the number of dots
    while people place them.

    Raises:
        RulesAreFixed: A vote was opened and one of the fixed rules would change, or people are on the roster and the
            privacy mode would change to or from the anonymous one.
        InvalidValue: A rule is out of its range.
    """
    check_rules(rules)
    refuse_fixed_rules(session, rules, ballots_in=ballots_in)
    present = session.rules
    anonymous = "anonymous" in (present.privacy, rules.privacy)
    if session.participants and anonymous and present.privacy is not rules.privacy:
        raise RulesAreFixed("Empty the roster (or take back the codes) before changing to or from the anonymous mode.")
    return replace(session, rules=rules)


def refuse_fixed_rules(session: Session, rules: Rules, *, ballots_in: int) -> None:
    """Refuse rules that differ in what is fixed by now.

    Raises:
        RulesAreFixed: They do.
    """
    present = session.rules
    free = replace(rules, key_phrase=present.key_phrase, dots=present.dots, supervised=present.supervised)
    if free != present and (reason := rules_fixed(session, ballots_in=ballots_in)):
        raise RulesAreFixed(reason)
    if rules.dots != present.dots and (reason := dots_fixed(session)):
        raise RulesAreFixed(reason)


def rules_fixed(session: Session, *, ballots_in: int) -> str:
    """Why the rules that voters rely on stay as they are; empty if they may change."""
    if ballots_in:
        return "Ballots are in, so privacy, minimum group and consensus rule stay as they are."
    if session.rounds:
        return (
            "A vote was opened, so privacy, minimum group and consensus rule stay as voters were promised them; "
            "take its opening back to change them."
        )
    return ""


def dots_fixed(session: Session) -> str:
    """Why the number of dots stays as it is; empty if it may change."""
    if session.rounds and session.rounds[-1].kind == "dots" and session.rounds[-1].state != "revealed":
        return "People are placing their dots, so each has the same number until this vote is shown or taken back."
    return ""


def check_rules(rules: Rules) -> None:
    """Refuse rules that are out of range.

    Raises:
        InvalidValue: The sentence names the rule and its range.
    """
    if not SMALLEST_GROUP <= rules.minimum_group <= LARGEST_GROUP:
        raise InvalidValue(
            f"The minimum group may be raised from {SMALLEST_GROUP} up to {LARGEST_GROUP}, and never lowered."
        )
    if not 0.5 < rules.consensus_share <= 1:
        raise InvalidValue("The consensus rule takes a share above 50 % and up to 100 %.")
    if not 0 <= rules.votes_again <= 3:
        raise InvalidValue("An item may be put to the vote again at most 3 times.")
    if not 1 <= rules.dots <= 20:
        raise InvalidValue("Each participant may place 1 to 20 dots.")


def set_content(session: Session, content: Content) -> Session:
    """The session with another agenda and other self-tests.

    Raises:
        RulesAreFixed: A round was held, so the items are fixed.
    """
    if session.rounds:
        raise RulesAreFixed("Voting has begun, so the self-tests stay as they are.")
    return replace(session, content=content)


def set_self_tests(session: Session, content: Content | None, kept: Collection[str]) -> Session:
    """The session with other self-tests, some of which may be its own: of a file that no library holds.

    Args:
        session: The session.
        content: What the library gives for the others, which come first; None where there are none.
        kept: Ids of the session's own self-tests that stay, with the maturity models they ask for.

    Raises:
        RulesAreFixed: A round was held, so the items are fixed.
        InvalidValue: Two of the self-tests share an item's id.
    """
    own = tuple(instrument for instrument in session.content.instruments if instrument.id in kept)
    base = replace(session.content, instruments=()) if content is None else content
    asked, known = {item.model for item in items_of(own)}, {model.id for model in base.models}
    models = tuple(model for model in session.content.models if model.id in asked - known)
    merged = replace(base, instruments=(*base.instruments, *own), models=(*base.models, *models))
    if len({item.id for item in merged.items}) < len(merged.items):
        raise InvalidValue("Two of these self-tests share an item, so they cannot be asked together; leave one out.")
    return set_content(session, merged)


def checked_title(title: str) -> str:
    """A title, cleaned.

    Raises:
        InvalidName: Nothing is left of it.
    """
    cleaned = clean_line(title, NAME_LIMIT)
    if not cleaned:
        raise InvalidName("The session needs a title.")
    return cleaned
