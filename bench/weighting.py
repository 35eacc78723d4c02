#!/usr/bin/env python3
"""Pools the results of `kindred compare --with-and-without-weights` in several folders, and the truth of worlds.

weighting.py figures COMPARISON…     recall and engaged recall with weights against without, paired by seed list over all folders
weighting.py truth FOLDER METRICS    mean true affinity of 1% audiences with weights against without, over all worlds of FOLDER
Gains are ratios of means minus 1, with the standard error of a paired ratio; p is from a sign-flip test with 20,000 random patterns.
"""
import csv, glob, json, math, os, random, sys


def line(name, weighted, plain):
    n, differences = len(plain), [w - p for w, p in zip(weighted, plain)]
    mean = sum(plain) / n
    ratio = sum(weighted) / sum(plain)
    error = math.sqrt(sum((w - ratio * p) ** 2 for w, p in zip(weighted, plain)) / (n - 1) / n) / mean
    draw, seen, far = random.Random(1), abs(sum(differences)), 0
    for _ in range(20_000):
        signs = draw.getrandbits(n)
        far += abs(sum(d if signs >> i & 1 else -d for i, d in enumerate(differences))) >= seen - 1e-12
    ahead, behind = sum(d > 0 for d in differences), sum(d < 0 for d in differences)
    print(f"  {name:34} {mean:.4f} -> {sum(weighted) / n:.4f}  {100 * (ratio - 1):+6.2f}% ± {100 * error:.2f}   "
          f"{n} lists, {ahead} ahead, {behind} behind, p = {(1 + far) / 20_001:.5f}")


def figures(folders):
    lists = [one for folder in folders for one in json.load(open(os.path.join(folder, "comparison.json")))["comparisons"][0]["seed_lists"]]
    for method in [name for name in lists[0]["average_recall"] if name + "-weighted" in lists[0]["average_recall"]]:
        for figure in ("average_recall", "average_engaged_recall"):
            line(f"{method}, {figure.replace('_', ' ')}", [one[figure][method + "-weighted"] for one in lists],
                 [one[figure][method] for one in lists])


def truth(folder, metrics):
    weighted, plain = [], []
    for world in sorted(glob.glob(os.path.join(folder, "world-*", "truth.csv"))):
        at = os.path.dirname(world)
        with open(world, newline="") as file:
            affinities = {row["user_id"]: row for row in csv.DictReader(file)}
        for audience in sorted(glob.glob(f"{at}-audiences/*.csv")):
            name = os.path.basename(audience)
            for path, means in ((audience, plain), (f"{at}-audiences-{metrics}/{name}", weighted)):
                with open(path, newline="") as file:
                    members = [float(affinities[row["user_id"]][name[:-4]]) for row in csv.DictReader(file)]
                means.append(sum(members) / len(members))
    line("mlp, mean true affinity of 1%", weighted, plain)


if sys.argv[1:2] == ["figures"] and len(sys.argv) > 2:
    figures(sys.argv[2:])
elif sys.argv[1:2] == ["truth"] and len(sys.argv) == 4:
    truth(sys.argv[2], sys.argv[3])
else:
    sys.exit(__doc__)
