"""Verdicts in words, the same on the screen and on the page."""

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

ablation_words = Sentences(
    {
        "smaller": ("less favourable", "minder gunstig"),
        "larger": ("more favourable", "gunstiger"),
        "same": ("the same", "gelijk"),
        "unsure": ("unsure", "onzeker"),
        "undecided": ("undecided", "onbeslist"),
        "none": ("no verdict", "geen oordeel"),
    }
)
"""By `sim.study.mechanisms.Expected` and `sim.study.ablation.Found`: what a gain is without a mechanism."""

hanging_words = Sentences(
    {
        "yes": ("the result hangs on it", "het resultaat hangt eraan"),
        "undecided": ("perhaps the result hangs on it", "misschien hangt het resultaat eraan"),
    }
)
"""By `sim.study.ablation.Hangs`, where there is something to say."""
