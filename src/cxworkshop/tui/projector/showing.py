"""Which view stands on the projector, made of the session as it is: the only place that reads results for it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from cxworkshop.domain import discussion, rounds
from cxworkshop.domain.comparison import compared_models, compared_themes, figures_shown
from cxworkshop.domain.follow_up import taken_over, trend
from cxworkshop.domain.priorities import last_vote
from cxworkshop.domain.promises import promise
from cxworkshop.domain.published import dots_of, feedback_of, ratings_of
from cxworkshop.domain.ratings import candidates_in
from cxworkshop.domain.ratings_in_words import place_in_words
from cxworkshop.domain.results import ItemResult, RoundResult
from cxworkshop.domain.rounds import FEEDBACK_OPTIONS
from cxworkshop.domain.session import Action, ActionState, Candidate, Privacy, Round, Session, Step
from cxworkshop.domain.wording import OUTCOME_NAMES, counted, group_remarks, map_summary, ranking_summary
from cxworkshop.facilitation.ports import BallotBox
from cxworkshop.tui.console.item_pictures import item_picture
from cxworkshop.tui.console.kept_results import KeptResults
from cxworkshop.tui.projector.views import (
    Closing,
    Comparison,
    Counting,
    Items,
    Levels,
    Map,
    OneItem,
    Plan,
    PlannedAction,
    Priority,
    Stages,
    View,
    Waiting,
    Welcome,
)
from cxworkshop.tui.widgets.charts.effort_map import points_of
from cxworkshop.tui.widgets.charts.item_page import ItemPicture
from cxworkshop.tui.widgets.charts.pictures import gap_picture, item_rows, list_remarks, map_points, stage_picture

_MEANT = 2
"""The first sentences of the welcome say what is meant by customer experience."""

_FIGURES_OF_MODEL = 2
"""Published figures beside each maturity model; the console and the report have all of them."""

_ACTION_STATES: Mapping[ActionState, str] = {
    "open": "",
    "done": "☑ done",
    "moved": "→ goes on",
    "dropped": "✕ dropped",
}


class Showing:
    """Makes the view of a session; results are worked out once and kept while nothing of them changes."""

    def __init__(self) -> None:
        self._results = KeptResults()

    def view(self, session: Session, box: BallotBox) -> View:
        """What the room sees now."""
        held = session.open_round
        if held is not None and _belongs(held, session.live.step):
            return counting(session, held, box.count(held.key))
        step = session.live.step
        if step in (Step.PREPARE, Step.WELCOME):
            return welcome(session)
        if step is Step.PLAN:
            return plan_view(session, box)
        if step is Step.CLOSE:
            return closing_view(session, box)
        result = self._results.first(session, box)
        if step is Step.SELF_TEST or result is None:
            return _around_the_vote(session, box, revealed=result is not None)
        return _after_the_reveal(session, box, result)


def _belongs(held: Round, step: Step) -> bool:
    """Whether the open vote is what the room is at; before the sitting it is the welcome, not the count."""
    if held.kind == "self_test":
        return step in (Step.SELF_TEST, Step.REVEAL, Step.DISAGREEMENTS, Step.COMPARE)
    return step is (Step.PLAN if candidates_in(held) else Step.CLOSE)


def welcome(session: Session) -> Welcome:
    """The sitting and its promise."""
    about, promised = session.about, promise(session.rules)
    day = f"{about.held.day} {about.held:%B %Y}"
    return Welcome(
        about.title,
        " · ".join(part for part in (about.organisation, day) if part),
        headcount(session),
        session.content.prompt("step:welcome").say[:_MEANT],
        promised.kept,
        promised.not_kept,
        _planned(taken_over(session)) if session.live.step is Step.WELCOME else (),
        None if session.last_time is None else session.last_time.held,
    )


def headcount(session: Session) -> str:
    """How many are here, in words; empty where nobody is known of."""
    count = len(session.participants)
    if not count:
        return ""
    if session.rules.privacy is Privacy.ANONYMOUS:
        return f"{counted(count, 'code')} to hand out"
    return counted(count, "person in the room", "people in the room")


def counting(session: Session, held: Round, count: int) -> Counting:
    """How many are in, and what is to be done."""
    people = len(session.participants)
    of = f"{count} of {people}" if people else str(count)
    verb = "is" if (people or count) == 1 else "are"
    if held.kind == "dots":
        placed = f"{of} {'has' if (people or count) == 1 else 'have'} placed their dots"
        share = counted(session.rules.dots, "dot")
        return Counting("Priorities", count, people, placed, (f"Each of you places {share} on what matters most.",))
    if held.kind == "ratings":
        twice = "Rate each candidate twice: how much it would change, and how much it would take."
        return Counting("Impact and effort", count, people, f"{of} {verb} in", (twice,))
    if held.kind == "feedback":
        asked = "Was this session worth your time?"
        return Counting("The last question", count, people, f"{of} {verb} in", (asked, "One answer each, unseen."))
    doing = (
        "Answer alone, from what you have seen yourself. If you do not know, say so with 0.",
        "Nobody sees any answer before the reveal. Wait for your turn at a free terminal.",
    )
    if held.number == 1:
        return Counting("Self-test", count, people, f"{of} {verb} in", doing)
    again = tuple(item.text for item in session.content.items if item.id in held.items)
    return Counting(rounds.vote_title(session, held), count, people, f"{of} {verb} in", doing[1:], again)


def _around_the_vote(session: Session, box: BallotBox, *, revealed: bool) -> Waiting:
    held = next(iter(rounds.self_test_rounds(session)), None)
    if held is None:
        items = counted(len(session.content.items), "item")
        return Waiting("Self-test", (f"The vote has not begun: {items}.", "Everybody answers alone and unseen."))
    ballots = counted(box.count(held.key), "ballot")
    following = "Its results are revealed." if revealed else "The reveal comes next."
    return Waiting("The vote is closed", (f"{ballots} in all.", following))


def _after_the_reveal(session: Session, box: BallotBox, result: RoundResult) -> View:
    if session.live.step is Step.REVEAL:
        return _revealed(session, box, result)
    if session.live.step is Step.DISAGREEMENTS:
        return _talked_about(session, box, result)
    if not figures_shown(session):
        return Waiting("Compare", ("First what we say of it ourselves.", "Then what others have published."))
    return comparison(session, result)


def comparison(session: Session, result: RoundResult) -> Comparison:
    """The figures that say most: those that fit the stages best, and one for the weakest items of each theme."""
    models = tuple(
        replace(each, benchmarks=each.benchmarks[:_FIGURES_OF_MODEL])
        for each in compared_models(session.content, result)
    )
    themes = tuple(
        replace(each, items=each.items[:1], benchmarks=each.benchmarks[:1])
        for each in compared_themes(session.content, result)
    )
    return Comparison(models, themes, {model.id: model for model in session.content.models}, trend(session, result))


def _revealed(session: Session, box: BallotBox, result: RoundResult) -> View:
    view = session.live.view or ("item" if session.live.item else "stages")
    found = {each.item.id: each for each in result.items}.get(session.live.item)
    if view == "item" and found is not None:
        return OneItem(_for_the_room(item_picture(session, box, found)))
    if view == "map":
        return Map(map_points(result), f"{map_summary(result)}.")
    if view == "levels":
        return Levels(gap_picture(session.levels, result))
    models = {model.id: model for model in session.content.models}
    pictures = tuple(
        stage_picture(models[found.id], found, result.item(found.item), session.levels)
        for found in result.models
        if found.id in models
    )
    if view == "items" or not pictures:
        rows = item_rows(result)
        return Items(rows, f"{ranking_summary(result)}. {list_remarks(rows, result)}".strip())
    return Stages(pictures)


def _talked_about(session: Session, box: BallotBox, result: RoundResult) -> View:
    queued = [each.item for each in discussion.queue(session, result)]
    if not queued:
        return Waiting("Disagreements", ("There is no disagreement worth the time: the room sees the items alike.",))
    outcomes = {item: discussion.discussion_of(session, item).outcome for item in queued}
    item = session.live.item
    if item not in queued:
        item = next((each for each in queued if outcomes[each] == "open"), queued[0])
    place = f"{queued.index(item) + 1} of {len(queued)}"
    outcome = "" if outcomes[item] == "open" else f" · {OUTCOME_NAMES[outcomes[item]]}"
    return OneItem(_without_groups(session, box, result.item(item)), f"Disagreements, {place}{outcome}")


def _for_the_room(picture: ItemPicture) -> ItemPicture:
    """An item without what is the facilitator's: script, notes and comments, which are read out if at all."""
    return replace(picture, script=(), listed=())


def _without_groups(session: Session, box: BallotBox, result: ItemResult) -> ItemPicture:
    """An item as it is talked about: the whole room's answers and their pattern."""
    picture = _for_the_room(item_picture(session, box, result))
    of_groups = group_remarks(result)
    return replace(picture, groups=(), remarks=tuple(said for said in picture.remarks if said not in of_groups))


def plan_view(session: Session, box: BallotBox) -> Plan:
    """Priorities by the newest vote on them, once that is shown, and the actions; beside these, chosen ones only."""
    voted = _voted(session, box)
    listed = [Priority(candidate.title, candidate.chosen, said) for candidate, said in voted]
    known = {candidate.id for candidate, _ in voted}
    listed += [
        Priority(candidate.title, candidate.chosen)
        for candidate in session.candidates.values()
        if candidate.id not in known
    ]
    chosen = [priority for priority in listed if priority.chosen]
    held = last_vote(session)
    rated = ratings_of(session, box.ballots) if voted and held is not None and held.kind == "ratings" else ()
    shown = tuple(chosen if chosen and session.actions else listed)
    return Plan(shown, _planned(session.plan), tuple(points_of(rated)))


def closing_view(session: Session, box: BallotBox) -> Closing:
    """The plan, the repeat, and what was said of the sitting."""
    asked = next((held for held in reversed(session.rounds) if held.kind == "feedback"), None)
    told = asked is not None and asked.state == "revealed"
    return Closing(
        _planned(session.plan),
        session.closing.strategy_owner,
        session.closing.repeat,
        FEEDBACK_OPTIONS if told else (),
        feedback_of(session, box.ballots) if told else (),
    )


def _voted(session: Session, box: BallotBox) -> list[tuple[Candidate, str]]:
    """The candidates by the newest vote on them, with what it said; while that is not shown, none."""
    held = next((each for each in reversed(session.rounds) if candidates_in(each)), None)
    if held is None or held.state != "revealed":
        return []
    if held.kind == "ratings":
        return [(each.candidate, place_in_words(each)) for each in ratings_of(session, box.ballots)]
    return [
        (each.candidate, f"{counted(each.dots, 'dot')}, place {each.place}{', tied' if each.tied else ''}")
        for each in dots_of(session, box.ballots)
    ]


def _planned(actions: Iterable[Action]) -> tuple[PlannedAction, ...]:
    return tuple(
        PlannedAction(
            action.title, action.owner, action.due, action.measure, action.first_step, _ACTION_STATES[action.state]
        )
        for action in actions
    )
