# ruff: noqa: INP001 - a script, not a package
"""A whole workshop by script, with the installed program: twelve people in two units and two levels.

    python workshop.py PROGRAM

Works in the present folder, which should be an empty one. Ends with an error at the first thing that is not as it
should be.
"""

import csv
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

PROGRAM = sys.argv[1]

UNITS, LEVELS = ("Sales", "Support"), ("Leadership", "Front line")


def cxworkshop(*words: str, code: int = 0) -> str:
    """Run a command that must end with this code, without a traceback; gives what it printed on stdout."""
    ended = subprocess.run(  # noqa: S603 - our own program
        [PROGRAM, "--sessions", "sessions", *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    expect(ended.returncode == code, f"{words} ended with {ended.returncode}:\n{ended.stdout}{ended.stderr}")
    expect("Traceback" not in ended.stderr, ended.stderr)
    return ended.stdout


def expect(holds: object, otherwise: str) -> None:
    """End with a sentence where something does not hold."""
    if not holds:
        sys.exit(f"The scripted workshop failed: {otherwise}")


def fill(sheet: Path) -> dict[str, list[int]]:
    """Fill in the blank sheet for twelve people; gives the answers of each item.

    The units differ on every third item, one person leaves an item out, and the rest lies close together.
    """
    with sheet.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    items = header[3:]
    answers: dict[str, list[int]] = {item: [] for item in items}
    with sheet.open("a", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        for person in range(12):
            row: list[int | str] = []
            for place, item in enumerate(items):
                apart = place % 3 == 0 and person % 2
                answer: int | str = "" if (person, place) == (11, 1) else 5 if apart else 1 + (person + place) % 2
                row.append(answer)
                if isinstance(answer, int):
                    answers[item].append(answer)
            rows.writerow([f"Person {person + 1}", UNITS[person % 2], LEVELS[person >= 6], *row])
    return answers


def check_results(results: dict[str, object], session: str, answers: dict[str, list[int]]) -> None:
    """Hold the published results to the answers that went in."""
    expect((results["schema"], results["session"], results["round"]) == (1, session, 1), "the results' head")
    expect(results["ballots"] == 12, "the number of ballots")
    items = results["items"]
    assert isinstance(items, list)
    expect([item["id"] for item in items] == list(answers), "the items of the results")
    for item in items:
        given = Counter(answers[item["id"]])
        counts = [given[option] for option in range(1, len(item["options"]) + 1)]
        expect(item["counts"] == counts, f"the counts of {item['id']}: {item['counts']} instead of {counts}")
        expect(0 <= item["agreement"] <= 100, f"the agreement of {item['id']}")
        expect(set(item["units"]) == set(UNITS), f"the units of {item['id']}")
    ranking = results["ranking"]
    assert isinstance(ranking, list)
    expect(sorted(ranking) == sorted(answers), "the ranking")
    expect(results["models"], "the maturity models")


def refused_and_unchanged(words: Sequence[str]) -> None:
    """Hold a command to being refused without changing what is listed."""
    before = cxworkshop("list", "--json")
    cxworkshop(*words, code=1)
    expect(cxworkshop("list", "--json") == before, f"{words} changed something")


def main() -> None:
    """Run the workshop."""
    groups = [word for unit in UNITS for word in ("--unit", unit)] + [
        word for level in LEVELS for word in ("--level", level)
    ]
    session = cxworkshop("new", "Aurora Telecom", "--organisation", "Aurora", "--agenda", "90", *groups).strip()
    cxworkshop("sheet", session, "--output", "sheet.csv")
    expect("# " in cxworkshop("sheet", session, "--format", "markdown"), "the sheet to be printed")
    answers = fill(Path("sheet.csv"))
    refused_and_unchanged(["import", session, "nowhere.csv"])
    refused_and_unchanged(["import", session, "sheet.csv", "--round", "2"])
    cxworkshop("import", session, "sheet.csv", "--dry-run")
    cxworkshop("import", session, "sheet.csv")
    refused_and_unchanged(["import", session, "sheet.csv"])
    refused_and_unchanged(["results", session])
    cxworkshop("close-round", session)
    cxworkshop("reopen-round", session)
    cxworkshop("close-round", session, "--reveal")
    check_results(json.loads(cxworkshop("results", session, "--json")), session, answers)
    expect("agreement" in cxworkshop("results", session), "the table of results")
    for document in ("plan", "report"):
        output = f"{document}.md"
        cxworkshop("export", session, "--document", document, "--output", output)
        expect(Path(output).read_text(encoding="utf-8").startswith("# "), f"the {document}")
        refused_and_unchanged(["export", session, "--document", document, "--output", output])
        found = json.loads(cxworkshop("export", session, "--document", document, "--format", "json"))
        expect(found["session"] == session, f"the {document} as JSON")
    Path("own.md.j2").write_text("# {{ title }}\n", encoding="utf-8")
    expect(cxworkshop("export", session, "--template", "own.md.j2").startswith("# "), "the plan by a template")
    cxworkshop("packs", "new", "our-survey.toml")
    cxworkshop("packs", "check", "our-survey.toml")
    expect("unusable" not in cxworkshop("packs", "list"), "a pack that came with the program")
    refused_and_unchanged(["run", session])
    cxworkshop("new", code=2)
    print(f"{session}: {len(answers)} items, 12 ballots, plan and report written.")  # noqa: T201 - its only output


if __name__ == "__main__":
    main()
