"""Closing, reopening and revealing rounds: the moments at which the ballot box itself changes."""

from cxworkshop.domain import discussion, rounds
from cxworkshop.domain.errors import NoOpenRound
from cxworkshop.domain.session import Privacy, Round, Session
from cxworkshop.facilitation.ports import SessionStore


def close_round(store: SessionStore, round_key: str = "") -> Round:
    """Stop voting in the open round and forget which ballot is whose; gives the closed round.

    Args:
        store: The session.
        round_key: The round that is meant, where another may be open by now; empty means whichever is open.

    Somebody who gave the code of an earlier round would be linked by the file to a ballot that was revealed; so from
    the first reveal on, closing also removes every older copy. Where there is no list of names it always does, since a
    ballot and the mark of the code that let its owner in were written in one line.

    Raises:
        NoOpenRound: No round is open, or not the one that is meant.
    """
    with store.transaction() as transaction:
        held = transaction.session.open_round
        _refuse_other(held, round_key)
        closed = rounds.close_round(transaction.session)
        transaction.save(closed)
        key = closed.rounds[-1].key if held is None else held.key
        transaction.box.unlink(key)
        anonymous = closed.rules.privacy is Privacy.ANONYMOUS
        if anonymous or any(found.state == "revealed" and found.method == "ballots" for found in closed.rounds):
            transaction.seal()
        return closed.round(key)


def reopen_round(store: SessionStore, round_key: str = "") -> Round:
    """Take the closing of the last round back, before its reveal; gives the open round.

    Args:
        store: The session.
        round_key: The round that is meant, where another may be the last by now; empty means the last.

    Raises:
        RoundAlreadyOpen: A round is open.
        AlreadyRevealed: The last round was revealed.
        NoOpenRound: No round was held yet, or the last is not the one that is meant.
    """
    with store.transaction() as transaction:
        _refuse_other(next(reversed(transaction.session.rounds), None), round_key)
        reopened = rounds.reopen_round(transaction.session)
        transaction.save(reopened)
        return reopened.rounds[-1]


def reveal_round(store: SessionStore) -> Round:
    """Reveal the last closed round: ballots become nameless, shuffled and final, and every older copy is removed.

    Raises:
        RoundNotClosed: The round is open still, or none was held.
        AlreadyRevealed: It was revealed before.
        NothingToReveal: It has no ballots.
    """
    with store.transaction() as transaction:
        session = transaction.session
        ballots_in = transaction.box.count(session.rounds[-1].key) if session.rounds else 0
        revealed = rounds.reveal_round(session, ballots_in=ballots_in)
        revealed = discussion.after_voting_again(revealed, revealed.rounds[-1].items)
        transaction.save(revealed)
        transaction.seal()
        return revealed.rounds[-1]


def drop_round(store: SessionStore, round_key: str = "") -> Session:
    """Take back the opening of a round that has no ballots yet.

    Args:
        store: The session.
        round_key: The round that is meant, where another may be open by now; empty means whichever is open.

    Raises:
        NoOpenRound: No round is open, or not the one that is meant.
        InvalidValue: Ballots are in.
    """
    with store.transaction() as transaction:
        session = transaction.session
        present = session.open_round
        _refuse_other(present, round_key)
        dropped = rounds.drop_round(session, ballots_in=transaction.box.count(present.key) if present else 0)
        dropped = discussion.after_voting_again(dropped, present.items if present else ())
        transaction.save(dropped)
        return dropped


def _refuse_other(found: Round | None, round_key: str) -> None:
    """Refuse where another round stands where the one that is meant stood, or none."""
    if round_key and (found is None or found.key != round_key):
        raise NoOpenRound("Other rounds were held since on another terminal, so this is not undone.")
