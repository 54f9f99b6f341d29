"""What roads and reasons of workers, managers and boards are told in, and how they are called."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from sim.errors import Sentences
from sim.report.words import Words
from sim.scenario.scenario import Scenario

say = Sentences(
    {
        "nobody": (
            "There is no such {what}: {row}. They are numbered from 0 to {last}.",
            "Die {what} is er niet: {row}. Ze zijn genummerd van 0 tot en met {last}.",
        ),
        "what worker": ("worker", "medewerker"),
        "what manager": ("manager", "manager"),
        "what board": ("board", "bestuur"),
        # who it is
        "worker": ("Worker {number}", "Medewerker {number}"),
        "manager": ("Manager of team {number} of {organisation}", "Manager van team {number} van {organisation}"),
        "board": ("Board of {organisation}", "Bestuur van {organisation}"),
        "about worker": ("A seat for {craft} at {organisation}.", "Een plek voor {craft} bij {organisation}."),
        "about manager": (
            "A team of {count} workers. The manager decides at the end of each week, and whenever a worker asks.",
            "Een team van {count} medewerkers. De manager beslist aan het eind van elke week, en als een medewerker "
            "iets vraagt.",
        ),
        "about board": (
            "In charge of {count} workers. The board looks back at the end of each quarter.",
            "Bestuurt {count} medewerkers. Het bestuur kijkt aan het eind van elk kwartaal terug.",
        ),
        # both roads
        "same": ("Both roads are the same.", "Beide wegen zijn gelijk."),
        "apart": ("From the first day on the roads differ.", "Vanaf de eerste dag verschillen de wegen."),
        "same until": ("Up to {date} both roads are the same.", "Tot {date} zijn beide wegen gelijk."),
        "worker differs": (
            "Help began here for {people_before} under “{one}” and for {people} under “{other}”; {decisions_before} "
            "and {decisions} decisions were made. At the end ownership is {ownership_before} and {ownership}.",
            "Hier begon hulp aan {people_before} onder “{one}” en aan {people} onder “{other}”; er zijn "
            "{decisions_before} en {decisions} besluiten genomen. Aan het eind is het eigenaarschap {ownership_before} "
            "en {ownership}.",
        ),
        "manager differs": (
            "The manager stepped in {interventions_before} under “{one}” and {interventions} under “{other}”, and was "
            "called in {called_before} and {called}.",
            "De manager greep {interventions_before} in onder “{one}” en {interventions} onder “{other}”, en werd er "
            "{called_before} en {called} bij geroepen.",
        ),
        "board differs": (
            "At the end control is {control_before} under “{one}” and {control} under “{other}”; agreements were kept "
            "{kept_before} and {kept}.",
            "Aan het eind is de sturing {control_before} onder “{one}” en {control} onder “{other}”; afspraken zijn "
            "{kept_before} en {kept} nagekomen.",
        ),
        # a worker
        "begins at work": (
            "At work, with help to {people}. Ownership {ownership}, listening {listening}, courage {courage}; "
            "{attention} of the attention goes to clients.",
            "Aan het werk, met hulp aan {people}. Eigenaarschap {ownership}, luisteren {listening}, moed {courage}; "
            "{attention} van de aandacht gaat naar cliënten.",
        ),
        "begins ill": (
            "Ill, with help to {people}. Ownership {ownership}, listening {listening}, courage {courage}; {attention} "
            "of the attention goes to clients.",
            "Ziek, met hulp aan {people}. Eigenaarschap {ownership}, luisteren {listening}, moed {courage}; "
            "{attention} van de aandacht gaat naar cliënten.",
        ),
        "begins empty": ("The seat is empty.", "De plek is leeg."),
        "falls ill": ("Falls ill.", "Wordt ziek."),
        "is back": ("Is back at work.", "Is weer aan het werk."),
        "is back after": ("Is back at work, after {days}.", "Is weer aan het werk, na {days}."),
        "leaves": ("Leaves; the seat is empty.", "Vertrekt; de plek is leeg."),
        "successor": (
            "Somebody new comes to sit here, whose craft is {craft}.",
            "Er komt iemand nieuw op deze plek, met als vak {craft}.",
        ),
        "starts": ("Begins to help {whom}: {kind}.", "Begint met hulp aan {whom}: {kind}."),
        "starts called": (
            "Is called in by a worker who stays responsible, and begins to help {whom}: {kind}.",
            "Wordt erbij gehaald door een medewerker die verantwoordelijk blijft, en begint met hulp aan {whom}: "
            "{kind}.",
        ),
        "takes over": (
            "Takes over from a colleague the help to {whom}: {kind}.",
            "Neemt van een collega de hulp aan {whom} over: {kind}.",
        ),
        "goes over": (
            "A colleague takes over the help to {whom}: {kind}.",
            "Een collega neemt de hulp aan {whom} over: {kind}.",
        ),
        "over": ("The help to {whom} is over: {kind}, {how}.", "De hulp aan {whom} is voorbij: {kind}, {how}."),
        "given back": ("Gives back the help to {whom}: {kind}.", "Geeft de hulp aan {whom} terug: {kind}."),
        "to volunteers": (
            "Hands the help to {whom} on to volunteers: {kind}.",
            "Draagt de hulp aan {whom} over aan vrijwilligers: {kind}.",
        ),
        "admitted": (
            "The help to {whom} stops, who is admitted to a nursing home: {kind}, {how}.",
            "De hulp aan {whom} stopt door opname in een verpleeghuis: {kind}, {how}.",
        ),
        "died": (
            "The help to {whom} stops, who died: {kind}, {how}.",
            "De hulp aan {whom} stopt door overlijden: {kind}, {how}.",
        ),
        "stops": ("The help to {whom} stops: {kind}, {how}.", "De hulp aan {whom} stopt: {kind}, {how}."),
        "standard": ("standard help", "standaardhulp"),
        "partly": ("help partly made to measure", "hulp deels op maat"),
        "tailored": ("help made to measure", "hulp op maat"),
        "listed": ("Puts {whom} on the waiting list: {kind}.", "Zet {whom} op de wachtlijst: {kind}."),
        "sent on": (
            "Sends {whom} on to another organisation: {kind}.",
            "Verwijst {whom} door naar een andere organisatie: {kind}.",
        ),
        "refused": ("Says “no” to {whom}: {kind}.", "Zegt “nee” tegen {whom}: {kind}."),
        "looks again": ("Looks again at the help to {whom}: {kind}.", "Kijkt opnieuw naar de hulp aan {whom}: {kind}."),
        "decides": ("Decides what to do for {whom}: {kind}.", "Besluit wat te doen voor {whom}: {kind}."),
        "n decide": ("Makes {n} decisions about help or waiting.", "Neemt {n} besluiten over hulp of wachten."),
        "stepped in": ("The manager steps in.", "De manager grijpt in."),
        "knows more": (
            "Knows {n} in other organisations now; that was {before}.",
            "Kent nu {n} bij andere organisaties; dat waren er {before}.",
        ),
        "worker in all": (
            "In all: help begun for {people}, {decisions}, {ill} ill; the manager stepped in {times}. At the end "
            "ownership is {ownership}.",
            "In totaal: hulp begonnen aan {people}, {decisions}, {ill} ziek; de manager greep {times} in. Aan het eind "
            "is het eigenaarschap {ownership}.",
        ),
        "rises": ("{what} rises from {before} to {after}.", "{what} stijgt van {before} naar {after}."),
        "falls": ("{what} falls from {before} to {after}.", "{what} daalt van {before} naar {after}."),
        "ownership": ("Ownership", "Het eigenaarschap"),
        "listening": ("Listening", "Het luisteren"),
        "courage": ("Courage", "De moed"),
        "client_attention": ("Attention for clients", "De aandacht voor cliënten"),
        # a manager
        "manager begins": (
            "Habit of stepping in {intervening}, of holding back {process}. Of the attention {targets} goes to "
            "targets, {staff} to staff, {clients} to clients and {fashion} to fashions.",
            "Gewoonte om in te grijpen {intervening}, om zich in te houden {process}. Van de aandacht gaat {targets} "
            "naar doelen, {staff} naar medewerkers, {clients} naar cliënten en {fashion} naar modes.",
        ),
        "incidents": ("{incidents} in the team.", "{incidents} in het team."),
        "steps in": ("Steps in with {whom}.", "Grijpt in bij {whom}."),
        "called in": ("Is called in {times}; {ended}.", "Wordt er {times} bij geroepen; {ended}."),
        "call helped": ("that helps {times}", "dat helpt {times}"),
        "call handed back": (
            "the problem is handed back with coaching {times}",
            "het probleem wordt {times} met coaching teruggegeven",
        ),
        "call in vain": ("in vain", "tevergeefs"),
        "grants": ("Grants {exceptions}.", "Staat {exceptions} toe."),
        "refuses": ("Refuses {exceptions}.", "Weigert {exceptions}."),
        "places": (
            "Finds a worker of another team for {n}.",
            "Vindt voor {n} een medewerker van een ander team.",
        ),
        "intervening": ("The habit of stepping in", "De gewoonte om in te grijpen"),
        "process": ("The habit of holding back", "De gewoonte om zich in te houden"),
        "targets_attention": ("Attention for targets", "De aandacht voor doelen"),
        "staff_attention": ("Attention for staff", "De aandacht voor medewerkers"),
        "clients_attention": ("Attention for clients", "De aandacht voor cliënten"),
        "fashion_attention": ("Attention for fashions", "De aandacht voor modes"),
        "manager in all": (
            "In all: stepped in {interventions}, called in {called}, {exceptions} granted and {denials} refused; "
            "{incidents} in the team; {placed} placed with another team.",
            "In totaal: {interventions} ingegrepen, er {called} bij geroepen, {exceptions} toegestaan en {denials} "
            "geweigerd; {incidents} in het team; {placed} bij een ander team geplaatst.",
        ),
        # a board
        "board begins": (
            "Control is {control}. Of the attention {figures} goes to figures, {incidents} to incidents, {clients} to "
            "clients and {fashion} to fashions.",
            "De sturing is {control}. Van de aandacht gaat {figures} naar cijfers, {incidents} naar incidenten, "
            "{clients} naar cliënten en {fashion} naar modes.",
        ),
        "figures": (
            "{ratio} of the hours budgeted was delivered: {produced} of {budget}. Incidents: {incidents}.",
            "Van de begrote uren is {ratio} geleverd: {produced} van {budget}. Incidenten: {incidents}.",
        ),
        "clients heard": (
            "Panels tell that clients are served {value} of what is best.",
            "Panels vertellen dat cliënten {value} krijgen van wat het beste is.",
        ),
        "control stays": ("Control stays {control}.", "De sturing blijft {control}."),
        "control": ("Control", "De sturing"),
        "stands": ("There is an agreement with {whom}.", "Er is een afspraak met {whom}."),
        "made": ("An agreement is made with {whom}.", "Er komt een afspraak met {whom}."),
        "kept": ("The agreement with {whom} is kept.", "De afspraak met {whom} wordt nagekomen."),
        "broken": ("The agreement with {whom} is broken.", "De afspraak met {whom} wordt gebroken."),
        "figures_attention": ("Attention for figures", "De aandacht voor cijfers"),
        "incidents_attention": ("Attention for incidents", "De aandacht voor incidenten"),
        "board in all": (
            "In all: {ratio} of the hours budgeted, {incidents}, {made} made, kept {kept} and broken {broken}. Control "
            "went from {first} to {last}.",
            "In totaal: {ratio} van de begrote uren, {incidents}, {made} gemaakt, {kept} nagekomen en {broken} "
            "gebroken. De sturing ging van {first} naar {last}.",
        ),
        # names and numbers
        "person": ("person {number}", "persoon {number}"),
        "a worker": ("worker {number}", "medewerker {number}"),
        "percent": ("{n} %", "{n} %"),
        "no times": ("not once", "geen enkele keer"),
        "one times": ("once", "één keer"),
        "n times": ("{n} times", "{n} keer"),
        "no people": ("nobody", "niemand"),
        "one people": ("1 person", "1 persoon"),
        "n people": ("{n} people", "{n} mensen"),
        "no workers": ("nobody", "niemand"),
        "one workers": ("1 worker", "1 medewerker"),
        "n workers": ("{n} workers", "{n} medewerkers"),
        "no days": ("no day", "geen dag"),
        "one days": ("1 day", "1 dag"),
        "n days": ("{n} days", "{n} dagen"),
        "no decisions": ("no decisions", "geen besluiten"),
        "one decisions": ("1 decision", "1 besluit"),
        "n decisions": ("{n} decisions", "{n} besluiten"),
        "no exceptions": ("no exceptions", "geen uitzonderingen"),
        "one exceptions": ("1 exception", "1 uitzondering"),
        "n exceptions": ("{n} exceptions", "{n} uitzonderingen"),
        "no incidents": ("no incidents", "geen incidenten"),
        "one incidents": ("1 incident", "1 incident"),
        "n incidents": ("{n} incidents", "{n} incidenten"),
        "no agreements": ("no agreements", "geen afspraken"),
        "one agreements": ("1 agreement", "1 afspraak"),
        "n agreements": ("{n} agreements", "{n} afspraken"),
    }
)


@dataclass(frozen=True)
class Telling:
    """Says things about one scenario in one language.

    Attributes:
        scenario: Whose names are used.
        spoken: Language and numbers.
    """

    scenario: Scenario
    spoken: Words

    def __call__(self, key: str, **filling: object) -> str:
        """Return a sentence, or part of one."""
        return say(key, **filling).in_language(self.spoken.language)

    def counted(self, noun: str, n: float) -> str:
        """Return how many there are of something, such as "1 person" or "12 people"."""
        plain = self.spoken.number(n)
        key = {"0": "no", "1": "one"}.get(plain, "n")
        return self(f"{key} {noun}", n=plain)

    def percent(self, share: float, decimals: int = 0) -> str:
        """Return a share of 0 to 1 in per cents; "–" where there is none."""
        return self("percent", n=self.spoken.number(100 * share, decimals)) if math.isfinite(share) else "–"

    def kind(self, number: int) -> str:
        """Return a kind of help, as it stands within a sentence."""
        title = self.spoken.choose(self.scenario.kinds[number])
        return title[:1].lower() + title[1:]

    def organisation(self, number: int) -> str:
        """Return the title of an organisation."""
        return self.spoken.choose(self.scenario.organisations[number])

    def person(self, client: int) -> str:
        """Return how a person is called, by the number of the tables."""
        return self("person", number=client)

    def worker(self, row: int) -> str:
        """Return how a worker is called: seats are numbered from 1, as in the pictures."""
        return self("a worker", number=row + 1)

    def workers(self, rows: Iterable[int]) -> str:
        """Return how some workers are called."""
        return self.spoken.listed([self.worker(row) for row in rows])

    def moved(self, what: str, before: float, after: float) -> str:
        """Return that something rose or fell, in per cents."""
        key = "rises" if after > before else "falls"
        return self(key, what=self(what), before=self.percent(before), after=self.percent(after))
