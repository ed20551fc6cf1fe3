"""The lines of the sheet of Prepare."""

from collections import Counter
from collections.abc import Sequence

from cxworkshop.domain import preparation, roster
from cxworkshop.domain.roster import Grouping
from cxworkshop.domain.session import Participant, Privacy, Session
from cxworkshop.tui.console.steps.taking_up import last_session_row
from cxworkshop.tui.keymap import with_keys
from cxworkshop.tui.said_groups import unit_and_level
from cxworkshop.tui.widgets.sheet import Row

PRIVACY_CHOICES: tuple[tuple[Privacy, str, str], ...] = (
    (Privacy.CONFIDENTIAL, "Confidential", "who has voted is known, never what"),
    (Privacy.ANONYMOUS, "Anonymous", "no names; a one-use code a head"),
    (Privacy.OPEN, "Open", "names stay with ballots, by everybody's consent"),
)
"""The privacy modes, what they are called and what they mean."""

_FIXED = "Ballots are in, so this stays as it is until the end of the session."
_FIXED_TESTS = "Voting has begun, so the self-tests stay as they are."


def groups(session: Session, grouping: Grouping) -> tuple[str, ...]:
    """The declared units or levels."""
    return session.units if grouping == "unit" else session.levels


def prepare_rows(session: Session, *, voted: bool) -> list[Row]:
    """Every line of the sheet.

    Args:
        session: The session.
        voted: Whether a ballot is in, so that the rules are fixed.
    """
    return [
        *_about_rows(session),
        *_content_rows(session),
        *_rule_rows(session, voted=voted),
        *_group_rows(session, "unit", voted=voted),
        *_group_rows(session, "level", voted=voted),
        *_people_rows(session),
    ]


def _about_rows(session: Session) -> list[Row]:
    about = session.about
    return [
        Row("", "The sitting"),
        Row("about:title", "Title", about.title),
        Row("about:organisation", "Organisation", about.organisation or "–"),
        Row("held:", "Date", about.held.isoformat()),
        Row("about:facilitator", "Facilitator", about.facilitator or "–"),
        last_session_row(session),
    ]


def _content_rows(session: Session) -> list[Row]:
    content = session.content
    fixed = _FIXED_TESTS if session.rounds else ""
    titles = ", ".join(instrument.title for instrument in content.instruments)
    return [
        Row("", "What is asked"),
        Row("agenda:", "Agenda", content.agenda.title, refusal=fixed),
        Row("tests:", "Self-tests", _items(len(content.items)), titles, refusal=fixed),
    ]


def _rule_rows(session: Session, *, voted: bool) -> list[Row]:
    rules, fixed = session.rules, _FIXED if voted else preparation.rules_fixed(session, ballots_in=0)
    meaning = next((name, said) for mode, name, said in PRIVACY_CHOICES if mode is rules.privacy)
    phrase = "set" if rules.key_phrase else "none"
    warning = "" if rules.key_phrase else "anybody can take the console back"
    return [
        Row("", "Rules, agreed before anybody sees data"),
        Row("privacy:", "Privacy", meaning[0], meaning[1], refusal=fixed),
        Row("rule:minimum_group", "Smallest group", f"{rules.minimum_group} answers", refusal=fixed),
        Row(
            "rule:consensus_share",
            "Consensus",
            f"{rules.consensus_share:.0%}",
            "in two neighbouring options",
            refusal=fixed,
        ),
        Row("rule:votes_again", "Votes again", f"{rules.votes_again} per item", refusal=fixed),
        Row("rule:dots", "Dots", f"{rules.dots} a person", refusal=preparation.dots_fixed(session)),
        Row(
            "supervised:",
            "Next voter",
            "waits for you" if rules.supervised else "begins at once",
            with_keys("[y:voter.next] lets one in, or the key phrase at the terminal") if rules.supervised else "",
        ),
        Row("phrase:", "Key phrase", phrase, warning=warning),
    ]


def _group_rows(session: Session, grouping: Grouping, *, voted: bool) -> list[Row]:
    names = groups(session, grouping)
    fixed = _FIXED if voted else ""
    sizes = Counter(_group(person, grouping) for person in session.participants.values())
    small = {group.name for group in roster.small_groups(session) if group.grouping == grouping}
    least = session.rules.minimum_group
    rows = [
        Row(
            "",
            "Units"
            if grouping == "unit"
            else with_keys("Levels, the most senior first; [o:groups.order] moves one up"),
        )
    ]
    if not names:
        rows.append(
            Row(
                f"add:{grouping}",
                with_keys(f"None declared; [n:line.add] adds one, or leave it open and {grouping}s may be typed"),
                refusal=fixed,
            )
        )
    for name in names:
        warning = with_keys(f"under {least}: will not be shown; [m:groups.merge] merges") if name in small else ""
        note = _place_in_words(name, names) if grouping == "level" else ""
        rows.append(Row(f"{grouping}:{name}", name, _people(sizes[name]), note, warning, fixed))
    return rows


def _place_in_words(level: str, levels: Sequence[str]) -> str:
    """What being the first or the last of two or more levels means; empty for the others."""
    if len(levels) < 2:
        return ""
    return {levels[0]: "most senior", levels[-1]: "nearest to the customers"}.get(level, "")


def _people_rows(session: Session) -> list[Row]:
    members = tuple(session.participants.values())
    if session.rules.privacy is Privacy.ANONYMOUS:
        codes = f"{len(members)} drawn" if members else "none drawn yet"
        return [
            Row("", "Codes"),
            Row(
                "add:codes", "One-use codes", codes, with_keys("[c:codes.more] draws more; they are shown at Self-test")
            ),
        ]
    if not members:
        return [
            Row("", "People"),
            Row(
                "add:person",
                with_keys(
                    "Nobody yet; [n:line.add] adds one, [p:roster.paste] takes a pasted list, "
                    "or people type their names when voting"
                ),
            ),
        ]
    return [
        Row("", f"People ({len(members)})"),
        *(
            Row(f"person:{person.id}", person.name, unit_and_level(person.unit, person.level) or "–")
            for person in members
        ),
    ]


def _group(person: Participant, grouping: Grouping) -> str:
    return person.unit if grouping == "unit" else person.level


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def _items(count: int) -> str:
    return "1 item" if count == 1 else f"{count} items"


def row_ids(rows: Sequence[Row]) -> tuple[str, ...]:
    """The ids of lines that can be chosen."""
    return tuple(row.id for row in rows if row.id)
