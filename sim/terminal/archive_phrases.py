"""What `regie archive` says, in English and Dutch."""

ARCHIVE_PHRASES = {
    "help.archive": (
        "Make a zip of a result for a data repository: data, resolved inputs, versions, README, licence.\n\n"
        "RESULTS is the folder of a sweep, or of a result of run, compare or ablate. Paths of this computer are left "
        "out.",
        "Maak van een uitkomst een zip voor een datarepository: data, volledige invoer, versies, README, licentie.\n\n"
        "RESULTS is de map van een reeks, of van een uitkomst van run, compare of ablate. Paden van deze computer "
        "blijven eruit.",
    ),
    "option.archive_file": (
        "File to write. [default: NAME.zip beside the folder]",
        "Bestand dat wordt geschreven. [standaard: NAAM.zip naast de map]",
    ),
    "option.authors": (
        "Who made the data, such as 'Lovelace, Ada'; once for each.",
        "Wie de data maakte, zoals 'Lovelace, Ada'; één keer per persoon.",
    ),
    "option.licence": (
        "Licence of the data: CC-BY-4.0, CC0-1.0 or Apache-2.0. [default: CC-BY-4.0: free to use, and the authors are "
        "named]",
        "Licentie van de data: CC-BY-4.0, CC0-1.0 of Apache-2.0. [standaard: CC-BY-4.0: vrij te gebruiken, met naam "
        "van de makers]",
    ),
    "option.incomplete": (
        "Also archive a result that is not complete; the archive says so.",
        "Archiveer ook een uitkomst die niet volledig is; het archief zegt dat.",
    ),
    "archived": ("Archive: {path} ({size} MB)", "Archief: {path} ({size} MB)"),
    "archived by nobody": (
        "Who made the data is not said in it: give --author, once for each, or put the names in before you publish.",
        "Wie de data maakte staat er niet in: geef --author, één keer per persoon, of vul de namen in vóór u "
        "publiceert.",
    ),
    "archived licence": (
        "Its licence is {licence}: for another one give --licence.",
        "De licentie is {licence}: voor een andere geeft u --licence.",
    ),
}
"""Phrases by key, each as (English, Dutch)."""
