"""Who pays for help: a kind of help has a payer, by its sector where a scenario says nothing else."""

from __future__ import annotations

from sim.errors import Said

INSURANCE, MUNICIPALITY, LONG_TERM_CARE = "insurance", "municipality", "long-term-care"

PAYERS: dict[str, Said] = {
    INSURANCE: Said("home-care insurance", "verzekering voor zorg thuis"),
    MUNICIPALITY: Said("municipality", "gemeente"),
    LONG_TERM_CARE: Said("long-term care", "langdurige zorg"),
}
"""Every payer with its name; long-term care pays for people who were admitted, not for help at home."""

OF_SECTOR = {"care": INSURANCE, "welfare": MUNICIPALITY, "housing": MUNICIPALITY}
"""Who pays for help of a sector, where the scenario does not say."""

TARIFFS = {
    INSURANCE: "tariff_insurance",
    MUNICIPALITY: "tariff_municipality",
    LONG_TERM_CARE: "tariff_long_term_care",
}
"""The parameter that holds each payer's price: of an hour of help, and of a day in long-term care."""
