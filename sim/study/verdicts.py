"""The verdict on a difference in words, the same on the screen and on the page."""

from __future__ import annotations

from sim.errors import Sentences

verdict_words = Sentences(
    {
        "better": ("better", "beter"),
        "worse": ("worse", "slechter"),
        "higher": ("higher", "hoger"),
        "lower": ("lower", "lager"),
        "no difference": ("no difference that matters", "geen verschil dat telt"),
        "undecided": ("undecided", "onbeslist"),
        "none": ("no verdict", "geen oordeel"),
    }
)
"""By `sim.study.statistics.Verdict`."""
