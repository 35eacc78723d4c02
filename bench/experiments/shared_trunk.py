"""Measures the effect of a trunk shared by pseudo seed lists on real ones. Decision 8 has the method and the results.

    KINDRED_DATA=… python3 bench/experiments/shared_trunk.py POPULATIONS [pinterest beauty deezer]

POPULATIONS is a folder with a population of each set (`kindred embed`, one shard). Single-threaded with OPENBLAS_NUM_THREADS=1.
"""
import sys
import time

import numpy as np

from kindred_sets import RealSet, fold_in, logistic_scores, paired, standardized

FOLDS, HIDDEN, WARM, JOINT, BATCH, HELD, FEW = 3, 256, 8, 2, 512, .1, 50
RATE, DECAY, PER_DIMENSION = 1e-3, 20., 2.5


def pseudo_groups(data, rng):
    """Items, or unions of neighbouring items if single items are smaller than the real lists; and the number hidden in a fold."""
    users = np.bincount(data.items, minlength=len(data.item_embeddings))
    if data.name == "deezer":
        return rng.permutation(np.flatnonzero(users >= 300))[:, None], 12
    if data.name == "pinterest":
        return rng.permutation(np.flatnonzero(users >= 120))[:, None], 250
    directions = data.item_embeddings / np.maximum(np.linalg.norm(data.item_embeddings, axis=1, keepdims=True), 1e-9)
    centres = directions[rng.choice(len(users), 500, replace=False)]
    for _ in range(15):
        nearest = (directions @ centres.T).argmax(1)
        sums = np.array([directions[nearest == k].sum(0) for k in range(len(centres))])
        centres = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    groups = [np.flatnonzero(nearest == k) for k in rng.permutation(len(centres))]
    return [group for group in groups if 60 <= users[group].sum() < .03 * len(data.items)], 40


def hide(data, groups):
    """Embeddings and activity of users without the items of some groups (items fitted again without them), and the users of each group."""
    group_of = np.full(len(data.item_embeddings), -1)
    for number, group in enumerate(groups):
        group_of[group] = number
    own = group_of[data.items]
    kept = own < 0
    users, items, confidence = data.users_of_pairs[kept], data.items[kept], data.confidence[kept]
    starts = np.append(0, np.cumsum(np.bincount(users, minlength=data.count)))
    by_item = np.argsort(items, kind="stable")
    item_starts = np.append(0, np.cumsum(np.bincount(items, minlength=len(group_of))))
    how = (data.unobserved, data.regularization)
    embeddings = fold_in(data.item_embeddings * (group_of < 0)[:, None], starts, items, confidence, *how)
    refitted = fold_in(embeddings, item_starts, users[by_item], confidence[by_item], *how)
    left, _, right = np.linalg.svd((refitted * np.diff(item_starts)[:, None]).T @ data.item_embeddings)
    embeddings = fold_in(refitted, starts, items, confidence, *how) @ left @ right
    labels = np.zeros((data.count, len(groups)), np.float32)
    labels[data.users_of_pairs[~kept], own[~kept]] = 1
    return data.inputs(embeddings, np.log1p(np.diff(starts))), labels, 1 - kept.mean()


class Trunk:
    """x → x + S x + W₂ relu(W₁ x + b), initially x; and for each pseudo list a linear head on it and the activity."""

    def __init__(self, dimension, folds, rng):
        self.dimension, self.penalty = dimension, PER_DIMENSION * dimension
        self.values = {"in": rng.normal(size=(dimension + 1, HIDDEN)) / np.sqrt(dimension), "bias": np.zeros(HIDDEN),
                       "out": np.zeros((HIDDEN, dimension)), "skip": np.zeros((dimension + 1, dimension))}
        for number, (_, labels, _) in enumerate(folds):
            self.values["head", number] = np.zeros((dimension + 1, labels.shape[1]))
            self.values["constant", number] = np.log(labels.mean(0))
        self.values = {name: value.astype(np.float32) for name, value in self.values.items()}
        self.moments = {name: [np.zeros_like(value), np.zeros_like(value), 0] for name, value in self.values.items()}

    def forward(self, x):
        hidden = np.maximum(x @ self.values["in"] + self.values["bias"], 0)
        units = x[:, :self.dimension] + x @ self.values["skip"] + hidden @ self.values["out"]
        return hidden, np.hstack([units, x[:, self.dimension:]])

    def logits(self, x, number):
        return self.forward(x)[1] @ self.values["head", number] + self.values["constant", number]

    def adam(self, name, gradient, rate):
        moment = self.moments[name]
        moment[0] += .1 * (gradient - moment[0])
        moment[1] += .01 * (gradient * gradient - moment[1])
        moment[2] += 1
        step = moment[0] / (1 - .9 ** moment[2]) / (np.sqrt(moment[1] / (1 - .99 ** moment[2])) + 1e-10)
        self.values[name] -= rate * step

    def learn(self, x, y, number, scale, rate, head_rate):
        """Takes one step on a batch; scale: users per user of the batch. Rate 0 does not change the trunk."""
        hidden, units = self.forward(x)
        head = self.values["head", number]
        error = (1 / (1 + np.exp(-np.maximum(units @ head + self.values["constant", number], -80))) - y) * np.float32(scale)
        if rate > 0:
            back = (error @ head.T)[:, :self.dimension]
            inner = (back @ self.values["out"].T) * (hidden > 0)
            self.adam("out", hidden.T @ back + DECAY * self.values["out"], rate)
            self.adam("skip", x.T @ back + DECAY * self.values["skip"], rate)
            self.adam("in", x.T @ inner, rate)
            self.adam("bias", inner.sum(0), rate)
        self.adam(("head", number), units.T @ error + self.penalty * head, head_rate)
        self.adam(("constant", number), error.sum(0), head_rate)


def train(data, folds, rng):
    """Trains heads alone, then trunk and heads together; prints the loss of left-out users before and after."""
    trunk = Trunk(data.dimension, folds, rng)
    left_out = rng.random(data.count) < HELD
    users = np.flatnonzero(~left_out)
    batches = len(users) // BATCH

    def held_out_loss():
        logits = [(trunk.logits(x[left_out], i), y[left_out]) for i, (x, y, _) in enumerate(folds)]
        return sum((np.logaddexp(0, z) - y * z).sum() for z, y in logits) / sum(y.sum() for _, y in logits)

    for epochs, rate, head_rate in ((WARM, 0, .02), (JOINT, RATE, .004)):
        for epoch in range(epochs):
            orders = [rng.permutation(users) for _ in folds]
            for batch in range(batches):
                left = 1 - (epoch + batch / batches) / epochs
                for number, (x, y, _) in enumerate(folds):
                    rows = orders[number][batch * BATCH:(batch + 1) * BATCH]
                    trunk.learn(x[rows], y[rows], number, len(users) / BATCH, rate * left, head_rate * (.1 + .9 * left))
        print(f"{data.name}: loss of left-out users, for each positive: {held_out_loss():.3f}", flush=True)
    return trunk


def virtual_item(data, seeds):
    users = data.embeddings.astype(float)
    own = users[seeds]
    system = data.unobserved * users.T @ users + own.T @ own
    system += data.regularization * (len(seeds) + data.unobserved * data.count) * np.eye(data.dimension)
    return users @ np.linalg.solve(system, own.sum(0))


def compare(data, trunk, rng):
    inputs = data.inputs(data.embeddings, data.activity)
    units = trunk.forward(inputs)[1].astype(float)
    units[:, :-1] -= units[:, :-1].mean(0)
    units[:, :-1] /= np.sqrt(np.mean(units[:, :-1] ** 2))
    penalty = PER_DIMENSION * data.dimension
    results = {}
    for one in data.lists:
        few = rng.choice(one.training, min(FEW, len(one.training)), replace=False)
        for seeds, note in ((one.training, ""), (few, f", {FEW} seeds")):
            linear, shared = (logistic_scores(x, seeds, penalty) for x in (inputs, units))
            fold = virtual_item(data, seeds)
            z = [standardized(scores, one) for scores in (linear, shared, fold)]
            scores = {"linear": linear, "trunk": shared, "fold-in": fold, "linear + fold-in": z[0] + z[2],
                      "linear + fold-in + trunk": z[0] + z[1] + z[2], "trunk + fold-in": z[1] + z[2]}
            if note == "":
                scores["embedding and trunk"] = logistic_scores(np.hstack([inputs, units[:, :-1]]), seeds, 2 * penalty)
            for name, value in scores.items():
                results.setdefault(name + note, []).append(data.recall(value, one))
    results = {name: np.array(value) for name, value in results.items()}
    for part in ("choose", "report"):
        of = np.array([one.part == part for one in data.lists])
        for name, value in results.items():
            note = name[name.index(","):] if "," in name else ""
            against = "linear + fold-in" if "trunk" in name and "fold-in" in name else "linear"
            difference = paired((value - results[against + note])[of])
            print(f"{data.name:9} {part} {name:34} {value[of].mean():.4f}   against {against}: {difference}", flush=True)
        print(f"{data.name:9} {part} trunk, each list: " + " ".join(f"{x:.3f}" for x in results["trunk"][of]), flush=True)


def main():
    for name in sys.argv[2:] or ("pinterest", "beauty", "deezer"):
        started, rng = time.time(), np.random.default_rng(1)
        data = RealSet(sys.argv[1], name)
        groups, at_once = pseudo_groups(data, rng)
        folds = [hide(data, groups[fold * at_once:(fold + 1) * at_once]) for fold in range(FOLDS)]
        sizes = np.concatenate([labels.sum(0) for _, labels, _ in folds])
        print(f"{name}: {len(sizes)} pseudo lists of {sizes.min():.0f} to {sizes.max():.0f} users "
              f"(median {np.median(sizes):.0f}), "
              f"{np.mean([share for _, _, share in folds]):.1%} of the pairs hidden in a fold; {time.time() - started:.0f} s", flush=True)
        compare(data, train(data, folds, rng), rng)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main()
