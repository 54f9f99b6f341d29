"""The pages of an archive: README, licence, citation, metadata that machines read, exact versions."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files
from itertools import groupby
from typing import Any, NamedTuple

from sim.study.csv_files import FORMS
from sim.study.folder import as_json
from sim.sweeps.archive.dictionary import Column
from sim.sweeps.archive.source import Source, described
from sim.sweeps.inputs import EXPERIMENT, INPUTS, POINTS

UNKNOWN = "unknown"
_CRATE = "https://w3id.org/ro/crate/1.1"


class Held(NamedTuple):
    """A file of an archive, as its pages speak of it.

    Attributes:
        name: Its path in the archive.
        rows: Rows, of a table.
        what: What is in it.
        separator: Of a CSV file, what stands between its cells.
    """

    name: str
    rows: int | None
    what: str
    separator: str = ","


@dataclass(frozen=True)
class Pages:
    """All that the pages of an archive are made of.

    Attributes:
        source: The result.
        authors: Who made the data.
        licence: SPDX name of the licence.
        held: The files in the archive, but for these pages.
        dictionary: Every column of every table.
    """

    source: Source
    authors: Sequence[str]
    licence: str
    held: Sequence[Held]
    dictionary: Sequence[Column]

    @property
    def title(self) -> str:
        """The title of the data set."""
        source, scenario = self.source, self.source.scenario
        place = scenario.title if scenario else str(source.origin["scenario"])
        own = {
            "sweep": "Sweep",
            "ablation": "Mechanisms switched off",
            "comparison": "Ways of steering compared",
            "run": "One way of steering",
        }
        return str(source.origin.get("title") or f"{own[source.kind]}: {place} ({source.name})")

    @property
    def description(self) -> str:
        """What it is for, in the words of who asked it."""
        return " ".join(str(self.source.origin.get("description") or "").split())

    @property
    def version(self) -> str:
        """The version of regie that made it."""
        return str(self.source.origin["versions"].get("regie") or UNKNOWN)

    def readme(self) -> str:
        """Return ``README.md``."""
        from jinja2 import Environment

        environment = Environment(trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
        environment.filters["cell"] = _cell
        template = environment.from_string(_text("README.md.jinja"))
        source = self.source
        text = template.render(
            title=self.title,
            description=self.description,
            what={
                "sweep": "a sweep: very many runs over a design of points",
                "ablation": "an ablation: mechanisms of the model switched off one at a time",
                "comparison": "a comparison of ways of steering, in worlds that they share",
                "run": "a run under one way of steering",
            }[source.kind],
            complete=source.origin["complete"],
            facts=list(described(source)),
            authors=self.authors or [UNKNOWN],
            unknown_author=not self.authors,
            files=self.held,
            python=list(_opened(self.held, _in_pandas)),
            r=list(_opened(self.held, _in_r)),
            version=self.version,
            code=source.origin.get("source") or {},
            package='"../regie[sensitivity]"' if source.origin.get("method") == "morris" else "../regie",
            again=list(_again(source)),
            remark=_remark(source),
            year=source.finished[:4],
            spdx=self.licence,
            licence=licences()[self.licence],
            dictionary=[(table, list(rows)) for table, rows in groupby(self.dictionary, lambda row: row.table)],
        )
        return re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n"

    def license(self) -> str:
        """Return ``LICENSE``."""
        said = licences()[self.licence]
        holders = "; ".join(self.authors) or UNKNOWN
        return (
            f"{said['title']} (SPDX: {self.licence})\n\n{self.title}\nAuthors: {holders}\n\n"
            f"{said['notice'].strip()}\n\n"
            f"The whole text: {said['legal']}\n\n"
            "The files in inputs/ hold texts and numbers of regie itself, which is licensed under the Apache License,\n"
            "Version 2.0: https://www.apache.org/licenses/LICENSE-2.0\n"
        )

    def citation(self) -> str:
        """Return ``CITATION.cff``."""
        authors = "\n".join(f"  - {line}" for name in self.authors or [UNKNOWN] for line in [_cff_author(name)])
        return (
            "cff-version: 1.2.0\n"
            "message: If you use these data, please cite them, and the essay whose theory they explore.\n"
            f"type: dataset\ntitle: {_quoted(self.title)}\n"
            f"authors:\n{authors}\n"
            f"date-released: {_quoted(self.source.finished)}\nlicense: {self.licence}\n"
            "references:\n"
            f"  - type: software\n    title: regie\n    version: {_quoted(self.version)}\n"
            "    authors:\n      - name: The regie authors\n"
            "  - type: report\n    title: Veranderen in netwerken. Leren samenwerken in wonen, welzijn en zorg\n"
            "    authors:\n      - family-names: Beckers\n        given-names: John\n"
            "    institution:\n      name: WIJ\n    year: 2005\n    month: 11\n"
        )

    def crate(self, sums: Mapping[str, tuple[int, str]]) -> str:
        """Return ``ro-crate-metadata.json``: an RO-Crate, schema.org in JSON-LD.

        Args:
            sums: Size and SHA-256 of each file.
        """
        licence = licences()[self.licence]
        people = [{"@id": f"#author-{i}", "@type": "Person", "name": each} for i, each in enumerate(self._names())]
        held = [_file(each, *sums[each.name]) for each in self.held]
        root = {
            "@id": "./",
            "@type": "Dataset",
            "name": self.title,
            "description": self.description or "Simulated data, made with regie. An exploration of a theory.",
            "datePublished": self.source.finished,
            "license": {"@id": licence["url"]},
            "author": [{"@id": each["@id"]} for each in people],
            "keywords": ["agent-based model", "simulation", "social care", "waiting lists", "simulated data"],
            "variableMeasured": sorted({row.name for row in self.dictionary}),
            "hasPart": [{"@id": each["@id"]} for each in held],
            "mentions": {"@id": "#made"},
        }
        made = {
            "@id": "#made",
            "@type": "CreateAction",
            "name": self.source.cleaner.typed or "made from Python",
            "instrument": {"@id": "#regie"},
            "startTime": self.source.origin.get("started"),
            "endTime": self.source.origin.get("finished"),
            "result": {"@id": "./"},
        }
        graph = [
            {
                "@id": "ro-crate-metadata.json",
                "@type": "CreativeWork",
                "conformsTo": {"@id": _CRATE},
                "about": {"@id": "./"},
            },
            root,
            *held,
            *people,
            {"@id": licence["url"], "@type": "CreativeWork", "name": licence["title"]},
            {"@id": "#regie", "@type": "SoftwareApplication", "name": "regie", "softwareVersion": self.version},
            {key: value for key, value in made.items() if value is not None},
        ]
        return as_json({"@context": f"{_CRATE}/context", "@graph": graph})

    def _names(self) -> Sequence[str]:
        return self.authors or [UNKNOWN]


# --- opening the tables --------------------------------------------------------------------------------------


def _opened(held: Sequence[Held], line: Any) -> Iterator[str]:
    """Yield a line for each table that opens it."""
    for each in held:
        if each.rows is not None:
            name = each.name.removeprefix("data/")
            stem, _, ending = name.partition(".")
            twins = [other for other in held if other.name.startswith(f"data/{stem}.")]
            variable = stem if len(twins) == 1 or ending == "parquet" else f"{stem}_{ending}"
            yield line(variable, each, ending)


def _in_pandas(variable: str, held: Held, ending: str) -> str:
    if ending == "parquet":
        return f'{variable} = pd.read_parquet("{held.name}")'
    if ending == "jsonl":
        return f'{variable} = pd.read_json("{held.name}", lines=True)'
    decimal = next(form.decimal for form in FORMS.values() if form.separator == held.separator)
    dutch = f', sep="{held.separator}", decimal="{decimal}"' if held.separator != "," else ""
    return f'{variable} = pd.read_csv("{held.name}"{dutch})'


def _in_r(variable: str, held: Held, ending: str) -> str:
    if ending == "parquet":
        return f'{variable} <- arrow::read_parquet("{held.name}")'
    if ending == "jsonl":
        return f'{variable} <- jsonlite::stream_in(file("{held.name}"))'
    return f'{variable} <- read.csv{"2" if held.separator == ";" else ""}("{held.name}")'


# --- the same again ------------------------------------------------------------------------------------------


def _again(source: Source) -> Iterator[str]:
    if source.is_sweep:
        if source.can_be_run_again:
            yield f".venv/bin/regie sweep {INPUTS}/{EXPERIMENT} --out again"
        else:
            yield f"# {source.cleaner.typed or 'the sweep was asked from Python'}"
        return
    yield f".venv/bin/{_command(source)}" if source.command else "# made from Python: sim.run or sim.compare"


def _command(source: Source) -> str:
    """Return the command with the resolved scenario in the place of a file of one's own, and another folder."""
    words = source.cleaner.typed.split(" ")
    kept = [f"{INPUTS}/scenario.toml" if word.endswith(".toml") else word for word in words[:3]] + words[3:]
    if "--out" in kept:
        at = kept.index("--out")
        del kept[at : at + 2]
    return " ".join([*(word for word in kept if not word.startswith("--out=")), "--out", "again"])


def _remark(source: Source) -> str:
    if source.is_sweep and not source.can_be_run_again:
        return (
            "The experiment itself was not kept in this folder; the scenario under each regime is in `inputs/`, and "
            "the points are in `data/design.parquet`."
        )
    if source.is_sweep:
        again = f"`{INPUTS}/{EXPERIMENT}` is the experiment as it was carried out."
        if any(path.stem == POINTS for path in source.inputs):
            again += " Its points are given as a table, as they came about in more than one step."
        return again
    return (
        "Where the command names a scenario or regime of the makers' own, the resolved copies in `inputs/` hold all\n"
        "that it said; each can be run by itself: `regie run inputs/scenario.toml`."
    )


# --- versions --------------------------------------------------------------------------------------------------


def constraints(source: Source) -> str:
    """Return exact versions of regie and all it needs: those of the run, else those that are installed here."""
    recorded = {name: number for name, number in source.origin["versions"].items() if number}
    python = recorded.pop("python", UNKNOWN)
    needed = {name: number for name in sorted(_needed("regie")) if (number := _installed(name))}
    lines = [f"{name}=={number}" for name, number in sorted({**needed, **recorded}.items())]
    head = f"# Python {python}. Versions that the run wrote down; of the rest, those installed when it was packed."
    return "\n".join([head, *lines]) + "\n"


def _needed(package: str, known: frozenset[str] = frozenset()) -> set[str]:
    """Return the packages that a package needs, and what those need; not what only an extra asks."""
    found: set[str] = set()
    try:
        asked = requires(package) or []
    except PackageNotFoundError:
        return found
    for each in asked:
        name = re.split(r"[^\w.-]", each, maxsplit=1)[0].lower().replace("_", "-")
        if "extra ==" not in each and name not in known | found:
            found |= {name} | _needed(name, known | found | {package})
    return found


def _installed(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


# --- small things ----------------------------------------------------------------------------------------------


@cache
def licences() -> dict[str, dict[str, str]]:
    """Return the licences that are offered, by SPDX name; the first is the default."""
    return tomllib.loads(_text("licences.toml"))


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _cell(text: str) -> str:
    """Return a text as it can stand in a cell of a Markdown table."""
    return " ".join(str(text).split()).replace("|", "\\|")


def _quoted(text: str) -> str:
    """Return a text as YAML holds it; JSON is YAML."""
    return as_json({"": text}).partition(": ")[2].rpartition("\n}")[0]


def _cff_author(name: str) -> str:
    family, comma, given = name.partition(",")
    if comma and given.strip():
        return f"family-names: {_quoted(family.strip())}\n    given-names: {_quoted(given.strip())}"
    return f"name: {_quoted(name)}"


def _file(held: Held, size: int, digest: str) -> dict[str, Any]:
    return {
        "@id": held.name,
        "@type": "File",
        "description": held.what,
        "contentSize": str(size),
        "sha256": digest,
        "encodingFormat": _FORMATS.get(held.name.rpartition(".")[2], "application/octet-stream"),
    }


_FORMATS = {
    "parquet": "application/vnd.apache.parquet",
    "csv": "text/csv",
    "jsonl": "application/jsonlines",
    "json": "application/json",
    "toml": "application/toml",
    "html": "text/html",
    "md": "text/markdown",
    "txt": "text/plain",
    "py": "text/x-python",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
