"""The results for scripts: exactly the promised keys, figures unrounded."""

import json

from cxworkshop.domain.published import results_of
from cxworkshop.report.results_json import results_document
from report.room import box, session


def test_the_contract() -> None:
    document = results_document(session(), results_of(session(), box().ballots))
    assert list(document) == ["schema", "session", "round", "ballots", "items", "models", "ranking"]
    assert (document["schema"], document["session"], document["round"]) == (1, "2026-11-21-cx", 1)
    assert document["ballots"] == 12
    assert document["ranking"] == ["Q1", "S1", "Q2"]
    assert document["items"][1] == {
        "id": "Q1",
        "instrument": "test",
        "text": "We listen.",
        "options": ["Never", "Rarely", "Often"],
        "n": 12,
        "dont_know": 0,
        "left_out": 0,
        "counts": [6, 0, 6],
        "median": 2.0,
        "iqr": [1.0, 3.0],
        "agreement": 0.0,
        "pattern": {
            "label": "two_camps",
            "shape": "two_camps",
            "region": None,
            "provisional": False,
            "dissent": None,
        },
        "units": {
            "North": {"suppressed": True},
            "South": {"n": 5, "median": 3.0, "band": None},
            "Tiny": {"suppressed": True},
        },
        "levels": {},
    }
    assert document["models"] == [
        {
            "id": "ladder",
            "stages": ["Start", "Middle", "End"],
            "counts": [6, 6, 0],
            "median_stage": 1,
            "alignment": {
                "verdict": "partly",
                "agreement": 50.0,
                "by_unit": {
                    "North": {"suppressed": True},
                    "South": {"n": 5, "median": 2.0, "band": "close"},
                    "Tiny": {"suppressed": True},
                },
                "by_level": {},
            },
        }
    ]


def test_a_show_of_hands_has_the_same_form_and_everything_goes_into_json() -> None:
    document = results_document(session(), results_of(session(), box().ballots, 2))
    assert document["round"] == 2
    assert [item["counts"] for item in document["items"]] == [[2, 2, 8]]
    assert document["models"] == []
    assert json.loads(json.dumps(document)) == document
