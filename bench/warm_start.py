#!/usr/bin/env python3
"""Measures recall and time of `kindred train --warm-start` against cold starts, on the sets of KINDRED_DATA.

usage: KINDRED_DATA=… bench/warm_start.py [SET…]      default: pinterest beauty deezer

Today's lists are the seeds without their hold-out; today's population contains all interactions. Yesterday is one of:

    same        the same lists and population
    list        since yesterday 5% of each list's users left and as many joined; those who left are random users, not held out
    population  2% of the users and 3% of the other users' interactions were missing; today's population is its `embed --update`
    both        list and population

Recall is the mean over k = 1, 2, 5, 10% of the population on the given hold-out, for today's models trained cold and warm. The
difference is paired by list, ± its standard error. Passes are over the rows for the delivered linear models, without the linear
models for choosing epochs. Seconds are processor time of the whole `kindred train`; starting, reading and writing are the same
for both. CHAIN=N adds N nights of `both`, each from the models of the night before, compared with cold. MANY=N measures only the
time of N times as many lists (a random nine tenths of each list) with `both`: as in a daily run, lanes of the solver that are
done then go to the next list.
"""
import csv, gzip, json, os, random, resource, statistics, subprocess, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
KINDRED = os.environ.get("KINDRED", os.path.join(ROOT, "kindred")).split()
DATA, CHAIN, MANY = os.environ.get("KINDRED_DATA"), int(os.environ.get("CHAIN", "0")), int(os.environ.get("MANY", "0"))
LEFT, USERS, PAIRS, SHARES = 0.05, 0.02, 0.03, (0.01, 0.02, 0.05, 0.1)


def rows(path):
    with (gzip.open(path, "rt") if path.endswith(".gz") else open(path)) as file:
        yield from csv.DictReader(file)


def write(path, lines):
    lines = list(lines)
    with open(path, "w", newline="") as file:
        table = csv.DictWriter(file, lines[0].keys())
        table.writeheader()
        table.writerows(lines)
    return path


def by_list(path):
    lists = {}
    for row in rows(path):
        lists.setdefault(row["seed_list_id"], []).append(row["user_id"])
    return lists


def processor():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def kindred(*arguments):
    before = processor()
    run = subprocess.run([*KINDRED, *arguments, "--quiet", "--output", "json"], check=True, capture_output=True, text=True)
    return json.loads(run.stdout) if run.stdout else None, processor() - before


def seed_file(path, lists):
    return write(path, ({"seed_list_id": name, "user_id": user} for name, users in lists.items() for user in users))


def moved(lists, held, users, chance):
    """The lists of the day before: a share of their users had not joined yet, and as many others had not left yet."""
    before = {}
    for name, members in lists.items():
        left = round(LEFT * len(members))
        others = chance.sample(sorted(set(users) - set(members) - set(held[name])), left)
        before[name] = chance.sample(members, len(members) - left) + others
    return before


class Models:
    """Trains models of the lists and measures the recall of their hold-outs."""

    def __init__(self, folder, name, population, seeds, method, warm=None):
        self.folder = os.path.join(folder, name)
        arguments = ["train", "--population", population, "--seeds", seeds, "--method", method, "--out", self.folder, "--replace"]
        trained, self.seconds = kindred(*arguments, *(["--warm-start", warm.folder] if warm else []))
        self.population, self.lists = population, trained["lists"]
        self.passes = sum(of["linear_passes"] for of in self.lists)
        self.epochs = {of["seed_list_id"]: of["epochs"] for of in self.lists}

    def recall(self, held, users):
        out = self.folder + "-audiences"
        audiences, _ = kindred("expand", "--population", self.population, "--models", self.folder,
                               "--size", f"{max(SHARES):.0%}", "--out", out, "--replace")
        with open(os.path.join(out, "manifest.json")) as file:
            files = {of["seedListId"]: of["file"] for of in find(json.load(file), "audiences")}
        return {name: recall(os.path.join(out, file), set(held[name]), users) for name, file in files.items()}


def find(json_object, key):
    if key in json_object: return json_object[key]
    return next(find(value, key) for value in json_object.values() if isinstance(value, dict) and key in str(value))


def recall(path, held, users):
    ranks = [int(row["rank"]) for row in rows(path) if row["user_id"] in held]
    return statistics.mean(sum(rank <= max(1, round(share * users)) for rank in ranks) / len(held) for share in SHARES)


def mean(values):
    return statistics.mean(values), statistics.stdev(values) / len(values) ** 0.5


def report(what, cold, warm, cold_recall, warm_recall):
    difference, error = mean([warm_recall[name] - cold_recall[name] for name in cold_recall])
    changed = sum(warm_recall[name] != cold_recall[name] for name in cold_recall)
    same = sum(cold.epochs[name] == warm.epochs[name] for name in cold.epochs)
    print(f"{what:34} recall {mean(cold_recall.values())[0]:.4f} cold, {mean(warm_recall.values())[0]:.4f} warm, "
          f"{difference:+.5f} ± {error:.5f}, {changed} lists; "
          f"passes {cold.passes:5} {warm.passes:5}; seconds {cold.seconds:5.1f} {warm.seconds:5.1f}; "
          f"{same} of {len(cold.epochs)} with the same epochs", flush=True)


def measure(name, folder):
    data, chance = os.path.join(DATA, name), random.Random(1)
    users, interactions = list(rows(f"{data}/users.csv.gz")), list(rows(f"{data}/interactions.csv.gz"))
    ids, held = [row["user_id"] for row in users], by_list(f"{data}/holdout.csv.gz")
    lists = {key: sorted(set(members) - set(held[key])) for key, members in by_list(f"{data}/seeds.csv.gz").items()}

    late_users = set(chance.sample(ids, round(USERS * len(ids))))
    late = [row["user_id"] in late_users or chance.random() < PAIRS for row in interactions]
    early = write(f"{folder}/early.csv", (row for row, is_late in zip(interactions, late) if not is_late))
    later = write(f"{folder}/later.csv", (row for row, is_late in zip(interactions, late) if is_late))
    early_users = write(f"{folder}/users.csv", (row for row in users if row["user_id"] not in late_users))
    before, today = f"{folder}/before", f"{folder}/today"
    kindred("embed", "--interactions", early, "--users", early_users, "--out", before)
    kindred("embed", "--update", before, "--interactions", later, "--users", f"{data}/users.csv.gz", "--out", today)

    if MANY:
        lists = {f"{key} {n}": sorted(chance.sample(members, len(members) * 9 // 10))
                 for key, members in lists.items() for n in range(MANY)}
        held = {key: held[key.rsplit(" ", 1)[0]] for key in lists}
    seeds, other_seeds = seed_file(f"{folder}/seeds.csv", lists), seed_file(f"{folder}/other.csv", moved(lists, held, ids, chance))
    for method in ("linear", "mlp"):
        cold = Models(folder, "cold", today, seeds, method)
        if MANY:
            warm = Models(folder, "warm", today, seeds, method, Models(folder, "previous", before, other_seeds, method))
            print(f"{name} {method} {len(lists)} lists: passes {cold.passes} {warm.passes}; "
                  f"seconds {cold.seconds:.1f} {warm.seconds:.1f}", flush=True)
            continue

        cold_recall = cold.recall(held, len(ids))
        for what, population, of in (("same", today, seeds), ("list", today, other_seeds),
                                     ("population", before, seeds), ("both", before, other_seeds)):
            previous = Models(folder, "previous", population, of, method)
            warm = Models(folder, "warm", today, seeds, method, previous)
            report(f"{name} {method} {what}", cold, warm, cold_recall, warm.recall(held, len(ids)))

        night = Models(folder, "night-0", before, other_seeds, method) if CHAIN else None
        for n in range(1, CHAIN + 1):
            # Different users leave and join every night; the last night's lists are today's.
            of = seeds if n == CHAIN else seed_file(f"{folder}/night.csv", moved(lists, held, ids, chance))
            night = Models(folder, f"night-{n}", today, of, method, night)
        if night: report(f"{name} {method} {CHAIN} nights", cold, night, cold_recall, night.recall(held, len(ids)))


if not DATA: sys.exit("Set KINDRED_DATA to the folder of the data sets.")
for name in sys.argv[1:] or ["pinterest", "beauty", "deezer"]:
    with tempfile.TemporaryDirectory() as folder: measure(name, folder)
