"""Two real rooms brought in by the commands: every figure that is shown is that computed in R."""

import json
from typing import Any

import pytest

from command_line import CommandLine
from domain.reference_cases import ROOMS, expected, rows

NEAR = 1e-6


def brought_in(cli: CommandLine, room: str, *, groups: bool = True) -> str:
    """A session with all rounds of a room, paired by codes as a form would give them; its id."""
    answers = rows(room)
    ids = list(dict.fromkeys(row["item"] for row in answers))
    options = ", ".join(f'"{number}"' for number in range(1, expected(room)["scale"][1] + 1))
    pack = cli.pack(ids)
    pack.write_text(
        pack.read_text().replace('"Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"', options)
    )
    session = cli.done("new", room, "--pack", pack).strip()
    people = {name: f"form {place}" for place, name in enumerate(sorted({row["participant"] for row in answers}))}
    belonging = ("unit", "level") if groups else ()
    header = ("participant", *belonging, "round", "item", "answer", "code")
    table = [[*(row[name] for name in header[:-1]), people[row["participant"]]] for row in answers]
    file = cli.table("votes.csv", [header, *table])
    for number in expected(room)["rounds"]:
        cli.done("import", session, file, "--round", number)
        cli.done("close-round", session, "--reveal")
    return session


@pytest.mark.parametrize("room", ROOMS)
def test_every_figure_that_is_shown_is_that_of_r(cli: CommandLine, room: str) -> None:
    session = brought_in(cli, room)
    for number, wanted in expected(room)["rounds"].items():
        check_results(json.loads(cli.done("results", session, "--round", number, "--json")), wanted)
    report = json.loads(cli.done("export", session, "--document", "report", "--format", "json"))
    check_statistics(report["statistics"], expected(room))


@pytest.mark.parametrize("room", ROOMS)
def test_figures_of_whole_ballots_are_those_of_r_where_no_groups_stand_beside_them(cli: CommandLine, room: str) -> None:
    session = brought_in(cli, room, groups=False)
    report = json.loads(cli.done("export", session, "--document", "report", "--format", "json"))
    (scale,) = report["statistics"]["scales"]
    wanted = expected(room)
    concordance = wanted["rounds"]["1"]["kendall_W_ties"]
    everybody = concordance["complete_participants"] == wanted["participants"]
    assert scale["w"] == (pytest.approx(concordance["W"], abs=NEAR) if everybody else None)


def check_results(found: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert len(found["items"]) == len(wanted["items"])
    told = 0
    for item in found["items"]:
        figures = wanted["items"][item["id"]]
        overall, shape = figures["overall"], figures["shape"]
        assert (item["n"], item["counts"]) == (overall["n"], overall["counts"])
        assert (item["dont_know"], item["left_out"]) == (figures["dont_know"], figures["missing"])
        assert [item["median"], *item["iqr"]] == [overall["median"], overall["q1"], overall["q3"]]
        assert item["agreement"] == pytest.approx(100 * overall["lsquared"], abs=NEAR)
        pattern = item["pattern"]
        assert (pattern["shape"], pattern["region"]) == (shape["label"], shape["region"])
        assert pattern["provisional"] == shape["provisional"]
        shown = {name: group for name, group in item["units"].items() if "median" in group}
        assert pattern["label"] == (figures["pattern"] if shown else shape["label"])
        told += any("median" in group for named in ("units", "levels") for group in item[named].values())
        for breakdown in ("unit", "level"):
            for name, group in item[f"{breakdown}s"].items():
                if "median" in group:
                    assert group["median"] == figures[f"by_{breakdown}"][name]["median"]
                    assert group["n"] in (None, figures[f"by_{breakdown}"][name]["n"])
    assert 5 * told >= 4 * len(found["items"]), "groups are shown of most items"
    agreements = {item["id"]: item["agreement"] for item in found["items"]}
    assert [agreements[name] for name in found["ranking"]] == pytest.approx(
        [agreements[name] for name in wanted["rank_by_disagreement"]]
    )


def check_statistics(found: dict[str, Any], wanted: dict[str, Any]) -> None:
    first = wanted["rounds"]["1"]
    names = {
        "leik": "leik_D",
        "van_der_eijk": "van_der_eijk_A",
        "tastle_wierman": "consensus_TW",
        "l_squared": "lsquared",
        "ad_md": "ad_md",
        "r_wg": "rwg",
        "iqr": "iqr",
        "median": "median",
    }
    for item in found["items"]:
        overall = first["items"][item["id"]]["overall"]
        for ours, theirs in names.items():
            assert item[ours] == pytest.approx(overall[theirs], abs=NEAR), (item["id"], ours)
    (scale,) = found["scales"]
    assert scale["alpha"] == pytest.approx(first["krippendorff_alpha_ordinal"], abs=NEAR)
    assert scale["w"] is None, "units or levels stand beside it"
    between = wanted.get("between_rounds", {})
    assert len(found["rounds"]) == len(between)
    for moved, (name, figures) in zip(found["rounds"], between.items(), strict=True):
        assert moved["unchanged"] == pytest.approx(figures["share_unchanged"], abs=NEAR)
        assert moved["v"] == figures["wilcoxon_V"]
        # R numbers only the options that were chosen; where one between was not, its steps are others.
        if options_without_gap(wanted["rounds"], name):
            assert moved["kappa"] == pytest.approx(figures["kappa_quadratic"], abs=NEAR)
        assert moved["p"] == pytest.approx(figures["wilcoxon_p_exact"], abs=NEAR)


def options_without_gap(rounds: dict[str, Any], name: str) -> bool:
    counts = [round_["items"][name]["overall"]["counts"] for round_ in rounds.values()]
    chosen = [place for place, both in enumerate(zip(*counts, strict=True)) if any(both)]
    return chosen == list(range(chosen[0], chosen[-1] + 1))
