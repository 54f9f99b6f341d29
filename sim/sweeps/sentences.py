"""What sweeps say about mistakes, in English and Dutch."""

from __future__ import annotations

from sim.errors import Sentences

say = Sentences(
    {
        # --- what is asked
        "two ends": (
            "give the two ends of a range, such as [0.1, 0.5], or 'plausible' for the declared one.",
            "geef de twee uiteinden van een bereik, zoals [0.1, 0.5], of 'plausible' voor het vastgelegde.",
        ),
        "not values": (
            "must be a list of values, such as [0.1, 0.5], or 'plausible' or 'range' for the declared one.",
            "moet een lijst van waarden zijn, zoals [0.1, 0.5], of 'plausible' of 'range' voor wat is vastgelegd.",
        ),
        "not factors": (
            "must be a table of factors, or 'plausible' for all uncertainties.",
            "moet een tabel van factoren zijn, of 'plausible' voor alle onzekerheden.",
        ),
        "no values": ("give at least one value.", "geef minstens één waarde."),
        "no range": (
            "it has no declared range; give the values, or the two ends of a range.",
            "het heeft geen vastgelegd bereik; geef de waarden, of de twee uiteinden van een bereik.",
        ),
        "wrong order": (
            "the first end must be below the second.",
            "het eerste uiteinde moet kleiner zijn dan het tweede.",
        ),
        "no word": ("'{value}' is none of its words.{hint}", "'{value}' is geen van de woorden ervan.{hint}"),
        "no factors": (
            "Nothing is varied. Name what is, with its values, under [factors].",
            "Er wordt niets gevarieerd. Noem wat wel, met de waarden, onder [factors].",
        ),
        "needs samples": (
            "The method {method} asks how many samples: give 'samples' under [design].",
            "De methode {method} vraagt hoeveel trekkingen: geef 'samples' onder [design].",
        ),
        "power of two": (
            "Sobol's design asks for a power of two of base samples, and samples is {value}. Give {low} or {high}.",
            "Het ontwerp van Sobol vraagt een macht van twee, en samples is {value}. Geef {low} of {high}.",
        ),
        "needs table": (
            "The method table asks for a file with points: give 'table' under [design].",
            "De methode table vraagt een bestand met punten: geef 'table' onder [design].",
        ),
        "no method": (
            "There is no method '{value}'. There are: {names}.",
            "Er is geen methode '{value}'. Er zijn: {names}.",
        ),
        "table unread": (
            "The table of points '{path}' cannot be read: {reason}.",
            "De tabel met punten '{path}' kan niet worden gelezen: {reason}.",
        ),
        "table cell": (
            "Row {row} of the table of points has '{value}' for {name}; a number is wanted there.",
            "Rij {row} van de tabel met punten heeft '{value}' voor {name}; daar moet een getal staan.",
        ),
        "empty table": (
            "The table of points has no rows, or no columns.",
            "De tabel met punten heeft geen rijen, of geen kolommen.",
        ),
        "too many points": (
            "This design has {points} points, and {most} is the most. Give fewer values or samples.",
            "Dit ontwerp heeft {points} punten, en {most} is het maximum. Geef minder waarden of trekkingen.",
        ),
        "needs package": (
            '{what} needs the package {package}, which is not installed: pip install "regie[{extra}]" '
            '(in a clone: pip install -e ".[{extra}]").',
            '{what} heeft het pakket {package} nodig, dat niet is geïnstalleerd: pip install "regie[{extra}]" '
            '(in een kloon: pip install -e ".[{extra}]").',
        ),
        "no outcome": (
            "there is no outcome '{name}'.{hint}",
            "er is geen uitkomst '{name}'.{hint}",
        ),
        "no own outcome": (
            "'{name}' cannot be used as an outcome: {reason}.",
            "'{name}' kan niet als uitkomst worden gebruikt: {reason}.",
        ),
        "same outcome": (
            "two outcomes are both called '{name}'.",
            "twee uitkomsten heten allebei '{name}'.",
        ),
        "no column": (
            "the weekly series has no column '{name}'.{hint}",
            "de weekreeks heeft geen kolom '{name}'.{hint}",
        ),
        "same regime": (
            "two different regimes are both called '{name}'.",
            "twee verschillende regimes heten allebei '{name}'.",
        ),
        # --- the folder
        "another sweep": (
            "'{place}' holds another sweep; what it gave cannot be mixed with this one. It differs in:\n{differences}\n"
            "Give --out another folder, or move that one away.",
            "'{place}' bevat een andere reeks; wat die gaf kan niet met deze worden gemengd. Het verschil:\n"
            "{differences}\nGeef --out een andere map, of verplaats die map.",
        ),
        "a difference": ("  {path}: there {there}, here {here}", "  {path}: daar {there}, hier {here}"),
        "more differences": ("  … and {n} more", "  … en nog {n}"),
        "absent": ("nothing", "niets"),
        "not a sweep": (
            "'{place}' is not empty and holds no sweep. Give --out another folder.",
            "'{place}' is niet leeg en bevat geen reeks. Geef --out een andere map.",
        ),
        "no sweep": (
            "'{place}' holds no sweep: there is no {file} in it. A sweep is made by: regie sweep EXPERIMENT.",
            "'{place}' bevat geen reeks: er staat geen {file} in. Een reeks maakt u met: regie sweep EXPERIMENT.",
        ),
        "unreadable sweep": (
            "'{path}' cannot be read: {reason}.",
            "'{path}' kan niet worden gelezen: {reason}.",
        ),
        "damaged": (
            "'{path}' is damaged ({reason}) and was set aside; the disk may be failing. The same command computes what "
            "was in it again.",
            "'{path}' is beschadigd ({reason}) en is opzij gezet; misschien begeeft de schijf het. Hetzelfde commando "
            "berekent opnieuw wat erin stond.",
        ),
        "damaged parts": (
            "{n} files of finished runs are damaged and were set aside; these runs are computed again. The disk may be "
            "failing.",
            "{n} bestanden met afgeronde runs zijn beschadigd en opzij gezet; deze runs worden opnieuw berekend. "
            "Misschien begeeft de schijf het.",
        ),
        "taken": (
            "Another command is working in '{place}'. Wait for it, or give --out another folder.",
            "Een ander commando is bezig in '{place}'. Wacht daarop, of geef --out een andere map.",
        ),
        # --- engines
        "worker ended": (
            "it ended the process that ran it, each time it was tried (out of memory?)",
            "het beëindigde telkens het proces dat het draaide (geheugen vol?)",
        ),
        "no engine": (
            "There is no engine '{value}'. There are: {names}.",
            "Er is geen motor '{value}'. Er zijn: {names}.",
        ),
        "cluster alone": (
            "A cluster has its own workers: leave out {what}.",
            "Een cluster heeft eigen werkers: laat {what} weg.",
        ),
        "not sent": (
            "An outcome or a network of your own cannot be sent to other processes: {reason}. Make what it needs "
            "inside of it, such as files that it opens.",
            "Een eigen uitkomst of netwerk kan niet naar andere processen worden gestuurd: {reason}. Maak wat het "
            "nodig heeft erbinnen, zoals bestanden die het opent.",
        ),
        "no start": (
            "The processes that run the sweep do not start: {reason}. An outcome of your own also runs in threads: "
            "--engine threads.",
            "De processen die de reeks draaien starten niet: {reason}. Een eigen uitkomst draait ook in threads: "
            "--engine threads.",
        ),
        "no cluster": (
            "There is no Dask scheduler at '{address}' that answers within {seconds} seconds: {reason}. One is started "
            "by 'dask scheduler --host 127.0.0.1', which says its address (see docs/cluster.md).",
            "Er is geen Dask-scheduler op '{address}' die binnen {seconds} seconden antwoordt: {reason}. U start er "
            "een met 'dask scheduler --host 127.0.0.1', die het adres noemt (zie docs/cluster.md).",
        ),
        "no workers": (
            "The scheduler at '{address}' has had no workers for {seconds} seconds. Start some: dask worker {address}",
            "De scheduler op '{address}' heeft al {seconds} seconden geen werkers. Start er een: dask worker {address}",
        ),
        "no regie there": (
            "regie does not run at {where}: {reason}. Install the same version there, for the Python that Dask runs "
            "in.",
            "regie draait niet op {where}: {reason}. Installeer daar dezelfde versie, voor de Python waarin Dask "
            "draait.",
        ),
        "unfit": (
            "{where} would give other values: {name} is {there} there and {here} here. Install the same versions on "
            "all machines, and start their workers anew.",
            "{where} zou andere waarden geven: {name} is daar {there} en hier {here}. Installeer op alle machines "
            "dezelfde versies, en start hun werkers opnieuw.",
        ),
        "cluster failed": (
            "The cluster could not carry out a part of the sweep: {reason}. What is finished is kept; the same command "
            "goes on.",
            "Het cluster kon een deel van de reeks niet uitvoeren: {reason}. Wat klaar is blijft bewaard; hetzelfde "
            "commando gaat verder.",
        ),
        "engine lost": (
            "The workers were lost and did not come back. {reason} What is finished is kept; the same command goes on.",
            "De werkers zijn weg en kwamen niet terug. {reason} Wat klaar is blijft bewaard; hetzelfde commando gaat "
            "verder.",
        ),
    }
)
