"""Looking at, checking and beginning packs from the command line."""

from command_line import CommandLine


def test_the_packs_of_all_five_sources_are_listed_as_usable(cli: CommandLine) -> None:
    listed = cli.done("packs", "list")
    for source in ("temkin", "tsia", "lantz", "cmswire", "fauscette"):
        assert source in listed
    assert "unusable" not in listed


def test_a_pack_is_shown_by_id_and_by_file(cli: CommandLine) -> None:
    shown = cli.done("packs", "show", "temkin-six-stages")
    assert "Temkin" in shown
    assert "2013" in shown
    assert "H1  Statement H1 holds for us." in cli.done("packs", "show", cli.pack(["H1"]))


def test_an_unknown_pack_is_refused_with_the_nearest_name(cli: CommandLine) -> None:
    assert "temkin-six-stages" in cli.refused("packs", "show", "temkin-six-stage")


def test_check_names_every_fault_and_where(cli: CommandLine) -> None:
    good = cli.pack(["H1"], "good")
    text = cli.pack(["H1", "H2"], "bad").read_text(encoding="utf-8")
    bad = cli.file("bad.toml", text.replace('scale = "agree"', 'scale = "agreed"').replace("version = 1", ""))
    said = cli("packs", "check", good, bad)
    assert said.code == 1
    faults = said.out.splitlines()
    assert len(faults) == 3
    assert all(str(bad) in fault for fault in faults)
    assert "no faults" in said.err


def test_check_of_good_files_prints_no_fault(cli: CommandLine) -> None:
    said = cli("packs", "check", cli.pack(["H1"]))
    assert (said.code, said.out) == (0, "")


def test_a_new_pack_passes_the_check_and_overwrites_nothing(cli: CommandLine) -> None:
    file = cli.folder / "our-survey.toml"
    cli.done("packs", "new", file)
    assert cli("packs", "check", file).code == 0
    assert "Our survey (our-survey" in cli.done("packs", "show", file)
    before = file.read_text(encoding="utf-8")
    cli.refused("packs", "new", file)
    assert file.read_text(encoding="utf-8") == before
    file.write_text("old", encoding="utf-8")
    cli.done("packs", "new", file, "--force")
    assert file.read_text(encoding="utf-8") == before


def test_a_new_pack_needs_the_name_of_a_pack(cli: CommandLine) -> None:
    assert ".toml" in cli.refused("packs", "new", cli.folder / "survey.txt")
