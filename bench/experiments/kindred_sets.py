"""Code shared by the experiments in this folder: real sets and populations, fold-in, logistic regression, recall. Needs NumPy and SciPy."""
import csv
import gzip
import json
import os

import numpy as np
from numpy.linalg import norm

SHARES = (.01, .02, .05, .10)


class RealSet:
    """A data set of KINDRED_DATA and its population (one shard), which `kindred embed` wrote to populations/NAME."""

    def __init__(self, populations, name):
        if "KINDRED_DATA" not in os.environ:
            raise SystemExit("Set KINDRED_DATA to the folder of the data sets.")
        data, folder = os.path.join(os.environ["KINDRED_DATA"], name), os.path.join(populations, name)
        shard = os.path.join(folder, "shard-00000")
        with open(os.path.join(folder, "manifest.json")) as file:
            recipe = json.load(file)["recipe"]
        self.unobserved, self.regularization = float(recipe["unobserved_weight"]), float(recipe["regularization"])
        self.name = name
        self.embeddings = np.load(shard + "/embeddings.npy")
        self.activity = np.load(shard + "/activity.npy").astype(float)
        self.item_embeddings = np.load(folder + "/items/embeddings.npy").astype(float)
        self.items = np.load(shard + "/feature_items.npy")
        starts, weights = np.load(shard + "/feature_starts.npy"), np.load(shard + "/feature_weights.npy")
        self.users_of_pairs = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
        self.confidence = np.where(weights >= 1, 1 + np.log(np.maximum(weights, 1)), weights).astype(float)
        self.count, self.dimension = self.embeddings.shape
        self.lists = self._lists(data, shard)

    def _lists(self, data, shard):
        text, at = np.load(shard + "/user_ids.npy").tobytes(), np.load(shard + "/user_id_offsets.npy")
        row = {text[at[i]:at[i + 1]].decode(): i for i in range(self.count)}
        users = {}
        for file in ("seeds", "holdout"):
            with gzip.open(f"{data}/{file}.csv.gz", "rt") as lines:
                for line in csv.DictReader(lines):
                    users.setdefault((file, line["seed_list_id"]), set()).add(row[line["user_id"]])
        with open(data + "/lists.csv") as lines:
            parts = [(line["seed_list_id"], line["part"]) for line in csv.DictReader(lines)]
        return [SeedList(name, part, np.array(sorted(users["seeds", name] - users["holdout", name])),
                         np.array(sorted(users["holdout", name]))) for name, part in parts]

    def inputs(self, embeddings, activity):
        """The inputs of a model, [users × (d + 1)]: half-normalised embeddings of mean square 1, and twice the standardised activity."""
        scaled = half_normalized(embeddings) / np.sqrt(np.mean(half_normalized(self.embeddings) ** 2))
        return np.hstack([scaled, (2 * (activity - self.activity.mean()) / self.activity.std())[:, None]]).astype(np.float32)

    def recall(self, scores, of):
        """Average recall of a list's held-out users among all users that were not trained on."""
        scores = scores.astype(float)
        scores[of.training] = -np.inf
        rank = np.empty(self.count, int)
        rank[np.argsort(-scores, kind="stable")] = np.arange(self.count)
        return np.mean([(rank[of.held] < max(1, round(share * self.count))).mean() for share in SHARES])


class SeedList:
    """One split: rows of the users to train on, and of the held-out users."""

    def __init__(self, name, part, training, held):
        self.name, self.part, self.training, self.held = name, part, training, held


def half_normalized(embeddings):
    lengths = norm(embeddings.astype(float), axis=1, keepdims=True)
    return np.where(lengths > 0, embeddings / np.sqrt(np.maximum(lengths, 1e-30)), 0)


def fold_in(other, starts, columns, confidence, unobserved, regularization):
    """The least-squares embedding of each row given the other side's: (α₀ VᵀV + Σ c v vᵀ + λ(n + α₀M) I)⁻¹ Σ c v."""
    gram, basis = np.linalg.eigh(unobserved * other.T @ other)
    rotated, length = other @ basis, np.diff(starts)
    result = np.zeros((len(length), other.shape[1]))
    for n in np.unique(length[length > 0]):
        rows = np.flatnonzero(length == n)
        for part in np.array_split(rows, max(1, len(rows) * n // 20_000)):
            if len(part) > 0:
                at = starts[part][:, None] + np.arange(n)
                c = confidence[at]
                diagonal = gram + regularization * (c.sum(1, keepdims=True) + unobserved * len(other))
                result[part] = _solve(rotated[columns[at]], c, diagonal)
    return result @ basis.T


def _solve(items, c, diagonal):
    """(D + WᵀW)⁻¹ Wᵀ √c with W = √c · items; uses n × n systems if a row is shorter than the dimension."""
    scaled = items * np.sqrt(c)[:, :, None]
    if items.shape[1] > items.shape[2]:
        system = scaled.transpose(0, 2, 1) @ scaled
        system[:, range(items.shape[2]), range(items.shape[2])] += diagonal
        return np.linalg.solve(system, (items * c[:, :, None]).sum(1)[:, :, None])[:, :, 0]
    divided = scaled / diagonal[:, None, :]
    system = divided @ scaled.transpose(0, 2, 1)
    system[:, range(items.shape[1]), range(items.shape[1])] += 1
    return (divided * np.linalg.solve(system, np.sqrt(c)[:, :, None])).sum(1)


def logistic_scores(inputs, seeds, penalty):
    """Log-odds of every user by L2-regularised logistic regression, all others negative: Newton's method, constant not penalised."""
    x = np.hstack([inputs, np.ones((len(inputs), 1))]).astype(np.float32)
    y = np.zeros(len(x))
    y[seeds] = 1
    penalties = np.append(np.full(x.shape[1] - 1, float(penalty)), 1e-6)
    weights = np.zeros(x.shape[1])
    weights[-1] = np.log(len(seeds) / (len(x) - len(seeds)))

    def loss(weights):
        z = (x @ weights.astype(np.float32)).astype(float)
        return z, (np.logaddexp(0, z) - y * z).sum() + (penalties * weights ** 2).sum() / 2

    z, value = loss(weights)
    for _ in range(30):
        p = 1 / (1 + np.exp(-z))
        gradient = x.T @ (p - y).astype(np.float32) + penalties * weights
        rooted = x * np.sqrt(p * (1 - p))[:, None].astype(np.float32)
        step = np.linalg.solve((rooted.T @ rooted).astype(float) + np.diag(penalties), gradient)
        length, best = 1., value
        while length > 1e-3 and not (value := loss(weights - length * step)[1]) <= best:
            length /= 2
        if gradient @ step < 1e-4 or length <= 1e-3:
            break
        weights = weights - length * step
        z, value = loss(weights)
    return z


def standardized(scores, of):
    """The z-scores of a list over the users that it was not trained on."""
    others = np.delete(scores, of.training)
    return (scores - others.mean()) / others.std()


def paired(differences):
    """Mean and its standard error over lists."""
    return f"{differences.mean():+.4f} ± {differences.std(ddof=1) / np.sqrt(len(differences)):.4f}"
