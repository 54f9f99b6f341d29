"""The page around the pictures, as far as it can be checked without a browser."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from sim.app import session, widget
from sim.app.session import Session
from sim.scenario.parameters import levers

APP = Path(session.__file__).parent
PAGE = APP / "page"
OWN = ("texts.toml", "texts_roads.toml")  # the texts of the page itself; those of the pictures are used by other names
TEXTS = {key: text for name in OWN for key, text in tomllib.loads((APP / name).read_text("utf-8")).items()}
SCRIPTS = {path.name: path.read_text("utf-8") for path in sorted(PAGE.glob("*.js"))}
USED = {key for script in SCRIPTS.values() for key in re.findall(r'"(app [^"]+)"', script)}
TWO = {"seed": 7, "days": 28, "worlds": [{"regime": "traditional"}, {"regime": "client-steering"}]}


def test_every_text_that_is_used_is_there_and_every_text_is_used():
    assert set(TEXTS) == USED


@pytest.mark.parametrize("key", TEXTS)
def test_a_text_has_the_same_gaps_in_both_languages(key):
    text = TEXTS[key]
    assert set(text) == {"en", "nl"} and text["en"].strip() and text["nl"].strip()
    assert set(re.findall(r"{\w+}", text["en"])) == set(re.findall(r"{\w+}", text["nl"]))


def test_the_page_keeps_to_its_policy():
    html = (PAGE / "index.html").read_text("utf-8")
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", html)
    for text in (html, *SCRIPTS.values(), *(path.read_text("utf-8") for path in PAGE.glob("*.css"))):
        assert not re.search(r"https?://|@import|\burl\(", text)
    for script in SCRIPTS.values():
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", script)


def test_every_name_that_a_module_imports_is_there():
    scripts = {**SCRIPTS, "regie.js": widget.module()}
    for name, script in SCRIPTS.items():
        for what, file in widget._imports(script):
            assert file in scripts, f"{name} imports {file}"
            if what.startswith("{"):
                wanted = {each.split(" as ")[0].strip() for each in what.strip("{} ").rstrip(",").split(",")}
                assert wanted <= set(widget._exported(scripts[file])), f"{name} imports from {file}"


def test_the_page_is_one_module_that_imports_nothing():
    assert not re.search(r"^(import|export (?!default))\b", widget.module(), re.MULTILINE)
    assert widget.module().rstrip().endswith('export default $["widget.js"].default;')


def test_what_is_opened_says_the_value_of_every_lever_in_both_worlds():
    moved = [{"day": 0, "lever": "control", "value": 0.25}, {"day": 14, "lever": "targets", "value": 0.5}]
    worlds = [{"regime": "traditional", "changes": moved}, {"regime": "client-steering"}]
    one, other = Session().handle({"ask": "open", "worlds": {**TWO, "worlds": worlds}}).content["levers"]
    assert set(one) == set(other) == set(levers())
    assert one["control"][0] == [0, 0.25, 0.25]
    assert one["targets"][-1] == [14, 0.5, 0.5] and len(other["targets"]) == 1
    for lever, steps in one.items():
        assert [day for day, _, _ in steps] == sorted({day for day, _, _ in steps}), lever
