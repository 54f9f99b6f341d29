"""Telling the life of somebody who came before day 0: how things stood on that morning, and what followed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import numpy as np

from sim.report.telling import FIRST, Event, Teller, counted

HELPED, LISTED, KNOWN, UNHEARD = "helped", "listed", "known", "unheard"


class EarlierTeller(Teller):
    """Tells from day 0 on what befell somebody who was there before."""

    def events(self) -> Iterator[Event]:
        """Yield how things stood on day 0, and every sentence of a day from then on."""
        yield Event(0, FIRST, self._stands())
        yield from (event for event in super().events() if event.day >= 0)

    def _stands(self) -> str:
        """Tell since when this person is there, and of each need that had not ended how it stood."""
        arrival = int(self.person["arrival"])
        days = counted("day", -arrival, self.spoken)
        first = arrival <= -int(self.run.scenario["warmup_days"])
        texts = [self.say("there at least" if first else "there", days=days, date=self._date(arrival))]
        for stays in sorted(self.needs.values(), key=lambda stays: float(np.nanmin([*stays["seen"], np.inf]))):
            if (how := _how_it_stood(stays)) is not None:
                key, stay = how
                since = {HELPED: "start", LISTED: "listed"}.get(key, "onset")
                texts.append(
                    self.say(
                        f"stood {key} by volunteers"
                        if key == HELPED and not self.organisation(stay)
                        else f"stood {key}",
                        kind=self.kind(stay),
                        organisation=self.organisation(stay),
                        date=self._date(int(stay[since])),
                    )
                )
        return " ".join(texts)

    def _date(self, day: int) -> str:
        return self.spoken.date(self.run.scenario.start + datetime.timedelta(days=day))


def _how_it_stood(stays: Any) -> tuple[str, Any] | None:
    """Return how a need stood on the morning of day 0, and in which stay; None where it was over."""
    goes_on = np.isnan(stays["end"]) | (stays["end"] >= 0)
    if not goes_on.any():
        return None
    helped = stays[goes_on & (stays["start"] < 0)]
    if len(helped):
        return HELPED, helped[0]
    listed = stays[goes_on & (stays["listed"] < 0)]
    if len(listed):
        return LISTED, listed[0]
    heard = stays[stays["seen"] < 0]
    return (KNOWN, heard[-1]) if len(heard) else (UNHEARD, stays[0])
