#!/usr/bin/env python3
"""Compares logistic regression on raw rows: `kindred train --method regression` and scikit-learn's solvers at equal loss.

usage: bench/peers/regression.py POPULATION SEEDS [EVERY] [ROUNDS]

Both minimise sum ln(1 + e^(-y z)) + |theta|^2 / (2 C), C = 0.03, over all users of the population, each list against all other
users, bias not regularised, on the same matrix of ones.

Kindred's time is that of the whole command, including starting, reading and writing. `without` subtracts the time of
`--method iv`, which reads and writes the same and learns next to nothing. scikit-learn's time is that of `fit` alone, for every
EVERYth list by size (default 4), times EVERY. Each solver gets the loosest tolerance at which its mean loss over some lists is at
most Kindred's, measured here in double precision: (loss - least loss) / least loss. Rounds are interleaved, and the minimum time
of each is used. `threads 2`: Kindred with two threads, scikit-learn with two single-threaded processes that share the lists.
"""
import json, os, resource, struct, subprocess, sys, tempfile, time, warnings

os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1")
import numpy as np
from concurrent.futures import ProcessPoolExecutor
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from verdicts import KINDRED, rows, user_ids

C = 0.03
warnings.filterwarnings("ignore")

# From loose to strict. liblinear also regularises the bias: a scaling of 20 makes the effect small.
SOLVERS = {
    "lbfgs": (1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6),
    "newton-cg": (1e-1, 1e-2, 1e-3, 1e-4, 1e-5),
    "liblinear": (1e-1, 1e-2, 1e-3, 1e-4, 1e-5),
    "sag": (1e-2, 1e-3, 1e-4),
    "saga": (1e-2, 1e-3, 1e-4),
}


def matrix(population):
    starts, items = [np.zeros(1, np.int64)], []
    for shard in sorted(name for name in os.listdir(population) if name.startswith("shard-")):
        folder = os.path.join(population, shard)
        starts.append(np.load(os.path.join(folder, "feature_starts.npy"))[1:] + starts[-1][-1])
        items.append(np.load(os.path.join(folder, "feature_items.npy")))
    starts, items = np.concatenate(starts), np.concatenate(items).astype(np.int32)
    known = len(np.load(os.path.join(population, "items", "item_id_offsets.npy"))) - 1
    return csr_matrix((np.ones(len(items)), items, starts), (len(starts) - 1, known))


def labels(population, seeds):
    place = {user: i for i, user in enumerate(user_ids(population))}
    lists = {}
    for row in rows(seeds):
        if row["user_id"] in place:
            lists.setdefault(row["seed_list_id"], set()).add(place[row["user_id"]])
    out = {}
    for name, members in lists.items():
        out[name] = np.zeros(len(place))
        out[name][list(members)] = 1
    return out


def loss(x, y, theta, bias):
    z = x @ theta + bias
    return np.logaddexp(0, z).sum() - y @ z + theta @ theta / (2 * C)


def kindred(population, seeds, threads, method="regression"):
    """The losses of all lists' models, wall seconds, and processor seconds of all cores."""
    with tempfile.TemporaryDirectory() as folder:
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run([*KINDRED, "train", "--population", population, "--seeds", seeds, "--method", method, "--threads", str(threads),
                        "--out", os.path.join(folder, "models"), "--quiet"], check=True, stdout=subprocess.DEVNULL)
        wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        with open(os.path.join(folder, "models", "manifest.json")) as file:
            names = [model["seedListId"] for model in json.load(file)["models"]]
        with open(os.path.join(folder, "models", "models.safetensors"), "rb") as file:
            header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
            data = file.read()
        read = lambda key: np.frombuffer(data[slice(*header[key]["data_offsets"])], np.float32).astype(float)
        return {name: (read(f"{i:06}/weights"), read(f"{i:06}/bias")[0]) for i, name in enumerate(names)}, wall, cpu


def fit(x, y, solver, tolerance):
    extra = {"intercept_scaling": 20} if solver == "liblinear" else {}
    began = time.process_time()
    model = LogisticRegression(C=C, solver=solver, tol=tolerance, max_iter=2000, random_state=0, **extra).fit(x, y)
    return model.coef_[0], model.intercept_[0], time.process_time() - began


def fit_some(population, seeds, names, solver, tolerance):
    x, y = matrix(population), labels(population, seeds)
    began = time.perf_counter()
    for name in names:
        fit(x, y[name], solver, tolerance)
    return time.perf_counter() - began


def main(population, seeds, every=4, rounds=2):
    x, y = matrix(population), labels(population, seeds)
    by_size = sorted(y, key=lambda name: y[name].sum())
    names = by_size[every // 2::every]
    probes = names[:: max(1, len(names) // 3)][:3]
    ours, _, _ = kindred(population, seeds, 1)
    least = {name: loss(x, y[name], *fit(x, y[name], "newton-cg", 1e-8)[:2]) for name in names}
    gap = lambda name, theta, bias: loss(x, y[name], theta, bias) / least[name] - 1
    ours_gap = np.mean([gap(name, *ours[name]) for name in probes])
    print(f"{x.shape[0]:,} users, {x.shape[1]:,} items, {x.nnz:,} ones, {len(y)} lists; Kindred is {ours_gap:.1e} above the least loss, "
          f"at worst {max(gap(name, *ours[name]) for name in names):.1e}", flush=True)

    chosen = {}
    for solver, tolerances in SOLVERS.items():
        for tolerance in tolerances:
            fits = [fit(x, y[name], solver, tolerance) for name in probes]
            found = np.mean([gap(name, theta, bias) for name, (theta, bias, _) in zip(probes, fits)])
            seconds = np.mean([seconds for _, _, seconds in fits])
            if found <= ours_gap or seconds > 5:
                break
        verdict = "" if found <= ours_gap else ": never as low, left out" if seconds <= 5 else ": too slow, left out"
        print(f"  {solver:10} tol {tolerance:g}: {found:.1e} above the least loss, {seconds:.2f} s a list{verdict}", flush=True)
        if found <= ours_gap:
            chosen[solver] = (tolerance, seconds)

    best = sorted(chosen, key=lambda solver: chosen[solver][1])[:2]
    times = {}
    for _ in range(rounds):
        for threads in (1, 2):
            _, wall, cpu = kindred(population, seeds, threads)
            times.setdefault(("kindred", threads), []).append((wall, cpu))
            times.setdefault(("without", threads), []).append(kindred(population, seeds, threads, "iv")[1:])
        for solver in best:
            began, cpu = time.perf_counter(), time.process_time()
            for name in names:
                fit(x, y[name], solver, chosen[solver][0])
            times.setdefault((solver, 1), []).append(((time.perf_counter() - began) * every, (time.process_time() - cpu) * every))
            with ProcessPoolExecutor(2) as pool:
                parts = [pool.submit(fit_some, population, seeds, names[part::2], solver, chosen[solver][0]) for part in (0, 1)]
                times.setdefault((solver, 2), []).append((max(part.result() for part in parts) * every, 0))

    print("threads  who          seconds, all lists   of CPU   against kindred by clock, CPU, against without by clock, CPU")
    for threads in (1, 2):
        own, other = ([min(column) for column in zip(*times[who, threads])] for who in ("kindred", "without"))
        bare = [a - b for a, b in zip(own, other)]
        for who in ("kindred", "without", *best):
            wall, cpu = bare if who == "without" else (min(column) for column in zip(*times[who, threads]))
            ratio = ", ".join(f"{a / b:.1f} x" for a, b in ((wall, own[0]), (cpu, own[1]), (wall, bare[0]), (cpu, bare[1])) if a > 0)
            print(f"{threads}        {who:10} {wall:12.2f} {cpu:16.2f}   {ratio}")


if __name__ == "__main__":
    if not 3 <= len(sys.argv) <= 5:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:]))
