"""What PyPI's splink (DuckDB backend) makes of the pairs of `bench twins`.

Its model is trained without labels on the same records (u by random pairs, m by expectation
maximisation), with term frequencies for names, as its documentation advises; then exactly the
given pairs are scored. The rows say precision and recall at several probabilities, and at the one
that is best for splink by the labels themselves.
"""

import re
import sys
import unicodedata
from pathlib import Path

import duckdb
import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

folder = Path(sys.argv[1])


def address(text):
    """Width and units folded, the municipality left out: the care any user of splink would take."""
    text = unicodedata.normalize("NFKC", text).replace("南市", "").replace(" ", "")
    text = re.sub(r"丁目|番(?!町)|－|ー(?=\d)", "-", text)
    return re.sub(r"(?<=\d)号", "", text)


records = pd.read_csv(folder / "records.csv", dtype=str, keep_default_na=False)
pairs = pd.read_csv(folder / "pairs.csv")
records["address"] = records["address"].map(address)
records["house"] = records["address"].map(lambda text: (re.match(r"\D+[\d-]+", text) or [""])[0])
for column in ("phones", "contacts"):
    records[column] = records[column].map(lambda text: text.split("|") if text else None)
records = records.replace("", None)
# A year alone is no date.
records["born"] = records["born"].where(records["born"].str.len() == 10)
records["year"] = records["born"].str[:4]


def settings(link, rule):
    return SettingsCreator(
        link_type=link,
        blocking_rules_to_generate_predictions=rule,
        comparisons=[
            cl.CustomComparison(
                output_column_name=name,
                comparison_levels=[
                    {"sql_condition": f"({name}_l IS NULL OR {name}_r IS NULL)", "label_for_charts": "null", "is_null_level": True},
                    {"sql_condition": f"{name}_l = {name}_r", "label_for_charts": "same", "tf_adjustment_column": name, "tf_adjustment_weight": 1.0},
                    {"sql_condition": f"{name}_kana_l = {name}_kana_r", "label_for_charts": "reading"},
                    {"sql_condition": f"jaro_winkler_similarity({name}_kana_l, {name}_kana_r) > 0.88 OR jaro_winkler_similarity({name}_l, {name}_r) > 0.8", "label_for_charts": "near"},
                    {"sql_condition": "ELSE", "label_for_charts": "other"},
                ],
            )
            for name in ("family", "given")
        ]
        + [
            cl.ExactMatch("sex"),
            cl.DateOfBirthComparison(
                "born", input_is_string=True, datetime_thresholds=[1, 1, 10], datetime_metrics=["month", "year", "year"]
            ),
            cl.CustomComparison(
                output_column_name="address",
                comparison_levels=[
                    {"sql_condition": "(address_l IS NULL OR address_r IS NULL)", "label_for_charts": "null", "is_null_level": True},
                    {"sql_condition": "address_l = address_r", "label_for_charts": "same"},
                    {"sql_condition": "house_l = house_r", "label_for_charts": "house"},
                    {"sql_condition": "ELSE", "label_for_charts": "other"},
                ],
            ),
            cl.ArrayIntersectAtSizes("phones", [1]),
            cl.ArrayIntersectAtSizes("contacts", [1]),
        ],
        additional_columns_to_retain=[],
        retain_intermediate_calculation_columns=False,
    )


rules = [block_on("born"), block_on("family", "given"), block_on("family_kana", "given_kana")]
trainer = Linker(records, settings("dedupe_only", rules), DuckDBAPI())
trainer.training.estimate_probability_two_random_records_match(
    [block_on("born", "given"), block_on("family", "given", "address")], recall=0.7
)
trainer.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
for rule in (block_on("born"), block_on("family", "given"), block_on("house", "family")):
    trainer.training.estimate_parameters_using_expectation_maximisation(rule, fix_u_probabilities=True)
model = trainer.misc.save_model_to_json(None)

# Each pair is a row on either side, joined by the number of the pair: nothing else is compared.
sides = []
for side in ("left", "right"):
    one = pairs[[side]].reset_index(names="pair").merge(
        records.assign(at=records["unique_id"].astype(int)), left_on=side, right_on="at"
    )
    one["unique_id"] = one["pair"].astype(str)
    sides.append(one.drop(columns=[side, "at"]))
model["link_type"] = "link_only"
model["blocking_rules_to_generate_predictions"] = [{"blocking_rule": "l.pair = r.pair", "sql_dialect": "duckdb"}]
linker = Linker(sides, model, DuckDBAPI())
for name in ("family", "given"):
    linker.table_management.register_term_frequency_lookup(
        trainer.table_management.compute_tf_table(name).as_pandas_dataframe(), name
    )
scored = linker.inference.predict().as_pandas_dataframe()
by_pair = dict(zip(scored["unique_id_l"].astype(int), scored["match_weight"]))
pairs["weight"] = [by_pair.get(at, -99.0) for at in pairs.index]


def rates(least):
    found = pairs["weight"] >= least
    right = int((found & (pairs["same"] == 1)).sum())
    return right / max(int(found.sum()), 1), right / max(int(pairs["same"].sum()), 1)


import splink  # noqa: E402

print(f"\nsplink {splink.__version__} (DuckDB {duckdb.__version__}):")
print(f"{'match weight':<24}{'precision':>10}{'recall':>10}")
# 0 is an even chance; about 6.6 are 99 in 100.
for least in (0.0, 6.6, 10.0, 20.0):
    precision, recall = rates(least)
    print(f"{least:<24}{precision:>10.4f}{recall:>10.4f}")


def harmonic(least):
    precision, recall = rates(least)
    return 2 * precision * recall / max(precision + recall, 1e-9)


best = max(sorted(set(pairs["weight"].round(1))), key=harmonic)
precision, recall = rates(best)
print(f"{f'{best} (best for it)':<24}{precision:>10.4f}{recall:>10.4f}")
