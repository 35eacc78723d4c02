#!/usr/bin/env python3
"""Tests the verdicts of `kindred inspect` against measured recall.

usage: bench/verdicts.py POPULATION SEEDS [LISTS]

Every seed list is taken unchanged (at most 2,000 of its users), cut to 30 and to 60 users, and mixed: half, three
quarters, nine tenths and all of its users are replaced by random users of the population's interactions. `kindred inspect
--reach --method foldin` gives each list a verdict, which does not use recall, and a cross-fitted recall (mean over 1, 2, 5
and 10%). LISTS is a table of seed_list_id and part: thresholds were chosen on lists of the part 'choose'.
"""
import csv, gzip, json, os, random, statistics, subprocess, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
KINDRED = os.environ.get("KINDRED", os.path.join(ROOT, "kindred")).split()
CUTS, MIXES, MOST = (30, 60), (0.5, 0.75, 0.9, 1.0), 2000


def rows(path):
    with (gzip.open(path, "rt") if path.endswith(".gz") else open(path)) as file:
        yield from csv.DictReader(file)


def user_ids(population):
    """Reads the population's ids from its NumPy files, without NumPy."""
    def raw(path):
        with open(path, "rb") as file:
            data = file.read()
        return data[10 + int.from_bytes(data[8:10], "little"):]

    for shard in sorted(name for name in os.listdir(population) if name.startswith("shard-")):
        text = raw(os.path.join(population, shard, "user_ids.npy"))
        starts = memoryview(raw(os.path.join(population, shard, "user_id_offsets.npy"))).cast("q")
        yield from (text[a:b].decode() for a, b in zip(starts, starts[1:]))


def variants(seeds, users, chance):
    for name, members in seeds.items():
        known = sorted(set(members) & set(users))
        whole = chance.sample(known, min(MOST, len(known)))
        yield name, "as it is", whole
        for cut in CUTS:
            if len(whole) > cut:
                yield name, f"cut to {cut}", chance.sample(whole, cut)
        for mix in MIXES:
            kept = chance.sample(whole, round(len(whole) * (1 - mix)))
            others = chance.sample(sorted(set(users) - set(kept)), len(whole) - len(kept))
            yield name, f"{mix:.0%} random", kept + others


def inspect(population, lists):
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
        file.write("seed_list_id,user_id\n")
        file.writelines(f"{name}|{kind},{user}\n" for name, kind, members in lists for user in members)
        file.flush()
        command = [*KINDRED, "inspect", "--population", population, "--seeds", file.name, "--reach", "--method", "foldin",
                   "--minimum-seeds", "20", "--output", "json", "--quiet"]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["lists"]


def describe(name, found):
    recalls = [recall for recall, _ in found]
    if not found:
        return f"{name:<18}    –"
    error = statistics.stdev(recalls) / len(recalls) ** 0.5 if len(recalls) > 1 else float("nan")
    width = statistics.mean(width for _, width in found)
    return f"{name:<18} {len(found):>5}  {statistics.mean(recalls):.3f} ± {error:.3f}  {min(recalls):.3f}–{max(recalls):.3f}  ± {width:.3f}"


def main(population, seed_file, list_file=None):
    seeds = {}
    for row in rows(seed_file):
        seeds.setdefault(row["seed_list_id"], []).append(row["user_id"])
    parts = {row["seed_list_id"]: row["part"] for row in rows(list_file)} if list_file else {}
    found = []
    for entry in inspect(population, list(variants(seeds, list(user_ids(population)), random.Random(1)))):
        name, kind = entry["seed_list_id"].rsplit("|", 1)
        points = {point["share"]: point for point in entry["reach"]["points"]}
        recall = statistics.mean(points[share]["recall"] for share in (0.01, 0.02, 0.05, 0.1))
        width = (points[0.05]["recall_high"] - points[0.05]["recall_low"]) / 2
        found.append((parts.get(name, "all"), name, kind, entry["verdict"], entry["near"], recall, width))
    for part in sorted({row[0] for row in found}):
        mine = [row for row in found if row[0] == part]
        print(f"\n{part}: {len({row[1] for row in mine})} lists\n\n{'':<18} lists  average recall  range        band at 5%")
        for verdict in ("fine", "too_mixed", "too_few_to_judge"):
            print(describe(verdict, [row[5:] for row in mine if row[3] == verdict]))
        for kind in dict.fromkeys(row[2] for row in mine):
            print(describe(kind, [row[5:] for row in mine if row[2] == kind]))
        for threshold in (0.08, 0.1, 0.12, 0.15, 0.18, 0.2, 0.25):
            sides = [[row[5] for row in mine if row[3] != "too_few_to_judge" and (row[4] < threshold) == mixed] for mixed in (False, True)]
            print(f"near {threshold:.2f}: " + ", ".join(
                f"{side} {len(recalls)} lists of {statistics.mean(recalls):.3f}" for side, recalls in zip(("above", "below"), sides) if recalls))


if __name__ == "__main__":
    if not 3 <= len(sys.argv) <= 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
