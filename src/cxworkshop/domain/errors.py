"""Everything the program refuses, as one family of errors.

Each error carries one plain sentence that says what is wrong and what to do about it. They are raised anywhere and
caught at two places only: the command line and the terminal application.
"""


class CxWorkshopError(Exception):
    """The base of every refusal; `str(error)` is the sentence shown to people."""

    exit_code = 1


class WrongUsage(CxWorkshopError):
    """The command was called in a way it cannot mean anything."""

    exit_code = 2


# Voting


class NoOpenRound(CxWorkshopError):
    """Nothing takes ballots now."""


class RoundAlreadyOpen(CxWorkshopError):
    """Another round takes ballots already; only one is open at a time."""


class RoundNotClosed(CxWorkshopError):
    """The round must be closed first."""


class RoundNotRevealed(CxWorkshopError):
    """A closed round waits for its reveal, before another can be held."""


class AlreadyRevealed(CxWorkshopError):
    """The round was revealed; its ballots are sealed and final."""


class NotRevealed(CxWorkshopError):
    """The round has not been revealed, so nothing of it is shown."""


class AlreadyVoted(CxWorkshopError):
    """The participant has a ballot in this round."""


class VoteChanged(CxWorkshopError):
    """The round was opened again with other items or rules than those of this ballot."""


class UnknownCode(CxWorkshopError):
    """No ballot, or no handed-out code, answers to this code."""


class UnknownParticipant(CxWorkshopError):
    """Nobody of that name or id is on the roster."""


class AnswerOutOfRange(CxWorkshopError):
    """An answer names an item or option that the round does not have."""


class VotedAgainAlready(CxWorkshopError):
    """The item was put to the vote again as often as the rules allow."""


class NothingToReveal(CxWorkshopError):
    """The round has no ballots or tallies."""


class TooFewBallots(CxWorkshopError):
    """So few ballots are in that revealing them tells who answered what."""


# Preparing and running


class RulesAreFixed(CxWorkshopError):
    """A rule cannot change once the first ballot is in."""


class InvalidName(CxWorkshopError):
    """A name is empty, taken, or otherwise unusable."""


class InvalidValue(CxWorkshopError):
    """A number, choice or date is outside of what makes sense."""


class AlreadyReviewed(CxWorkshopError):
    """It was noted what became of an action of the last session, which would be lost."""


class UnknownItem(CxWorkshopError):
    """The session has no such item, candidate or action."""


class NothingToUndo(CxWorkshopError):
    """There is no act to take back, or somebody has changed the same thing since."""


# The folder of sessions


class UnknownSession(CxWorkshopError):
    """No session, or more than one, answers to that name."""


class FolderUnusable(CxWorkshopError):
    """The sessions folder cannot be made, read or written."""


# What the store refuses


class StoreError(CxWorkshopError):
    """The files of a session cannot be used as asked."""


class NotSaved(StoreError):
    """A change could not be written and is not kept; what was saved before is untouched."""


class SaveUncertain(NotSaved):
    """A change could not be written safely, and not be taken back either: it may or may not be there on reopening."""


class NotStorable(NotSaved, TypeError):
    """A change holds a value that has no form in a file."""


class ReadOnlySession(StoreError):
    """The session may be read but not written."""


class DamagedSession(ReadOnlySession):
    """The file of the session is damaged; what is whole can be read, nothing is written."""


class NewerSession(StoreError):
    """The session was written by a later version."""


class SessionMissing(StoreError):
    """There is no session in the folder, or no longer."""


class SessionBusy(StoreError):
    """Another process holds the session and does not let go."""
