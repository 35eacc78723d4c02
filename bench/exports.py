#!/usr/bin/env python3
"""Exports the same 10,000 interactions as databases, warehouses and data frames do, and makes a population of each: the same bytes?

usage: bench/exports.py            KINDRED=… names another command than the Release build

Written by the programs themselves: pandas, where /usr/bin/python3 has it, and DuckDB and Polars, where npm can install them
(exports/package.json). Written as their documentation says: BigQuery, Snowflake, Spark, PostgreSQL's COPY and Excel.
"""
import csv, gzip, json, os, random, shutil, subprocess, sys, tempfile
from datetime import datetime, timedelta

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
KINDRED = os.environ.get("KINDRED", "dotnet " + os.path.join(ROOT, "artifacts/bin/Kindred.Cli/release/Kindred.Cli.dll")).split()
COLUMNS = ["user_id", "item_id", "weight", "timestamp"]


def interactions():
    chance = random.Random(1)
    return [(f"u{chance.randrange(1500):05}", f"i{chance.randrange(120)}", chance.choice([0.25, 0.5, 1.0, 2.0, 12.5]),
             datetime(2025, 9, 1) + timedelta(seconds=chance.randrange(90 * 86400))) for _ in range(10_000)]


def text(path, rows, delimiter=",", end="\n", head=True, first="", quote=csv.QUOTE_MINIMAL):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with (gzip.open if path.endswith(".gz") else open)(path, "wt", encoding="utf-8", newline="") as file:
        file.write(first)
        writer = csv.writer(file, delimiter=delimiter, lineterminator=end, quoting=quote)
        if head:
            writer.writerow(COLUMNS)
        writer.writerows(rows)


def documented(folder, rows):
    """Each export with the options that it needs, by the name of the file or folder to read."""
    at = lambda form: [(u, i, w, t.strftime(form)) for u, i, w, t in rows]
    shards = [rows[start:start + 2500] for start in range(0, len(rows), 2500)]
    path = lambda name: os.path.join(folder, name)
    for k, shard in enumerate([*shards, []]):
        # BigQuery writes a header into every shard, and an empty last one.
        with gzip.open(path_of(path("bigquery-csv"), f"part-{k:012}.csv.gz"), "wt") as file:
            if shard:
                csv.writer(file, lineterminator="\n").writerows([COLUMNS, *[(u, i, w, f"{t:%Y-%m-%d %H:%M:%S} UTC") for u, i, w, t in shard]])
        with open(path_of(path("bigquery-json"), f"part-{k:012}.jsonl"), "w") as file:
            file.writelines(json.dumps(dict(zip(COLUMNS, (u, i, w, f"{t:%Y-%m-%d %H:%M:%S} UTC")))) + "\n" for u, i, w, t in shard)
        text(path_of(path("spark-csv"), f"part-{k:05}-c000.csv"), [(u, i, w, f"{t:%Y-%m-%dT%H:%M:%S}.000Z") for u, i, w, t in shard])
        with open(path_of(path("spark-json"), f"part-{k:05}-c000.jsonl"), "w") as file:
            file.writelines(json.dumps(dict(zip(COLUMNS, (u, i, w, f"{t:%Y-%m-%dT%H:%M:%S}.000Z")))) + "\n" for u, i, w, t in shard)
    open(path("spark-csv/_SUCCESS"), "w").close()
    text(path("snowflake/data_0_0_0.csv.gz"), at("%Y-%m-%d %H:%M:%S.000"))
    text(path("snowflake-zone/data_0_0_0.csv.gz"), at("%Y-%m-%d %H:%M:%S.000 Z"), quote=csv.QUOTE_ALL)
    text(path("postgresql/copy.csv"), at("%Y-%m-%d %H:%M:%S"))
    text(path("postgresql/copy-zone.csv"), at("%Y-%m-%d %H:%M:%S+00"))
    text(path("postgresql/copy-text.csv"), at("%Y-%m-%d %H:%M:%S"), delimiter="\t")
    epoch = datetime(1970, 1, 1)
    micros = [(u, i, w, int((t - epoch).total_seconds()) * 1_000_000) for u, i, w, t in rows]
    text(path("ga4/event_timestamp.csv"), micros)
    german = [(u, i, str(w).replace(".", ","), t.strftime("%d.%m.%Y %H:%M:%S")) for u, i, w, t in rows]
    text(path("excel/german.csv"), german, delimiter=";", end="\r\n", first="\ufeff")
    text(path("excel/sep.csv"), german, delimiter=";", end="\r\n", first="sep=;\r\n")
    text(path("excel/american.csv"), at("%m/%d/%Y %H:%M:%S"), end="\r\n", first="\ufeff")
    text(path("excel/german-text.tsv.csv"), german, delimiter="\t", end="\r\n", first="\ufeff")
    day_first = ["--timestamp-format", "day-first", "--decimal-comma"]
    return {
        "bigquery-csv": [], "bigquery-json": [], "spark-csv": [], "spark-json": [], "snowflake/data_0_0_0.csv.gz": [],
        "snowflake-zone/data_0_0_0.csv.gz": [], "postgresql/copy.csv": [], "postgresql/copy-zone.csv": [], "postgresql/copy-text.csv": [],
        "ga4/event_timestamp.csv": [], "excel/german.csv": day_first, "excel/sep.csv": day_first, "excel/german-text.tsv.csv": day_first,
        "excel/american.csv": ["--timestamp-format", "month-first"],
    }


def path_of(folder, name):
    os.makedirs(folder, exist_ok=True)
    return os.path.join(folder, name)


PANDAS = """
import sys
import pandas
source, out = sys.argv[1:]
frame = pandas.read_csv(source, parse_dates=["timestamp"])
frame.to_csv(f"{out}/pandas.csv", index=False)
frame.to_csv(f"{out}/pandas-index.csv")
frame.to_csv(f"{out}/pandas-tabs.tsv.csv", index=False, sep="\\t")
frame.to_csv(f"{out}/pandas-gzip.csv.gz", index=False)
frame.to_json(f"{out}/pandas.jsonl", orient="records", lines=True)
frame.to_json(f"{out}/pandas-iso.jsonl", orient="records", lines=True, date_format="iso")
frame.astype({"item_id": "category"}).to_csv(f"{out}/pandas-categories.csv", index=False, date_format="%Y-%m-%d %H:%M:%S")
"""


def by_pandas(folder, source):
    if subprocess.run(["/usr/bin/python3", "-c", "import pandas"], capture_output=True).returncode:
        print("pandas is not there (Debian: python3-pandas)")
        return {}
    out = path_of(folder, "pandas")
    os.makedirs(out)
    subprocess.run(["/usr/bin/python3", "-c", PANDAS, source, out], check=True)
    return {f"pandas/{name}": [] for name in sorted(os.listdir(out))}


def by_node(folder, source):
    build = os.path.join(folder, "node")
    shutil.copytree(os.path.join(ROOT, "bench/exports"), build)
    if not shutil.which("npm") or subprocess.run(["npm", "install", "--silent"], cwd=build, capture_output=True).returncode:
        print("DuckDB and Polars are not there (npm)")
        return {}
    # The native part of Polars is an optional package, which npm may leave out without a word.
    subprocess.run(["npm", "install", "--silent", "--no-save", "nodejs-polars-linux-x64-gnu@0.26.1"], cwd=build, capture_output=True)
    subprocess.run(["node", "writers.mjs", source, os.path.join(folder, "written")], cwd=build, check=True)
    return {f"written/{name}": [] for name in sorted(os.listdir(os.path.join(folder, "written")))}


def embed(folder, name, options):
    made = os.path.join(folder, "population")
    done = subprocess.run([*KINDRED, "embed", "--interactions", os.path.join(folder, name), "--dimension", "16", "--iterations", "2", "--out", made,
                           "--replace", "-q", *options], capture_output=True, text=True)
    if done.returncode:
        return f"refused ({done.returncode}): {done.stderr.strip()}"
    with open(os.path.join(made, "manifest.json")) as file:
        return json.load(file)["version"]


def main():
    rows = interactions()
    with tempfile.TemporaryDirectory(prefix="kindred-exports-") as folder:
        source = os.path.join(folder, "interactions.csv")
        text(source, [(u, i, w, t.strftime("%Y-%m-%d %H:%M:%S")) for u, i, w, t in rows])
        expected = embed(folder, "interactions.csv", [])
        exports = documented(folder, rows) | by_pandas(folder, source) | by_node(folder, source)
        wrong = 0
        for name, options in exports.items():
            version = embed(folder, name, options)
            wrong += version != expected
            print(f"{name:34} {'the same bytes' if version == expected else version} {' '.join(options)}".rstrip(), flush=True)
        print(f"{len(exports)} exports, {wrong} that differ")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
