"""Measures accuracy and cost of scoring in 8 bits, in two stages, or on half-precision snapshots. The results are in decision 12.

    KINDRED_DATA=… python3 bench/experiments/precision.py POPULATIONS [pinterest deezer]

POPULATIONS holds, for each set, a population NAME (`kindred embed`, one shard) and models NAME-mlp (`kindred train --method mlp`).
"""
import json
import struct
import sys

import numpy as np

from kindred_sets import RealSet, half_normalized

SHARES = (.01, .05, .10)


def models(folder):
    """Networks of at most one hidden layer: (skip, bias, hidden, hidden bias, output)."""
    with open(folder + "/models.safetensors", "rb") as file:
        length, = struct.unpack("<Q", file.read(8))
        header, data = json.loads(file.read(length)), file.read()
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        first, end = entry["data_offsets"]
        model, tensor = name.rsplit("/", 1)
        tensors.setdefault(model, {})[tensor] = np.frombuffer(data[first:end], "<f4").reshape(entry["shape"]).astype(float)
    none = np.zeros((0, 1))
    return [(t["skip"], t["bias"].item(), t.get("hidden", none), t.get("hidden_bias", none[:, 0]), t.get("output", none[:, 0]))
            for t in tensors.values()]


def score(model, inputs):
    skip, bias, hidden, hidden_bias, output = model
    linear = bias + inputs @ skip
    return linear if len(output) == 0 else linear + np.maximum(0, inputs @ hidden.T + hidden_bias) @ output


def quantised(values, levels, axis):
    """Whole numbers of at most `levels`, one scale along an axis (of a user's inputs, of a unit's weights)."""
    scale = np.abs(values).max(axis, keepdims=True) / levels
    scale[scale == 0] = 1
    return np.rint(values / scale) * scale, scale


def eight_bit(model, inputs):
    """Scores of 7-bit inputs and weights (products of the first layer; the rest in full), and a bound of their error for each user."""
    skip, bias, hidden, hidden_bias, output = model
    rounded, step = quantised(inputs, 63, 1)
    weights = np.vstack([skip[None], hidden]) if len(output) else skip[None]
    rounded_weights, weight_step = quantised(weights, 63, 1)
    sums = rounded @ rounded_weights.T

    # |Σ (x + δ)(w + ε) − Σ x w| ≤ Σ |δ||w| + Σ |x||ε| + Σ |δ||ε|, each rounding at most half a step.
    bounds = step / 2 * np.abs(weights).sum(1) + np.abs(inputs).sum(1)[:, None] * weight_step[:, 0] / 2 + step * weight_step[:, 0] / 4 * inputs.shape[1]
    scores, bound = bias + sums[:, 0], bounds[:, 0].copy()
    if len(output):
        scores = scores + np.maximum(0, sums[:, 1:] + hidden_bias) @ output
        bound += bounds[:, 1:] @ np.abs(output)
    return scores, bound


def top(scores, size):
    return np.argpartition(-scores, size - 1)[:size]


def kept(scores, other, size):
    """The share of an audience that an approximation finds."""
    return len(np.intersect1d(top(scores, size), top(other, size))) / size


def needed(scores, approximate, size, recall=.999):
    """The share of users to score again, best first by an approximation, to include this share of the audience. An oracle's choice."""
    rank = np.empty(len(scores), int)
    rank[np.argsort(-approximate)] = np.arange(len(scores))
    members = np.sort(rank[top(scores, size)])
    return (members[int(np.ceil(recall * size)) - 1] + 1) / len(scores)


def main():
    folder, names = sys.argv[1], sys.argv[2:] or ["pinterest", "deezer"]
    for name in names:
        data = RealSet(folder, name)
        inputs = np.hstack([half_normalized(data.embeddings.astype(float)), data.activity[:, None]])
        of_half = np.hstack([half_normalized(data.embeddings.astype(np.float16).astype(float)), data.activity[:, None]])
        rows = {}
        networks = models(f"{folder}/{name}-mlp")
        for model in networks:
            exact = score(model, inputs)
            approximate, bound = eight_bit(model, inputs)
            assert (np.abs(approximate - exact) <= bound + 1e-9).all()
            half = score(model, of_half)
            linear = score((model[0], model[1], *models_without_hidden()), inputs)
            for share in SHARES:
                size = max(1, round(share * data.count))
                threshold = np.sort(exact)[-size]
                row = rows.setdefault(share, [])
                row.append((
                    np.mean((exact >= threshold) != (half >= np.sort(half)[-size])) * data.count / size / 2,
                    np.mean((approximate + bound >= threshold) & (approximate - bound < threshold)),
                    kept(exact, approximate, size),
                    needed(exact, approximate, size) - share,
                    needed(exact, linear, size) if len(model[4]) else share))
        deep = sum(len(model[4]) > 0 for model in networks)
        print(f"{name}: {len(networks)} models, {deep} with a hidden layer, {data.count:,} users, dimension {data.dimension}")
        for share, row in rows.items():
            wrong, band, found, again, staged = np.mean(row, 0)
            print(f"  audience {share:4.0%}: half precision replaces {wrong:.3%} of members; 8 bits keep {found:.2%} of them, "
                  f"a proven band holds {band:.1%} of users, an oracle's band for recall .999 {again:.2%} beyond the audience; "
                  f"the linear part alone as first stage needs {staged:.1%} of users")


def models_without_hidden():
    return np.zeros((0, 1)), np.zeros(0), np.zeros(0)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main()
