"""The acts that work at every step of the console."""

from cxworkshop.domain.session import STEPS, Session
from cxworkshop.tui.acts import Act
from cxworkshop.tui.keymap import with_keys


def _nothing_before(session: Session) -> str | None:
    return "This is the first step." if session.live.step is STEPS[0] else None


def _nothing_after(session: Session) -> str | None:
    return "This is the last step; Ctrl+Q leaves." if session.live.step is STEPS[-1] else None


def _no_timer(session: Session) -> str | None:
    return with_keys("No timer is running; [t:timer.toggle] starts one.") if session.live.timer is None else None


def _nobody_waits(session: Session) -> str | None:
    if not session.rules.supervised:
        return "Voters follow one another by themselves; a rule at Prepare lets them wait for you."
    return None if session.open_round is not None else "No vote is open now."


def _no_practice(session: Session) -> str | None:
    return None if session.about.rehearsal else "The coach speaks in practice sessions; the home screen begins one."


COMMON_ACTS: tuple[Act, ...] = (
    Act(
        "step.next",
        ("pagedown",),
        "next step",
        "Go on to the next step; coming back loses nothing.",
        "The flow",
        priority=18,
        refusal=_nothing_after,
        before_fields=True,
    ),
    Act(
        "step.previous",
        ("pageup",),
        "step back",
        "Go back one step; nothing is lost by it.",
        "The flow",
        priority=70,
        refusal=_nothing_before,
        before_fields=True,
    ),
    Act(
        "step.go",
        ("g",),
        "go to",
        "Choose a step to go to; shows the minutes of each.",
        "The flow",
        priority=80,
    ),
    Act(
        "app.undo",
        ("u",),
        "undo",
        "Take back your last act; never a ballot, never the reveal.",
        "The flow",
        priority=60,
    ),
    Act(
        "app.redo",
        ("U",),
        "do again",
        "Do again what undo took back last.",
        "The flow",
        priority=75,
    ),
    Act(
        "step.script",
        ("i",),
        "script",
        "Show all that is said, done and asked at this step, and how the next one begins.",
        "The flow",
        priority=58,
    ),
    Act(
        "note.write",
        ("N",),
        "note",
        "Write a note: on the item that is shown, else on the step; it goes into the report.",
        "The flow",
        priority=57,
    ),
    Act(
        "voter.next",
        ("y",),
        "next voter",
        "Let the next person begin at a terminal that waits for you.",
        "The flow",
        priority=56,
        refusal=_nobody_waits,
    ),
    Act(
        "timer.toggle",
        ("t",),
        "timer",
        "Start a countdown, hold it, or let it go on.",
        "Timer",
        priority=55,
    ),
    Act(
        "timer.more",
        ("plus",),
        "+1 minute",
        "Give the countdown one minute more.",
        "Timer",
        priority=90,
        refusal=_no_timer,
    ),
    Act(
        "timer.stop",
        ("T",),
        "stop timer",
        "Take the countdown off the screen.",
        "Timer",
        priority=91,
        refusal=_no_timer,
    ),
    Act(
        "page.next",
        ("full_stop",),
        "page on",
        "Hold the projector's pages at the first one, then turn to the next; another step lets them turn alone.",
        "Screen",
        priority=86,
    ),
    Act("page.previous", ("comma",), "page back", "Turn the projector's pages back by one.", "Screen", priority=87),
    Act("screen.blank", ("b",), "blank", "Blank the projector, or show it again.", "Screen", priority=85),
    Act(
        "app.colours", ("f3",), "colours", "Change the colours: dark, light, or for a projector.", "Screen", priority=95
    ),
    Act(
        "app.commands",
        ("ctrl+p", "f2"),
        "commands",
        "Find anything by typing a part of its name.",
        "Help",
        priority=98,
        before_fields=True,
    ),
    Act(
        "coach.toggle",
        ("f4",),
        "coach",
        "In a practice session, let the coach say what to do next, or be silent.",
        "Help",
        priority=96,
        refusal=_no_practice,
    ),
    Act("app.help", ("question_mark", "f1"), "help", "Every key of this screen.", "Help", priority=99),
    Act(
        "app.leave",
        ("ctrl+q",),
        "leave",
        "Leave the console; everything is saved and the session goes on where it stands.",
        "Help",
        priority=97,
        before_fields=True,
    ),
)
