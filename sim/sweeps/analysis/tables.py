"""An analysis as tidy tables: one for each kind of row, a column for each field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.files import atomically
from sim.study.outcomes import declared
from sim.sweeps.analysis.findings import Analysis, Index, Interaction, Limit, Noise, Question, Rank, Response

if TYPE_CHECKING:
    import pandas as pd

SHARE = "share of variance"
_KINDS: dict[str, type[Any]] = {
    "noise": Noise,
    "indices": Index,
    "ranks": Rank,
    "responses": Response,
    "interactions": Interaction,
}
_BOX = ("question", "condition", "points", "cases", "density", "coverage", "base", "unseen")
_WITH_UNIT = ("noise", "responses", "interactions")


def tables(analysis: Analysis) -> dict[str, pd.DataFrame]:
    """Return the tables of an analysis by name; ``unit`` is that of the answers, empty where it is not known.

    ``boxes`` has a row a box, numbered within its question; ``limits`` one for each factor that bounds a box.
    ``remarks`` says what a reader must know, in English (``en``) and Dutch (``nl``).
    """
    units = {question.name: _unit(question) for question in analysis.questions}
    asked = [{**_row(question), "name": question.name, "unit": units[question.name]} for question in analysis.questions]
    found = {"questions": _frame(asked, ["outcome", "regime", "against", "name", "unit"])}
    for name, kind in _KINDS.items():
        rows = [_row(each) for each in getattr(analysis, name)]
        found[name] = _frame(rows, [each.name for each in fields(kind)])
        if name in _WITH_UNIT:
            found[name]["unit"] = [units[row["question"]] for row in rows]
    sobol = [each.measure in ("first", "total") for each in analysis.indices]
    found["indices"]["unit"] = [
        SHARE if share else units[each.question] for share, each in zip(sobol, analysis.indices, strict=True)
    ]
    numbers = list(_numbered(analysis))
    boxes = [{"box": number, **{name: getattr(box, name) for name in _BOX}} for number, box in numbers]
    found["boxes"] = _frame(boxes, ["box", *_BOX])
    limits = [
        {"question": box.question, "box": number, **_row(limit)} for number, box in numbers for limit in box.limits
    ]
    found["limits"] = _frame(limits, ["question", "box", *(each.name for each in fields(Limit))])
    found["remarks"] = _frame([{"en": each.en, "nl": each.nl} for each in analysis.remarks], ["en", "nl"])
    return found


def write_tables(analysis: Analysis, place: Path) -> list[Path]:
    """Write every table as ``NAME.csv`` and ``NAME.parquet``, each whole or not at all, and return the paths.

    Raises:
        RegieError: The disk is full or gone, or the folder may not be written.
    """
    from sim.study.folder import sentences_of_the_disk

    written = []
    with sentences_of_the_disk(place):
        place.mkdir(parents=True, exist_ok=True)
        for name, frame in tables(analysis).items():
            for path in (place / f"{name}.csv", place / f"{name}.parquet"):
                with atomically(path) as file:
                    if path.suffix == ".csv":
                        file.write(frame.to_csv(index=False, lineterminator="\n").encode())
                    else:
                        frame.to_parquet(file, index=False)
                written.append(path)
    return written


def _unit(question: Question) -> str:
    entry = declared().get(question.outcome.partition(".")[0])
    return str(entry["unit"]) if entry else ""


def _row(row: Any) -> dict[str, Any]:
    return {each.name: getattr(row, each.name) for each in fields(row)}


def _numbered(analysis: Analysis) -> Iterator[tuple[int, Any]]:
    """Yield boxes with their number within their question, from 1."""
    seen: dict[str, int] = {}
    for box in analysis.boxes:
        seen[box.question] = seen.get(box.question, 0) + 1
        yield seen[box.question], box


def _frame(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=list(columns))
