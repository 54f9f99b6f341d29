"""`mesa.batch_run` runs a CareNetwork, under every version of Mesa that is supported, as docs/sweeps.md says."""

import inspect
import json
import subprocess
import sys
from textwrap import dedent

import mesa
import numpy as np
import pandas as pd
import pytest

from sim import CareNetwork, Scenario, run
from sim.errors import RegieError

VERSION = tuple(int(number) for number in mesa.__version__.split(".")[:2])
SEEDS_APART = "rng" in inspect.signature(mesa.batch_run).parameters  # from Mesa 3.4 on
SHORT = {"warmup_days": 56}


class Clock(mesa.Model):
    """A model that is no network of ours: it shows how Mesa itself counts."""

    def __init__(self, seed=None):
        super().__init__(rng=seed)
        self.datacollector = mesa.DataCollector({"day": "steps"})

    def step(self):
        self.datacollector.collect(self)


ONE_STEP_MORE = mesa.batch_run(Clock, {}, max_steps=1, display_progress=False)[-1]["day"] - 1


def batch(network, parameters, seeds=None, days=14, **options):
    """Return what a batch gave, for one number of days under each version of Mesa."""
    if seeds is not None and SEEDS_APART:
        options["rng"] = seeds
    elif seeds is not None:
        parameters = {**parameters, "seed": seeds}
    rows = mesa.batch_run(
        network, {**SHORT, **parameters}, max_steps=days - ONE_STEP_MORE, display_progress=False, **options
    )
    return pd.DataFrame(rows)


class Patient(CareNetwork):
    """A network with a keyword of its own."""

    def __init__(self, *given, patience=1.0, **settings):
        super().__init__(*given, **settings)
        self.datacollector = mesa.DataCollector({"day": "day", "patience": lambda network: patience})


def test_levers_regimes_and_seeds_reach_the_network():
    asked = {"regime": ["traditional", "client-steering"], "control": [0.0, 1.0]}
    table = batch(CareNetwork, asked, seeds=[3, 4])
    assert len(table) == 8 and (table["day"] == 14).all()
    for row in table.to_dict("records"):
        network = CareNetwork(regime=row["regime"], seed=row["seed"], control=row["control"], **SHORT).run(days=14)
        assert row["clients"] == len(network.clients)
        assert row["waiting"] == network.state.organisation.places.sum()
    assert table.groupby("seed")["clients"].mean().nunique() == 2
    assert table["waiting"].nunique() > 2


def test_a_world_of_a_batch_is_that_of_a_run():
    table = batch(CareNetwork, {"regime": "client-steering"}, seeds=[5], days=28)
    lived = run(Scenario.load("one-zone").with_values(SHORT), regime="client-steering", seed=5, days=28)
    last = lived.series[lived.series["week"] == 3]
    assert table["waiting"].tolist() == [last["waiting"].sum()]
    network = CareNetwork(regime="client-steering", seed=5, **SHORT)
    for _ in range(28):
        network.step()
    assert np.array_equal(network.records().series, lived.series)


def test_a_lever_holds_in_the_warm_up_too_and_in_a_sweep_only_from_day_0_on():
    scenario = Scenario.load("one-zone").with_values(SHORT)
    everywhere, from_day_0 = (scenario.with_values({"control": 0.0}, warmup=warmup) for warmup in (True, False))
    waiting = batch(CareNetwork, {"control": 0.0}, seeds=[5], days=28)["waiting"].tolist()
    lived = [run(steered, seed=5, days=28).series for steered in (everywhere, from_day_0)]
    ends = [float(series[series["week"] == 3]["waiting"].sum()) for series in lived]
    assert waiting == ends[:1] != ends[1:]


def test_mesa_counts_as_the_guide_says():
    assert ONE_STEP_MORE in {(3, 3): [1], (3, 4): [0, 1]}.get(VERSION, [0])


@pytest.mark.skipif(VERSION == (3, 4), reason="releases of Mesa 3.4 differ in the days that they report")
def test_days_on_the_way_are_collected():
    table = batch(CareNetwork, {"regime": "traditional"}, days=29, data_collection_period=7)
    assert table["day"].tolist() == [1, 8, 15, 22, 29]
    assert (np.diff(table["Step"]) == 7).all()


def test_a_keyword_of_ones_own_is_swept():
    table = batch(Patient, {"patience": [0.5, 2.0], "control": 0.3}, seeds=None)
    assert table["patience"].tolist() == [0.5, 2.0]
    assert (table["day"] == 14).all()


def test_a_seed_as_a_parameter_reaches_a_network_that_does_not_name_it():
    table = batch(Patient, {"patience": 1.0, "seed": [3, 4]})
    assert table["seed"].tolist() == [3, 4]


def test_a_seed_that_is_left_out_is_0_every_time():
    table = batch(CareNetwork, {"regime": "traditional"}, seeds=[None, None, 0])
    assert table[["clients", "in_care", "waiting", "in_service"]].drop_duplicates().shape[0] == 1


@pytest.mark.skipif(not SEEDS_APART, reason="Mesa 3.3 has no seeds apart")
def test_from_mesa_3_4_on_a_seed_among_the_parameters_is_lost_as_the_guide_warns():
    table = batch(CareNetwork, {"seed": [3, 4]})
    assert table["seed"].isna().all()
    by_another_name = batch(CareNetwork, {"rng": [3, 4]})
    assert by_another_name["rng"].tolist() == [3, 4]
    assert by_another_name["clients"].nunique() == 2


def test_seed_and_rng_are_two_names_for_one_thing():
    one, other = (CareNetwork(**SHORT, **{name: 4}) for name in ("seed", "rng"))
    assert one.records().clients.tobytes() == other.records().clients.tobytes()
    with pytest.raises(RegieError, match="two names for the same thing"):
        CareNetwork(**SHORT, seed=4, rng=4)


@pytest.mark.parametrize("name", ["seed", "rng"])
@pytest.mark.parametrize("wrong", [-1, 1.5, True, [1, 2], "7", np.random.SeedSequence(7)])
def test_a_seed_is_a_whole_number(name, wrong):
    with pytest.raises(RegieError, match="must be a whole number of 0 or more"):
        CareNetwork(**SHORT, **{name: wrong})


SCRIPT = """
    import json
    import mesa
    from sim import CareNetwork

    class Patient(CareNetwork):
        def __init__(self, *given, patience=1.0, **settings):
            super().__init__(*given, **settings)
            self.datacollector = mesa.DataCollector({"clients": lambda n: len(n.clients), "mine": lambda _: patience})

    if __name__ == "__main__":
        parameters = {"patience": [1.0, 2.0], "seed": [3, 4], "warmup_days": 56}
        tables = [
            mesa.batch_run(Patient, parameters, number_processes=n, max_steps=7, display_progress=False) for n in (1, 2)
        ]
        print(json.dumps([sorted(table, key=lambda row: row["RunId"]) for table in tables]))
"""


@pytest.mark.slow
def test_processes_give_what_one_gives(tmp_path):
    script = tmp_path / "batch.py"
    script.write_text(dedent(SCRIPT), encoding="utf-8")
    said = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=600, cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    one, two = json.loads(said.stdout)
    assert one == two and len(one) == 4
    assert [row["mine"] for row in one] == [1.0, 1.0, 2.0, 2.0]
