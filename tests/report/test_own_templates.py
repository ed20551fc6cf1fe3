"""People's own templates: what they may do, what is refused in which words, and that none runs on or reaches out."""

import json
from pathlib import Path
from typing import Any

import pytest

from cxworkshop.report.own_templates import FaultyTemplate, rendered_by
from cxworkshop.report.sandbox import Faulty, rendered
from report.test_documents import HOSTILE, document, shape

DATA: dict[str, Any] = {
    "title": "a | b & <c>",
    "words": ["x,1", "=y"],
    "round": {"items": 3, "median": None},
    "yes": True,
    "share": 2.345,
}


def made(source: str, name: str = "own.txt.j2", **data: Any) -> str:
    return rendered(source, name, DATA | data)


def refused(source: str) -> tuple[int | None, str]:
    with pytest.raises(Faulty) as faulty:
        made(source)
    assert str(faulty.value).endswith(".")
    return faulty.value.line, str(faulty.value)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("own.md.j2", "a &#124; b \\& \\<c\\>"),
        ("own.MARKDOWN", "a &#124; b \\& \\<c\\>"),
        ("own.html.j2", "a | b &amp; &lt;c&gt;"),
        ("own.svg", "a | b &amp; &lt;c&gt;"),
        ("own.txt.j2", "a | b & <c>"),
        ("own", "a | b & <c>"),
    ],
)
@pytest.mark.parametrize(
    "source",
    [
        "{{ title }}",
        "{{ 'a | b & <c>' }}",
        "{% macro say(words) %}{{ words }}{% endmacro %}{{ say(title) }}",
        "{% set kept %}{{ title }}{% endset %}{{ kept }}",
        "{{ title[:3] ~ title[3:] }}",
        "{{ title[:3] + title[3:] }}",
        "{{ '%s' % title }}{{ '' | safe }}",
        "{{ '%s' | format(title) }}",
        "{{ [title] | join('-') }}",
        "{{ 'X' | replace('X', title) }}",
        "{{ title | escape | escape }}",
        "{% autoescape false %}{{ title }}{% endautoescape %}",
    ],
)
def test_text_is_escaped_once_for_the_kind_of_file(source: str, name: str, expected: str) -> None:
    assert made(source, name) == expected


@pytest.mark.parametrize("put", ["'**' | safe ~ title", "('**' | safe) + title", "['**' | safe, title] | join"])
def test_text_beside_marked_text_is_escaped_for_the_same_kind_of_file(put: str) -> None:
    assert made("{{ " + put + " }}", "own.md.j2") == "**a &#124; b \\& \\<c\\>"


def test_cells_of_csv_are_quoted_and_no_formulas() -> None:
    assert made("{{ words[0] }},{{ words[1] }},{{ 'say \"hi\"' }}\n", "own.csv.j2") == '"x,1",\'=y,"say ""hi"""\n'


def test_each_escape_is_a_filter_too() -> None:
    source = "{{ title | markdown }} {{ title | html }} {{ words[1] | csv }} {{ words | tojson }}"
    assert made(source) == 'a &#124; b \\& \\<c\\> a | b &amp; &lt;c&gt; \'=y ["x,1", "=y"]'


def test_figures_and_what_is_missing_print_as_people_write_them() -> None:
    source = (
        "{{ share }} {{ share | figure(1) }} {{ round.median | figure }} [{{ round.median }}] {{ yes }} {{ not yes }}"
    )
    assert made(source) == "2.345 2.3 – [] yes no"


def test_a_name_in_the_data_goes_before_a_method() -> None:
    assert made("{{ round.items }} {{ (round | items | list | length) }}") == "3 2"


def test_loops_conditions_and_variables_work_as_in_jinja() -> None:
    source = (
        "{% set all = namespace(count=0) %}\n"
        "{% for word in words if word %}\n"
        "{{ loop.index }}/{{ loop.length }} {{ word.upper() }}{{ ';' if not loop.last }}\n"
        "{% set all.count = all.count + 1 %}\n"
        "{% endfor %}\n"
        "{{ all.count }} {{ words | map('length') | sum }} {{ range(3) | join }}"
    )
    assert made(source) == "1/2 X,1;\n2/2 =Y\n2 5 012"


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("\n{{ nope }}", 2, "there is no “nope” in the data"),
        ("{{ title }}\n\n{{ round.nope }}", 3, "there is no “nope” here"),
        ("{{ words[7] }}", 1, "there is no “7” here"),
        ("{% for x in %}", 1, "not written as Jinja wants it"),
        ("\n{{ title | center(9) }}", 2, "No filter named 'center'"),
        ("{{ lipsum() }}", 1, "there is no “lipsum”"),
        ("{{ words }}", 1, "neither text nor a number"),
        ("{{ self }}", 1, "neither text nor a number"),
        ("{{ title + 1 }}", 1, "do not go together"),
        ("{% for x in 5 %}{% endfor %}", 1, "do not go together"),
        ("{{ 1 / 0 }}", 1, "divides by nought"),
        ("{{ '' | int(none) + 1 }}", 1, "do not go together"),
    ],
)
def test_faults_are_named_with_their_line(source: str, line: int, said: str) -> None:
    found = refused(source)
    assert found[0] == line
    assert said in found[1]


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ title['__class__'] }}",
        "{{ title | attr('__class__') }}",
        "{{ words | map(attribute='__class__') | first }}",
        "{{ words | groupby('__class__') | first }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ namespace.__init__ }}",
        "{{ range(3).__class__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ joiner.__call__ }}",
        "{{ words.append(1) }}",
        "{{ round.update(items=1) }}",
        "{{ round.pop('items') }}",
        "{{ title.format(1) }}",
        "{{ '{0.__class__}'.format(1) }}",
        "{{ '{x}'.format_map(round) }}",
        "{{ title.encode() }}",
        "{{ (1).to_bytes(9) }}",
        "{{ dict.fromkeys(words) }}",
        "{% for word in words %}{{ loop.__class__ }}{% endfor %}",
        "{% macro m() %}{{ m.__globals__ }}{% endmacro %}{{ m() }}",
        "{% include '/etc/passwd' %}",
        "{% include 'x' ignore missing %}",
        "{% import 'x' as x %}",
        "{% from 'x' import y %}",
        "{% extends 'x' %}",
    ],
)
def test_nothing_is_reached_but_the_data(source: str) -> None:
    line, said = refused(source)
    assert line == 1
    assert "Traceback" not in said
    assert "object at" not in said


@pytest.mark.parametrize(
    "source",
    [
        "{% for i in range(10**9) %}{% endfor %}",
        "{{ 'a' * 10**10 }}",
        "{{ 10**10 * 'a' }}",
        "{{ ([0] * 10**9) | length }}",
        "{{ 9 ** (9 ** 9) }}",
        "{{ '%9999999999d' % 1 }}",
        "{{ '%*d' % (10**9, 1) }}",
        "{{ '%.999999999f' | format(1) }}",
        "{{ words | map('replace', 'x', 'a' * 8000000) | map('replace', 'a', 'aaaa') | join }}",
        "{{ range(100000) | join('a' * 1000) }}",
        "{% set n = namespace(x='a' * 1000) %}{% for i in range(40) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
        "{% set n = namespace(x='a' * 1000) %}{% for i in range(40) %}{% set n.x = n.x + n.x %}{% endfor %}",
        "{% set n = namespace(x=words) %}{% for i in range(40) %}{% set n.x = n.x + n.x %}{% endfor %}",
        "{% for i in range(99999) %}{{ 'a' * 1000 }}{% endfor %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% for a in words recursive %}{{ loop(words) }}{% endfor %}",
        "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
        "{% if yes %}" * 300 + "{% endif %}" * 300,
        "{% for a in words %}" * 30 + "{% endfor %}" * 30,
    ],
    ids=range(19),
)
def test_what_makes_too_much_is_refused_before_it_does(source: str) -> None:
    refused(source)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_changes_no_shape_of_a_markdown_template(text: str) -> None:
    source = "# {{ title }}\n\n- [ ] **{{ title }}** — {{ title }}\n\n| a | b |\n|---|---|\n| {{ title }} | {{ 1 }} |\n"
    assert shape(made(source, "own.md.j2", title=text)) == shape(made(source, "own.md.j2", title="Zed"))


# In a process of their own


def by(source: str, name: str = "own.md.j2", seconds: int = 20) -> str:
    return rendered_by(source.encode(), name, document("plan", "json"), seconds=seconds)


def complaint(source: str, seconds: int = 20) -> str:
    with pytest.raises(FaultyTemplate) as faulty:
        by(source, seconds=seconds)
    said = str(faulty.value)
    assert said.startswith("own.md.j2")
    assert "Traceback" not in said
    return said


def test_a_template_is_given_what_the_json_has() -> None:
    assert json.loads(by('{ "all": {{ actions | tojson }} }', "own.json.j2")) == {
        "all": json.loads(document("plan", "json"))["actions"]
    }


def test_a_fault_is_told_with_its_line() -> None:
    assert complaint("\n\n{{ undefined_thing }}") == (
        "own.md.j2, line 3: there is no “undefined_thing” in the data. Nothing was written."
    )


def test_a_template_that_does_not_end_is_stopped() -> None:
    endless = "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}"
    assert "was stopped after 1 s" in complaint(endless, seconds=1)


def test_a_template_that_fills_the_memory_is_refused() -> None:
    filling = "{% set n = namespace(x=[]) %}{% for a in range(500) %}{% set n.x = [n.x, 'a' * 8000000] %}{% endfor %}"
    assert "memory" in complaint(filling)


def test_a_template_is_text_of_a_sensible_size() -> None:
    assert rendered_by("\ufeffé".encode(), "own.txt", "{}", seconds=20) == "é"
    for wrong, said in ((b"\xff\xfe", "UTF-8"), (b"x" * 300_000, "too large")):
        with pytest.raises(FaultyTemplate, match=said):
            rendered_by(wrong, "own.txt", "{}")


def test_nothing_beside_the_template_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module in the folder one stands in, or named by the surroundings, is none of the program's."""
    (tmp_path / "json.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert by("{{ title }}") == "CX day"
