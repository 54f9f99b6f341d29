"""Groups of parameters in the order in which they are listed, with their headings: the one place for all lists."""

from __future__ import annotations

from sim.errors import Said

GROUPS: dict[str, Said] = {
    "place": Said("The place", "De plek"),
    "demand": Said("The people who ask for help", "De mensen die hulp vragen"),
    "door": Said("The door, and getting through it", "De deur, en erdoor komen"),
    "help": Said("The help", "De hulp"),
    "life": Said("Life goes on", "Het leven gaat door"),
    "work": Said("The workers", "De medewerkers"),
    "initiative": Said("Taking initiative", "Initiatief nemen"),
    "choice": Said("Choosing help", "Hulp kiezen"),
    "learning": Said("What workers learn", "Wat medewerkers leren"),
    "attention": Said("Where attention goes", "Waar de aandacht heen gaat"),
    "ties": Said("Knowing and trusting one another", "Elkaar kennen en vertrouwen"),
    "managers": Said("The managers", "De managers"),
    "boards": Said("The boards", "De besturen"),
    "volunteers": Said("Volunteers and citizens' initiatives", "Vrijwilligers en burgerinitiatieven"),
    "control": Said("The board in charge", "Het bestuur aan het roer"),
    "clients": Said("Room for workers, a say for clients", "Ruimte voor medewerkers, zeggenschap voor cliënten"),
    "instruments": Said("Instruments", "Instrumenten"),
    "programmes": Said("Change programmes", "Veranderprogramma's"),
    "together": Said("Organisations together", "Organisaties samen"),
    "money": Said("Money and staff", "Geld en personeel"),
}

REGIMES: dict[str, Said] = {
    "": Said("Of your own", "Van uzelf"),
    "essay": Said("What the essay proposes", "Wat het essay voorstelt"),
    "part": Said("Parts of it", "Delen daarvan"),
    "board": Said("What boards try", "Wat besturen proberen"),
    "rival": Said("Other ways", "Andere wegen"),
}
"""Groups of regimes in the order in which they are told, with their headings."""

CONTROL = ("control", "programmes")
"""Groups of levers by which the board controls."""

CLIENT = ("clients", "instruments")
"""Groups of levers by which steering moves to clients and to the workers who help them."""
