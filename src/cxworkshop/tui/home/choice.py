"""What a user of the home screen can want."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenSession:
    """Run the console on a session."""

    session_id: str
    rehearsal: bool = False
    """It is a practice session, in the catalogue of rehearsals."""


@dataclass(frozen=True, slots=True)
class Rehearse:
    """Make a practice session with simulated people and run the console on it."""


HomeChoice = OpenSession | Rehearse
