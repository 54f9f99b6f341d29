"""Which sections a page has, in order. A new one is a function here, and a file with its texts."""

from __future__ import annotations

from collections.abc import Callable

from sim.report.material import Material
from sim.report.section import Section
from sim.report.sections.apart import apart
from sim.report.sections.change import change
from sim.report.sections.everything import everything
from sim.report.sections.handoffs import handoffs
from sim.report.sections.hours import hours
from sim.report.sections.life import life
from sim.report.sections.lives import lives
from sim.report.sections.money import money
from sim.report.sections.over_time import over_time
from sim.report.sections.overview import overview
from sim.report.sections.parted import parted
from sim.report.sections.roads import roads
from sim.report.sections.value import value
from sim.report.sections.waiting import waiting
from sim.report.sections.who import who
from sim.report.words import Words

SECTIONS: tuple[Callable[[Material, Words], Section | None], ...] = (
    overview,
    change,
    waiting,
    over_time,
    handoffs,
    value,
    life,
    hours,
    money,
    who,
    roads,
    lives,
    parted,
    apart,
    everything,
)


def sections(material: Material, words: Words) -> list[Section]:
    """Return all sections for which the result holds the numbers; none where nothing is finished."""
    return [made for make in SECTIONS if (made := make(material, words)) is not None]
