"""The beginning of a new pack, with comments that explain every key."""

import re

import tomlkit

from cxworkshop.domain.text import LINE_LIMIT, clean_line
from cxworkshop.packs.faults import UnfitPack
from cxworkshop.packs.schema import LONGEST_ID, is_id

_TEMPLATE = '''\
# A pack for cxworkshop: what a workshop votes on, and what it may compare itself with.
# Look it over with:   cxworkshop packs check FILE
# Use it with:         cxworkshop new "Our workshop" --pack FILE
# Lines that begin with # are comments. Keys marked "optional" may be left out.

[pack]
id = ""                       # letters, digits, dots, hyphens and underscores
title = ""
version = 1                   # one more with each change that people would notice
summary = """
What this pack is about, for those who choose it."""                        # optional
introduction = """
What people read before their first answer."""                              # optional

[pack.source]                 # optional; leave out what you do not know
author = ""
title = ""
publisher = ""
# year = 2026
# url = "https://…"

# A scale has 2 to 11 options, lowest first. An anchor says what choosing the option means.
[scales.agree]
options = ["Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"]
anchors = ["", "", "Partly so, or it depends", "", ""]                      # optional

# The self-test. Keep each item to one thought, so that everybody answers the same question.
[[items]]
id = "ITEM-1"                 # keep ids when you change a text: they tie this session to the next
text = "Frontline people may fix a customer's problem on the spot."
scale = "agree"
theme = "Culture"             # optional; suggestions and benchmarks of the same theme stand beside it
importance = 2                # optional, 1 to 3: more weight in the order of discussion

[[items]]
id = "ITEM-2"
text = "Customers have to tell their story more than once."
scale = "agree"
theme = "Identify your customer"
direction = "bad"             # optional: a high answer is bad here
help = "Think of the last complaint you know of."                           # optional

# A maturity model, and the item that asks for a stage of it (optional; take away the # to use it).
# [[models]]
# id = "our-model"
# title = "How far we have come"
# stage_word = "stage"
#
# [[models.stages]]
# name = "Beginning"
# summary = "Single people try."
# signs = ["Nobody is responsible."]
# obstacle = "Nobody has the time."
# resources = ["An hour a week"]
#
# [[models.stages]]
# name = "Doing"
# summary = "It belongs to the work."
#
# [[items]]
# id = "ITEM-stage"
# text = "Which stage describes us today?"
# model = "our-model"

# An action worth considering, offered where an item of its theme is weak (optional).
[[suggestions]]
id = "ITEM-suggestion-1"
action = "Settle what the front line may decide without asking."
first_step = "Ask one team which three decisions it waits for most."
measure = "Problems solved by the first person, as a share of all"
themes = ["Culture"]
'''


def scaffold(pack_id: str, title: str) -> str:
    """A commented pack that passes the check, ready to be filled in.

    Args:
        pack_id: The pack's id; ids of its items begin with it, so that they meet no other pack's.
        title: The pack's title.

    Raises:
        UnfitPack: The id is no id, or the title is empty or too long.
    """
    if not is_id(pack_id):
        raise UnfitPack(
            f'"{clean_line(pack_id, 40)}" cannot be the id of a pack; use 1 to {LONGEST_ID} letters, digits, dots, '
            "hyphens or underscores."
        )
    title = clean_line(title, LINE_LIMIT)
    if not title:
        raise UnfitPack("A pack needs a title; give it one.")
    document = tomlkit.parse(_TEMPLATE.replace("ITEM", pack_id[: LONGEST_ID - len("-suggestion-1")]))
    document["pack"].update({"id": pack_id, "title": title})
    return tomlkit.dumps(document)


def id_from(name: str) -> str:
    """An id made of a title or a file's name: `Our survey` gives `our-survey`; `pack` where nothing is left of it."""
    words = re.findall(r"[a-z0-9]+", clean_line(name).casefold())
    return "-".join(words)[:LONGEST_ID].strip("-") or "pack"
