"""The sentences of the voting pages, said once for the screen and for the line mode."""

from cxworkshop.domain.ratings import candidates_in
from cxworkshop.domain.rounds import vote_title
from cxworkshop.domain.session import Privacy, Round, Session

HAND_OVER = "Next person, please."
WAIT = "Please wait. The facilitator lets the next person begin."
WAITING = "No vote is open yet. The facilitator opens it, and this page follows by itself."
OVER = "The vote is over. If another is opened, this page follows by itself."
WAITING_PLAIN = "No vote is open yet; the facilitator opens it."

OVER_PLAIN = "The vote is over; the facilitator may open another."
CLOSED = (
    "The vote was closed while this ballot was being filled in, so it was not counted. "
    "Nothing that you entered was kept anywhere else. Please tell the facilitator, who can open the vote again; "
    "then this ballot goes on where it stands."
)
CLOSED_PLAIN = (
    "The vote was closed while this ballot was being filled in, so it was not counted, and nothing of it is kept. "
    "Please tell the facilitator, who can open the vote again."
)
CHANGED = (
    "What is voted on was changed since this ballot was begun. What you answered is kept where it is still asked; "
    "please look it over before you send it."
)
PROMISE_CHANGED = "The rules of the vote were changed since this ballot was begun, so the promise is shown anew."
NUMBER_AT_THE_LEFT = "Some of these answers have a number in their words: press the one that stands at the left."
NUMBER_IN_FRONT = "Some of these answers have a number in their words: type the one in front of the colon."
_UNFINISHED = "Beneath it lies a ballot that is not finished; what was answered so far is kept."
COVERED = f"This page is covered. {_UNFINISHED}"
COVERED_UNASKED = f"This page is covered, since nobody pressed a key for a while. {_UNFINISHED}"


def sitting(session: Session) -> str:
    """What sitting this is; a rehearsal says so first."""
    about = session.about
    mark = "PRACTICE" if about.rehearsal else ""
    return " · ".join(part for part in (mark, about.organisation, about.title) if part)


def thank_you(code: str) -> str:
    """All that is said after a ballot was sent."""
    return f"Thank you, your code is {code}, please hand over."


def use_of_code(session: Session, held: Round) -> str:
    """What a code is good for, in one sentence."""
    anonymous = session.rules.privacy is Privacy.ANONYMOUS
    which = "It is not the code you were handed: it leads" if anonymous else "It leads"
    back = f"{which} back to your ballot while the vote is open"
    return f"{back}, and pairs it with a second vote." if held.kind == "self_test" else f"{back}."


def own_code(session: Session) -> str:
    """What a ballot's own code is called, where another was handed out too."""
    return "The code you got after voting" if session.rules.privacy is Privacy.ANONYMOUS else "Your code"


def earlier_code(session: Session, held: Round) -> str:
    """How the code of an earlier round is asked for; empty where there is none that could pair ballots."""
    if held.kind != "self_test" or held.number == 1:
        return ""
    return f"{own_code(session)} {'in' if session.rules.privacy is Privacy.ANONYMOUS else 'of'} the first round"


def waiting(session: Session) -> str:
    """What stands where nobody can vote: before the first vote, or after one."""
    return OVER if session.rounds else WAITING


def waiting_plain(session: Session) -> str:
    """As `waiting`, for the line mode, where nothing follows by itself."""
    return OVER_PLAIN if session.rounds else WAITING_PLAIN


def changed(code: str) -> str:
    """All that is said after a ballot was changed."""
    return f"Thank you, your ballot was changed. Your code is still {code}, please hand over."


def keyed_in(code: str) -> str:
    """What is said after a paper ballot was keyed in."""
    return f"The sheet is in the box. Its code is {code}; write it on the sheet if its owner may want to change it."


def invitation(session: Session, held: Round) -> str:
    """What the vote is and how long it is."""
    count = len(held.items)
    if held.kind == "dots":
        dots = session.rules.dots
        return f"{vote_title(session, held)}: {dots} {'dot' if dots == 1 else 'dots'} to place on {count} candidates."
    if held.kind == "ratings":
        return f"{vote_title(session, held)}: {count} questions on {len(candidates_in(held))} candidates."
    return f"{vote_title(session, held)}: {count} {'question' if count == 1 else 'questions'}."


def turnout(session: Session, ballots: int) -> str:
    """How many ballots are in, and of how many where somebody is missing: others may have walked in."""
    expected = len(session.participants)
    if ballots < expected:
        return f"{ballots} of {expected} are in."
    return f"{ballots} {'is' if ballots == 1 else 'are'} in."


def left_out(count: int) -> str:
    """How many questions have no answer."""
    if not count:
        return "Every question has an answer."
    return "One question is left out." if count == 1 else f"{count} questions are left out."


def dots_left(count: int) -> str:
    """How many dots can still be placed."""
    return {0: "All dots are placed.", 1: "One dot is left."}.get(count, f"{count} dots are left.")
