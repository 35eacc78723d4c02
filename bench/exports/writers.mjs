// Writes the same interactions in the shapes of DuckDB and Polars. See ../exports.py.
//
//     node writers.mjs interactions.csv OUT
import { mkdirSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";

const [source, out] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const run = await (await DuckDBInstance.create()).connect();
await run.run(`CREATE TABLE t AS SELECT user_id, item_id, weight::DOUBLE AS weight, "timestamp"::TIMESTAMP AS "timestamp"
    FROM read_csv('${source}', all_varchar = true)`);

await run.run("CREATE TYPE item AS ENUM (SELECT DISTINCT item_id FROM t)");

const usual = "SELECT * FROM t";
const columns = (time, weight = "weight") => `SELECT user_id, item_id, ${weight} AS weight, ${time} AS "timestamp" FROM t`;
const duckdb = {
    "duckdb-csv.csv": [usual, "FORMAT csv"],
    "duckdb-gzip.csv.gz": [usual, "FORMAT csv, COMPRESSION gzip"],
    "duckdb-tabs.tsv.csv": [usual, "FORMAT csv, DELIMITER '\t'"],
    "duckdb-quoted.csv": [usual, "FORMAT csv, FORCE_QUOTE *"],
    "duckdb-json.jsonl": [usual, "FORMAT json"],
    "duckdb-parquet.parquet": [usual, "FORMAT parquet"],
    "duckdb-zstd.parquet": [usual, "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 2048"],
    "duckdb-v2.parquet": [usual, "FORMAT parquet, PARQUET_VERSION v2"],
    "duckdb-ms.parquet": [columns(`"timestamp"::TIMESTAMP_MS`), "FORMAT parquet"],
    "duckdb-ns.parquet": [columns(`"timestamp"::TIMESTAMP_NS`), "FORMAT parquet"],
    "duckdb-seconds.parquet": [columns(`epoch("timestamp")::BIGINT`), "FORMAT parquet"],
    "duckdb-micros.parquet": [columns(`epoch_us("timestamp")`), "FORMAT parquet"],
    "duckdb-decimal.parquet": [columns(`"timestamp"`, "weight::DECIMAL(9, 2)"), "FORMAT parquet"],
    "duckdb-decimal-18.parquet": [columns(`"timestamp"`, "weight::DECIMAL(18, 4)"), "FORMAT parquet"],
    "duckdb-decimal-38.parquet": [columns(`"timestamp"`, "weight::DECIMAL(38, 9)"), "FORMAT parquet"],
    "duckdb-float.parquet": [columns(`"timestamp"`, "weight::FLOAT"), "FORMAT parquet"],
    "duckdb-enum.parquet": [`SELECT * REPLACE (item_id::item AS item_id) FROM t`, "FORMAT parquet"],
    "duckdb-hive": [`SELECT *, left(user_id, 2) AS part FROM t`, "FORMAT parquet, PARTITION_BY (part)"],
    "duckdb-nested.parquet": [`SELECT *, [1, 2] AS tags, {'a': 1} AS place, TIME '10:00' AS hour, uuid() AS row_id, 'x'::BLOB AS raw FROM t`, "FORMAT parquet"],
};
for (const [name, [query, options]] of Object.entries(duckdb)) {
    await run.run(`COPY (${query}) TO '${out}/${name}' (${options}${options.includes("csv") ? ", HEADER" : ""})`);
}

// Its native part is a package of its own, which not every registry has.
const pl = (await import("nodejs-polars").catch(() => ({}))).default;
if (!pl) {
    console.log("Polars is not there (npm: nodejs-polars and its native package)");
    process.exit();
}

const rows = pl.readCSV(source, { dtypes: { user_id: pl.Utf8, item_id: pl.Utf8, weight: pl.Float64, timestamp: pl.Utf8 } })
    .withColumn(pl.col("timestamp").str.strptime(pl.Datetime, "%Y-%m-%d %H:%M:%S").alias("timestamp"));
rows.writeCSV(`${out}/polars-csv.csv`);
rows.writeParquet(`${out}/polars-parquet.parquet`);
rows.writeJSON(`${out}/polars-json.jsonl`, { format: "lines" });
rows.withColumn(pl.col("item_id").cast(pl.Categorical)).writeParquet(`${out}/polars-categories.parquet`);
rows.withColumn(pl.col("timestamp").cast(pl.Datetime("ms"))).writeParquet(`${out}/polars-ms.parquet`);
