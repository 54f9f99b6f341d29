"""What this floor says about mistakes, in English and Dutch; words of the file format stay as they are in both."""

from __future__ import annotations

from sim.errors import Said, Sentences

say = Sentences(
    {
        # how a mistake is said
        "n mistakes": ("{n} mistakes:", "{n} fouten:"),
        "n more": ("… and {n} more.", "… en nog {n}."),
        "in a file": ("{file}: {text}", "{file}: {text}"),
        "on a line": ("{file}, line {line}: {text}", "{file}, regel {line}: {text}"),
        "of a key": ("{key}: {text}", "{key}: {text}"),
        "of a value": ("{key} = {value}: {text}", "{key} = {value}: {text}"),
        # what is allowed
        "must be": ("must be {what}.{mend}", "moet {what} zijn.{mend}"),
        "one of": ("one of {choices}", "een van {choices}"),
        "whole number": (
            "a whole number from {low} to {high}{unit}",
            "een geheel getal van {low} tot en met {high}{unit}",
        ),
        "number": ("a number from {low} to {high}{unit}", "een getal van {low} tot en met {high}{unit}"),
        "yes or no": ("true or false", "true of false"),
        "date": (
            "a date such as 2005-11-01 (without quotes), from 1900-01-01 to 2200-12-31",
            "een datum zoals 2005-11-01 (zonder aanhalingstekens), van 1900-01-01 tot en met 2200-12-31,",
        ),
        "name": (
            "a name in quotes, of letters, digits, '-' and '_'",
            "een naam tussen aanhalingstekens, van letters, cijfers, '-' en '_',",
        ),
        "text": (
            "a text in quotes of at most {most} characters",
            "een tekst tussen aanhalingstekens van ten hoogste {most} tekens",
        ),
        "list": (
            'a list, such as ["home-care", "welfare"], or [[changes]] entries',
            'een lijst, zoals ["home-care", "welfare"], of [[changes]]',
        ),
        "table": ("a table with keys of its own", "een tabel met eigen sleutels"),
        # how a value is mended
        "no number": (
            " {value} is not a number one can count with.",
            " {value} is geen getal om mee te rekenen.",
        ),
        "without quotes": (
            " Write it without quotes, with a decimal point and without separators.",
            " Schrijf het zonder aanhalingstekens, met een decimale punt en zonder scheidingstekens.",
        ),
        "without point": (" Write it without a decimal point.", " Schrijf het zonder decimale punt."),
        "small letters": (
            " Write it in small letters and without quotes.",
            " Schrijf het in kleine letters en zonder aanhalingstekens.",
        ),
        # keys and where they belong
        "name rule": (
            "a name is made of letters a to z, digits, '-' and '_', begins with a letter or digit, at most 40 in all.",
            "een naam bestaat uit letters a tot en met z, cijfers, '-' en '_', begint met een letter of cijfer, "
            "en telt er ten hoogste 40.",
        ),
        "no key": ("there is no such key {where}.{hint}", "deze sleutel bestaat niet {where}.{hint}"),
        "in table": ("in [{table}]", "in [{table}]"),
        "at the top": ("at the top of the file", "bovenaan het bestand"),
        "valid": (" Valid: {names}.", " Wel mogelijk: {names}."),
        "see schema": (
            " `regie schema` lists the valid names.",
            " `regie schema` noemt de namen die mogelijk zijn.",
        ),
        "no lever": (
            "this is no lever but a property of the world: write it under {where}.",
            "dit is geen knop maar een eigenschap van de wereld: schrijf het onder {where}.",
        ),
        "parameters": ("[parameters]", "[parameters]"),
        "parameters of a scenario": ("a scenario's [parameters]", "[parameters] van een scenario"),
        "a lever": (
            "this is a lever: write it under [levers], or under [organisations.NAME.levers] for one organisation.",
            "dit is een knop: schrijf het onder [levers], of onder [organisations.NAME.levers] voor één organisatie.",
        ),
        "under": ("write it under [{table}].", "schrijf het onder [{table}]."),
        "lever of a change": (
            "write it as levers = {{ {name} = … }}.",
            "schrijf het als levers = {{ {name} = … }}.",
        ),
        "regime of a change": (
            "a change sets levers, not a regime; compare with another regime from a date by `--from`.",
            "een verandering stelt knoppen in, geen regime; vergelijk met een ander regime vanaf een datum: `--from`.",
        ),
        "above tables": (
            "this belongs at the top of the file, above the first [table].",
            "dit hoort bovenaan het bestand, boven de eerste [tabel].",
        ),
        # values with source and status
        "needs value": (
            'a table here needs a value: {{ value = …, source = "…" }}.',
            'een tabel heeft hier een value nodig: {{ value = …, source = "…" }}.',
        ),
        "wrong note": (
            "beside a value only value, source and status may stand.{hint}",
            "naast een waarde mogen alleen value, source en status staan.{hint}",
        ),
        "wrong status": (
            "must be one of 'V', 'V2', 'C', 'D', 'M', 'none' (parameters.toml says what they mean).",
            "moet een van 'V', 'V2', 'C', 'D', 'M', 'none' zijn (parameters.toml zegt wat ze betekenen).",
        ),
        "wrong source": (
            "must be a text in quotes of at most 2000 characters.",
            "moet een tekst tussen aanhalingstekens van ten hoogste 2000 tekens zijn.",
        ),
        # names of scenarios, regimes and files
        "unknown name": (
            "There is no {kind} '{name}'.{hint}{own}",
            "Er is geen {kind} '{name}'.{hint}{own}",
        ),
        "own file here": (
            "There is no {kind} '{name}', but {path} lies here. Give it as {path}.",
            "Er is geen {kind} '{name}', maar {path} staat hier wel. Geef het op als {path}.",
        ),
        "own file": (
            " For a file of your own give its path, such as ./mine.toml.",
            " Geef voor een eigen bestand het pad, zoals ./mijn.toml.",
        ),
        "utf-16": (
            "{file} is text in UTF-16. Save it as UTF-8 in your editor.",
            "{file} is tekst in UTF-16. Sla het in uw editor op als UTF-8.",
        ),
        "not text": (
            "{file} is not a text file. A {kind} is a text file in TOML; `regie new NAME` writes one.",
            "{file} is geen tekstbestand. Een {kind} is een tekstbestand in TOML; `regie new NAME` schrijft er een.",
        ),
        "not utf-8": (
            "{file} is not text in UTF-8 (line {line}). Save it as UTF-8 in your editor.",
            "{file} is geen tekst in UTF-8 (regel {line}). Sla het in uw editor op als UTF-8.",
        ),
        "empty": (
            "{file} is empty. `regie new NAME` writes a file to start from.",
            "{file} is leeg. `regie new NAME` schrijft een bestand om mee te beginnen.",
        ),
        "directory": (
            "{file} is a directory. Give the path of a .toml file in it.",
            "{file} is een map. Geef het pad van een .toml-bestand erin.",
        ),
        "not ordinary": ("{file} is not an ordinary file.", "{file} is geen gewoon bestand."),
        "too large": (
            "{file} has {size} bytes; at most {most} are read. Is it the right file?",
            "{file} heeft {size} bytes; er worden er ten hoogste {most} gelezen. Is het het juiste bestand?",
        ),
        "too long": (
            "{file} has {size} characters; at most {most} are read.",
            "{file} heeft {size} tekens; er worden er ten hoogste {most} gelezen.",
        ),
        "absent": ("{file} does not exist.{hint}", "{file} bestaat niet.{hint}"),
        "no permission": (
            "{file} cannot be read: you have no permission. Change its rights or copy it.",
            "{file} kan niet worden gelezen: u hebt geen toestemming. Verander de rechten of kopieer het.",
        ),
        "no file name": (
            "{file} cannot be the name of a file.",
            "{file} kan niet de naam van een bestand zijn.",
        ),
        "unreadable": ("{file} cannot be read: {reason}.", "{file} kan niet worden gelezen: {reason}."),
        # TOML
        "long line": (
            "{file} line {line} is longer than {most} characters. Is it the right file?",
            "{file} regel {line} is langer dan {most} tekens. Is het het juiste bestand?",
        ),
        "too deep": (
            "{file} has brackets within brackets too deeply. Is it the right file?",
            "{file} heeft te veel haakjes binnen haakjes. Is het het juiste bestand?",
        ),
        "not toml": ("not valid TOML: {reason}.{found}", "geen geldige TOML: {reason}.{found}"),
        "line reads": (" The line reads: {text}", " Op de regel staat: {text}"),
        "toml line": ("a line is `key = value`, or a [table]", "een regel is `sleutel = waarde`, of een [tabel]"),
        "toml twice": (
            "this key was given before: keep one of the two",
            "deze sleutel stond er al: houd een van de twee",
        ),
        "toml table twice": (
            "this table stands in the file twice: join the two",
            "deze tabel staat twee keer in het bestand: voeg de twee samen",
        ),
        "toml complete": (
            "this table was complete already: write all its keys in one place",
            "deze tabel was al af: schrijf al haar sleutels op één plaats",
        ),
        "toml no value": (
            "this is no value: a text stands in quotes, a number has a decimal point, or it is true or false",
            "dit is geen waarde: een tekst staat tussen aanhalingstekens, een getal heeft een decimale punt, "
            "of het is true of false",
        ),
        "toml key": (
            "a key is made of letters, digits, '-' and '_'",
            "een sleutel bestaat uit letters, cijfers, '-' en '_'",
        ),
        "toml not closed here": (
            "a text in quotes is not closed on this line, or holds a character that it cannot",
            "een tekst tussen aanhalingstekens is op deze regel niet gesloten, of er staat een teken in dat niet kan",
        ),
        "toml not closed": ("a text in quotes is not closed", "een tekst tussen aanhalingstekens is niet gesloten"),
        "toml more": (
            "there is more on the line than one value; write it on a line of its own",
            "er staat meer op de regel dan één waarde; schrijf het op een eigen regel",
        ),
        "toml list": ("a list is not closed by ]", "een lijst is niet gesloten met ]"),
        "toml inline": (
            "a table is not closed by }} on the same line",
            "een tabel is niet op dezelfde regel gesloten met }}",
        ),
        "toml digits": ("a number has thousands of digits", "een getal heeft duizenden cijfers"),
        # files that extend one another
        "circle": (
            "'extends' goes round in a circle ({names}). Remove one of them.",
            "'extends' loopt in een kring ({names}). Haal er een weg.",
        ),
        "long chain": (
            "more than {most} files extend one another. Use fewer.",
            "meer dan {most} bestanden breiden elkaar uit. Gebruik er minder.",
        ),
        "name only": (
            "only the name of a known scenario can be extended here, not a path.",
            "hier kan alleen de naam van een bekend scenario worden uitgebreid, geen pad.",
        ),
        "outside": (
            "a file outside the folder '{folder}' cannot be extended. Copy it into it.",
            "een bestand buiten de map '{folder}' kan niet worden uitgebreid. Kopieer het erin.",
        ),
        "no path": ("that is no path of a file.", "dat is geen pad van een bestand."),
        "not there": (
            "no file that this one extends has it, so it cannot be removed.{hint}",
            "geen bestand waarop dit voortbouwt heeft het, dus kan het niet weg.{hint}",
        ),
        # resolved copies
        "only resolved": (
            "only a resolved copy, written beside a result, has this. Use a regime file or [[changes]].",
            "alleen een volledige kopie, geschreven naast een uitkomst, heeft dit. "
            "Gebruik een regimebestand of [[changes]].",
        ),
        "resolved says all": (
            "a resolved copy says everything itself: remove this line, or remove [resolved].",
            "een volledige kopie zegt alles zelf: haal deze regel weg, of haal [resolved] weg.",
        ),
        "resolved extended": (
            "a resolved copy cannot be extended. Extend the scenario it was made of.",
            "een volledige kopie kan niet worden uitgebreid. Breid het scenario uit waarvan zij gemaakt is.",
        ),
        # the parts of a scenario
        "too many": (
            "at most {most} {what} are possible, here are {number}.",
            "er zijn ten hoogste {most} {what} mogelijk, hier zijn er {number}.",
        ),
        "kinds": ("kinds of help", "soorten hulp"),
        "organisations": ("organisations", "organisaties"),
        "changes": ("changes", "veranderingen"),
        "must say": ("this must also say {keys}.", "hier hoort ook {keys} bij."),
        "not inherited": (
            "there is no such name in what this file builds on.{hint} A new one must also say {keys}.",
            "deze naam bestaat niet in waar dit bestand op voortbouwt.{hint} Bij een nieuwe hoort ook {keys}.",
        ),
        "no organisation": (
            "there is no organisation {name} in this scenario.{hint}",
            "er is geen organisatie {name} in dit scenario.{hint}",
        ),
        "no kind": ("there is no kind of help {name}.{hint}", "er is geen soort hulp {name}.{hint}"),
        # bands
        "no pattern": (
            "there is no pattern {name} to have a band for.{hint}",
            "er is geen patroon {name} om een band voor te geven.{hint}",
        ),
        "not narrowed": (
            "{name} cannot be narrowed so. {names} can: PATTERN.kind.NAME or PATTERN.organisation.NAME.{hint}",
            "{name} kan niet zo worden toegespitst. {names} wel: PATROON.kind.NAAM of PATROON.organisation.NAAM.{hint}",
        ),
        "band in quotes": (
            'write the name of the band in quotes: [bands."{base}.{by}.NAME"].',
            'schrijf de naam van de band tussen aanhalingstekens: [bands."{base}.{by}.NAAM"].',
        ),
        "needs both ends": (
            "this must say low and high.",
            "hier horen low en high bij.",
        ),
        "low below high": (
            "low, {low}, must lie below high, {high}. Change one of the two.",
            "low, {low}, moet onder high, {high}, liggen. Verander een van de twee.",
        ),
        "value in band": (
            "must lie within the band, from {low} to {high}. Widen the band, or leave the value out.",
            "moet binnen de band liggen, van {low} tot en met {high}. Verbreed de band, of laat de waarde weg.",
        ),
        # changes and moments
        "change needs levers": (
            "a change needs levers, such as levers = {{ control = 0.2 }}.",
            "een verandering heeft knoppen nodig, zoals levers = {{ control = 0.2 }}.",
        ),
        "say when": (
            "say when: either day = 365 (counted from day 0) or date = 2007-01-01, and not both.",
            "zeg wanneer: of day = 365 (geteld vanaf dag 0) of date = 2007-01-01, en niet allebei.",
        ),
        "say when in regime": (
            "say when: day = 365, counted from the day on which the regime begins.",
            "zeg wanneer: day = 365, geteld vanaf de dag waarop het regime begint.",
        ),
        "date outside": (
            "must be a date from day 0, {first}, to {last}.",
            "moet een datum zijn van dag 0, {first}, tot en met {last}.",
        ),
        "nobody changes": (
            "an empty list changes nobody: name the organisations, or leave the key out for all.",
            "een lege lijst verandert niemand: noem de organisaties, of laat de sleutel weg voor alle.",
        ),
        "after the last day": (
            "with a start on day {day} this comes after day {last}. Begin earlier.",
            "met een begin op dag {day} komt dit na dag {last}. Begin eerder.",
        ),
        "begins outside": (
            "A regime can begin on day 0 to {last}, not on {day}. Give a whole number of days.",
            "Een regime kan beginnen op dag 0 tot en met {last}, niet op {day}. Geef een geheel aantal dagen.",
        ),
        "regime by name": (
            "must be the name of a regime, without folder and without .toml.",
            "moet de naam van een regime zijn, zonder map en zonder .toml.",
        ),
        # the scenario as a whole
        "at most other": (
            "must be at most {other}, which is {value}. Change one of the two.",
            "mag niet hoger zijn dan {other}, en dat is {value}. Verander een van de twee.",
        ),
        "at least other": (
            "must be at least {other}, which is {value}. Change one of the two.",
            "mag niet lager zijn dan {other}, en dat is {value}. Verander een van de twee.",
        ),
        "nobody works": (
            "leave_share and sick_share together must be below 1; the other is {value}. Nobody would work.",
            "leave_share en sick_share moeten samen minder dan 1 zijn; de andere is {value}. Niemand zou werken.",
        ),
        "needs a kind": (
            'a scenario needs at least one kind of help. Write [kinds.NAME], or extends = "one-zone".',
            'een scenario heeft ten minste één soort hulp nodig. Schrijf [kinds.NAME], of extends = "one-zone".',
        ),
        "needs shares": (
            "the shares of all kinds are 0, so nobody would ask for anything. Give one a share above 0.",
            "de aandelen (share) van alle soorten zijn 0, dus niemand zou iets vragen. Geef er een meer dan 0.",
        ),
        "needs an organisation": (
            'a scenario needs at least one organisation. Write [organisations.NAME], or extends = "one-zone".',
            "een scenario heeft ten minste één organisatie nodig. Schrijf [organisations.NAME], "
            'of extends = "one-zone".',
        ),
        "needs staff": (
            "no organisation has staff. Write staff = {{ KIND = 4 }} for at least one.",
            "geen organisatie heeft personeel. Schrijf staff = {{ SOORT = 4 }} bij ten minste één.",
        ),
        "needs renown": (
            "the renown of all organisations is 0, so nobody would find a door. Give one a renown above 0.",
            "de bekendheid (renown) van alle organisaties is 0, dus niemand vindt een deur. Geef er een meer dan 0.",
        ),
        "not offered": (
            "people ask for '{kind}' but no organisation has staff for it. Give one staff = {{ {kind} = 1 }}, "
            "or set the share to 0.",
            "mensen vragen om '{kind}' maar geen organisatie heeft er personeel voor. Geef er een "
            "staff = {{ {kind} = 1 }}, of zet share op 0.",
        ),
        "too big": (
            "this scenario would have about {number} {what}; at most {most} fit. Lower {keys}.",
            "dit scenario zou ongeveer {number} {what} hebben; er passen er ten hoogste {most}. Verlaag {keys}.",
        ),
        "clients at a time": ("clients at a time", "cliënten tegelijk"),
        "workers": ("workers", "medewerkers"),
        "arrivals": ("arrivals in the warm-up", "nieuwe cliënten in de aanloop"),
        "two keys": ("{one} or {other}", "{one} of {other}"),
        "three keys": ("{one}, {two} or {other}", "{one}, {two} of {other}"),
        # --set
        "not a setting": (
            "--set {given}: not of the form path=value. Write path=value, such as intake_hours=2 or "
            "organisations.home-care.levers.control=0.1.",
            "--set {given}: niet van de vorm pad=waarde. Schrijf pad=waarde, zoals intake_hours=2 of "
            "organisations.home-care.levers.control=0.1.",
        ),
        "file only": (
            "this can only be written in a file; `regie new NAME` writes one to start from.",
            "dit kan alleen in een bestand; `regie new NAME` schrijft er een om mee te beginnen.",
        ),
        "no value": ("there is no such value.{hint}", "deze waarde bestaat niet.{hint}"),
        "possible settings": (
            " Possible are the name of a parameter or lever, organisations.NAME.renown, "
            "organisations.NAME.staff.KIND, organisations.NAME.levers.LEVER and kinds.NAME.share.",
            " Mogelijk zijn de naam van een parameter of knop, organisations.NAME.renown, "
            "organisations.NAME.staff.KIND, organisations.NAME.levers.LEVER en kinds.NAME.share.",
        ),
        "of an organisation": (
            "of an organisation renown, staff.KIND and levers.LEVER can be set.",
            "van een organisatie kunnen renown, staff.KIND en levers.LEVER worden ingesteld.",
        ),
        "of a kind": (
            "of a kind of help {names} can be set.{hint}",
            "van een soort hulp kunnen {names} worden ingesteld.{hint}",
        ),
        # reading values in Python
        "lever differs": (
            "'{name}' is a lever and may differ per organisation: read scenario.levers[organisation]['{name}'].",
            "'{name}' is een knop en kan per organisatie verschillen: lees scenario.levers[organisation]['{name}'].",
        ),
        "no parameter": ("There is no parameter '{name}'.{hint}", "Er is geen parameter '{name}'.{hint}"),
        # regie new
        "no new name": (
            "{name} cannot be the name of a scenario. Use letters a to z, digits, '-' and '_', at most 40, "
            "such as my-town.",
            "{name} kan niet de naam van een scenario zijn. Gebruik letters a tot en met z, cijfers, '-' en '_', "
            "ten hoogste 40, zoals mijn-gemeente.",
        ),
        "name taken": (
            "There is already a scenario '{name}'. Choose another name.",
            "Er is al een scenario '{name}'. Kies een andere naam.",
        ),
        "extends a path": (
            "{name} is a path; give the name of a scenario, as `regie scenarios` lists them.",
            "{name} is een pad; geef de naam van een scenario, zoals `regie scenarios` die noemt.",
        ),
        # lists
        "usual": ("{range}; usual {value}", "{range}; gewoonlijk {value}"),
        "no such parameter": (
            "No parameter has '{word}' in its name, description or group. `regie parameters` lists them all.",
            "Geen parameter heeft '{word}' in naam, beschrijving of groep. `regie parameters` noemt ze allemaal.",
        ),
        "range": ("{low} to {high} ({unit})", "{low} tot en met {high} ({unit})"),
    }
)


def decimal(number: float, form: str = ".4g") -> Said:
    """Return a number with decimals as people write it."""
    text = format(number, form)
    return Said(text, text.replace(".", ","))


def thousands(number: float) -> Said:
    """Return a large whole number as people write it."""
    text = f"{number:,.0f}"
    return Said(text, text.replace(",", "."))
