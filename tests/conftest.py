"""What tests of commands share."""

import pytest

from sim.study import baseline


@pytest.fixture
def without_reports(monkeypatch):
    """Let the page and the workbook of a result be empty files: what stands in them is not what is tried here."""
    monkeypatch.setattr("sim.study.folder._try_report", lambda _write_report, _result, path: path.touch())


@pytest.fixture
def easily(monkeypatch):
    """Take every possible world for plausible: what is tried here is not how a baseline looks."""
    monkeypatch.setattr(baseline, "patterns", lambda *_, **__: [{band.name: band.low for band in baseline.bands()}])
