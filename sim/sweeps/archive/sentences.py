"""What is said about mistakes in making an archive, in English and Dutch."""

from __future__ import annotations

from sim.errors import Sentences

say = Sentences(
    {
        "no result": (
            "'{place}' holds no result of regie: there is no {files} in it. Give the folder that a sweep, run, compare "
            "or ablate wrote, such as results/screening.",
            "'{place}' bevat geen uitkomst van regie: er staat geen {files} in. Geef de map die een sweep, run, "
            "compare of ablate schreef, zoals results/screening.",
        ),
        "unreadable": (
            "'{path}' cannot be read: {reason}.",
            "'{path}' kan niet worden gelezen: {reason}.",
        ),
        "incomplete": (
            "'{place}' is not complete. Finish it first: the same command goes on from there{command}. "
            "Or give --incomplete: the archive then says so.",
            "'{place}' is niet volledig. Maak het eerst af: hetzelfde commando gaat daar verder{command}. "
            "Of geef --incomplete: het archief zegt dat dan.",
        ),
        "command": (" ({command})", " ({command})"),
        "busy": (
            "Another command is working in '{place}'. Wait for it, or stop it; then archive.",
            "Een ander commando is bezig in '{place}'. Wacht daarop, of stop het; archiveer daarna.",
        ),
        "no tables": (
            "'{place}' holds no tables yet. Finish it first: the same command goes on from there{command}.",
            "'{place}' bevat nog geen tabellen. Maak het eerst af: hetzelfde commando gaat daar verder{command}.",
        ),
        "there already": (
            "'{path}' is there already, and nothing is overwritten. Give --out another file, or remove that one.",
            "'{path}' is er al, en er wordt niets overschreven. Geef --out een ander bestand, of verwijder dat.",
        ),
        "a folder": (
            "'{path}' is a folder. Give --out the name of a file, such as {example}.",
            "'{path}' is een map. Geef --out de naam van een bestand, zoals {example}.",
        ),
        "no licence": (
            "There is no licence '{value}' to choose here.{hint} There are: {names}. "
            "For another one, change LICENSE after unpacking.",
            "Licentie '{value}' is hier niet te kiezen.{hint} Er zijn: {names}. "
            "Voor een andere: verander LICENSE na het uitpakken.",
        ),
        "no author": (
            "--author is empty. Give a name, such as --author 'Lovelace, Ada'.",
            "--author is leeg. Geef een naam, zoals --author 'Lovelace, Ada'.",
        ),
        "with out": (" with --out", " met --out"),
    }
)
