"""Three lives told twice: picked by rule, as they went under the baseline and under a rival."""

from __future__ import annotations

from sim.report.conclusion import Sentence
from sim.report.divergence import person
from sim.report.material import Material, Regime
from sim.report.section import LifeTwice, Lives, Section, View
from sim.report.story import nobody, rule, three_lives
from sim.report.words import Words


def lives(material: Material, words: Words) -> Section | None:
    """Return the lives of three people for each rival; None with a single regime, or where nothing is finished."""
    if not material.rivals or not material.facts.done:
        return None
    views = [_view(material, words, regime) for regime in material.rivals]
    if not any(view.lives or view.told for view in views):
        return None
    return Section("lives", words("lives"), [words("lives read"), rule(words.language)], views)


def _view(material: Material, words: Words, regime: Regime) -> View:
    title = words.choose(regime)
    pair = material.first.pairs.get(regime.name)
    if pair is None:
        return View(regime.name, title, [Sentence("", None, words("lives other people"), "")])
    stories = three_lives(pair, words.language)
    told = [Sentence("", None, text, "") for text in nobody(stories, words.language)]
    if not stories:
        return View(regime.name, title, told)
    again = material.first.again.get(regime.name)
    shown = Lives(
        [LifeTwice(story, _parts(material, words, regime, story.client)) for story in stories],
        " ".join([stories[0].caution, *_world(material, words)]),
        words("lives again folder" if again.in_folder else "lives again") if again else "",
        again.command if again else "",
    )
    return View(regime.name, title, told, lives=shown)


def _world(material: Material, words: Words) -> list[str]:
    n = material.facts.done
    return [words("lives world", n=n)] if n > 1 else []


def _parts(material: Material, words: Words, regime: Regime, client: int) -> list[str]:
    """Return where this life parts, and which levers stood otherwise then; nothing where it was not worked out."""
    parted = material.first.partings.get(regime.name)
    return person(parted, client, words) if parted and client in parted.partings else []
