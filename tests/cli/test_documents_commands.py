"""Results and documents from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from command_line import CommandLine

DATA = Path(__file__).parents[1] / "domain" / "data"
ITEMS = ("H1", "H2")


@pytest.fixture
def session(cli: CommandLine) -> str:
    """A session whose first round of twelve people was revealed: H1 splits the units, H2 is agreed."""
    made = cli.done("new", "House", "--pack", cli.pack(ITEMS)).strip()
    rows = [(f"P{n}", ("Sales", "Support")[n % 2], "Staff", 5 if n % 2 else 1, 4) for n in range(12)]
    cli.done("import", made, cli.table("answers.csv", [("participant", "unit", "level", *ITEMS), *rows]))
    cli.done("close-round", made, "--reveal")
    return made


@pytest.fixture(scope="module")
def published() -> dict[str, Any]:
    """Figures of a real survey of 24 people, computed elsewhere."""
    found: dict[str, Any] = json.loads((DATA / "tafe_small_expected.json").read_text(encoding="utf-8"))
    return found["rounds"]["1"]["items"]  # type: ignore[no-any-return]


def test_a_published_survey_comes_out_with_its_published_figures(cli: CommandLine, published: dict[str, Any]) -> None:
    made = cli.done("new", "Institute", "--pack", cli.pack(published)).strip()
    cli.done("import", made, DATA / "tafe_small.csv")
    cli.done("close-round", made, "--reveal")
    results = json.loads(cli.done("results", made, "--json"))
    assert (results["schema"], results["session"], results["round"], results["ballots"]) == (1, made, 1, 24)
    assert {item["id"] for item in results["items"]} == set(published)
    for item in results["items"]:
        overall = published[item["id"]]["overall"]
        assert item["n"] == overall["n"]
        assert item["counts"] == overall["counts"]
        assert item["dont_know"] == published[item["id"]]["dont_know"]
        assert item["left_out"] == published[item["id"]]["missing"]
        assert item["median"] == overall["median"]
        assert item["iqr"] == [overall["q1"], overall["q3"]]
        assert item["agreement"] == pytest.approx(100 * overall["lsquared"])


def test_the_table_says_the_same_in_words_with_most_disagreement_first(cli: CommandLine, session: str) -> None:
    lines = cli.done("results", session).splitlines()
    first, second = (next(number for number, line in enumerate(lines) if item in line) for item in ITEMS)
    assert first < second
    assert "Sales" in lines[first + 1]
    assert "100" in lines[second]


def test_nothing_is_shown_before_the_reveal(cli: CommandLine) -> None:
    made = cli.done("new", "House", "--pack", cli.pack(ITEMS)).strip()
    cli.done("import", made, cli.table("a.csv", [("participant", *ITEMS), *((f"P{n}", 2, 3) for n in range(12))]))
    for words in (("results", made), ("results", made, "--json"), ("export", made, "--document", "report")):
        assert "reveal" in cli.refused(*words)
    cli.done("close-round", made)
    assert "reveal" in cli.refused("results", made)


def test_a_round_that_was_never_held_is_refused(cli: CommandLine, session: str) -> None:
    assert "no round 2" in cli.refused("results", session, "--round", "2")


@pytest.mark.parametrize("document", ["plan", "report"])
def test_documents_come_as_markdown_and_as_json(cli: CommandLine, session: str, document: str) -> None:
    assert cli.done("export", session, "--document", document).startswith("# ")
    found = json.loads(cli.done("export", session, "--document", document, "--format", "json"))
    assert found["document"] == document
    assert found["session"] == session


def test_an_export_never_overwrites_unless_told_to(cli: CommandLine, session: str) -> None:
    output = cli.folder / "plan.md"
    said = cli("export", session, "--output", output)
    assert (said.code, said.out) == (0, "")
    assert str(output) in said.err
    assert output.read_text(encoding="utf-8").startswith("# ")
    output.write_text("mine", encoding="utf-8")
    assert "--force" in cli.refused("export", session, "--output", output)
    assert output.read_text(encoding="utf-8") == "mine"
    cli.done("export", session, "--output", output, "--force")
    assert output.read_text(encoding="utf-8") != "mine"


def test_an_export_into_a_folder_that_is_not_there_is_refused(cli: CommandLine, session: str) -> None:
    assert "nowhere" in cli.refused("export", session, "--output", cli.folder / "nowhere" / "plan.md")


def test_a_blank_sheet_can_be_filled_in_and_taken_in(cli: CommandLine) -> None:
    made = cli.done("new", "House", "--pack", cli.pack(ITEMS)).strip()
    output = cli.folder / "sheet.csv"
    cli.done("sheet", made, "--output", output)
    with output.open("a", encoding="utf-8") as file:
        file.write("Ann,Sales,Staff,4,DK\n")
    assert "1 ballot with 2 answers" in cli.done("import", made, output)
    assert "is there already" in cli.refused("sheet", made, "--output", output)


def test_a_blank_sheet_on_paper_has_every_question_and_the_promise(cli: CommandLine) -> None:
    made = cli.done("new", "House", "--pack", cli.pack(ITEMS)).strip()
    sheet = cli.done("sheet", made, "--format", "markdown")
    for item in ITEMS:
        assert item in sheet
    assert "Strongly disagree" in sheet
    assert "promise" in sheet


def test_a_template_of_ones_own_is_filled(cli: CommandLine, session: str) -> None:
    template = cli.folder / "own.md.j2"
    template.write_text("# {{ document }} of {{ title }}\n", encoding="utf-8")
    assert cli.done("export", session, "--template", template) == "# plan of House\n"
    assert cli.done("export", session, "--document", "report", "--template", template) == "# report of House\n"


def test_a_faulty_template_is_named_and_leaves_the_old_file(cli: CommandLine, session: str) -> None:
    template, output = cli.folder / "own.md.j2", cli.folder / "own.md"
    output.write_text("mine", encoding="utf-8")
    for source in ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "{% for x in %}", "{{ undefined_thing }}"):
        template.write_text(f"fine\n{source}", encoding="utf-8")
        said = cli.refused("export", session, "--template", template, "--output", output, "--force")
        assert said.startswith("own.md.j2, line 2: ")
        assert output.read_text(encoding="utf-8") == "mine"
    assert "cannot be read" in cli.refused("export", session, "--template", cli.folder / "none.j2")


def test_a_template_stands_in_place_of_a_form(cli: CommandLine, session: str) -> None:
    assert cli("export", session, "--template", "own.j2", "--format", "json").code == 2
