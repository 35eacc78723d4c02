"""Recreates the users and models of `kindred bench` with NumPy: the same float32 numbers for the same seed."""
import numpy as np

GAMMA = np.uint64(0x9E3779B97F4A7C15)
USERS, FIRST_DIRECTION, SECOND_DIRECTION, MODELS, STREAMS_PER_MODEL = 1, 2, 3, 1000, 16

# For each job: the shape of its models (no hidden units: linear), the number of models, the users of a full and a quick run, and the
# users that are trained on.
SCORING = {
    "score_linear_d128": ((128,), 256, (200_000, 50_000)),
    "score_d64": ((64, 64, 32), 16, (100_000, 25_000)),
    "score_d256": ((256, 128, 64), 16, (25_000, 6_250)),
}
TRAINING = {
    "train_d64": ((64, 64, 32), 65_536),
    "train_d256": ((256, 128, 64), 65_536),
}


def uniform(seed, stream, count, scale=1.0):
    """Number i is the top 24 bits of SplitMix64 at seed * 2^32 + stream, scaled to [-scale, scale)."""
    with np.errstate(over="ignore"):
        bits = np.uint64((seed << 32) + stream) + np.arange(1, count + 1, dtype=np.uint64) * GAMMA
        bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        bits = (bits ^ (bits >> np.uint64(31))) >> np.uint64(40)
    return (bits.astype(np.float32) * np.float32(1 / (1 << 23)) - np.float32(1)) * np.float32(scale)


def users(seed, count, dimension):
    """[count x dimension] embeddings of unit length, which half-normalising does not change: Kindred scores the embedding itself."""
    rows = uniform(seed, USERS, count * dimension).reshape(count, dimension)
    length = np.sqrt((rows.astype(np.float64) ** 2).sum(axis=1, keepdims=True))
    return (rows / length).astype(np.float32)


def linear_models(seed, count, dimension):
    """[count x dimension]."""
    return np.stack([uniform(seed, MODELS + STREAMS_PER_MODEL * model, dimension) for model in range(count)])


def networks(seed, count, shape):
    """The layers of each model (weights [units x inputs], bias [units]); the last layer has one unit and bias 0."""
    sizes = (*shape, 1)
    made = []
    for model in range(count):
        stream, layers = MODELS + STREAMS_PER_MODEL * model, []
        for layer, (inputs, units) in enumerate(zip(sizes, sizes[1:])):
            scale = np.sqrt(np.float32(6 / inputs))
            weights = uniform(seed, stream + 1 + 2 * layer, units * inputs, scale).reshape(units, inputs)
            last = layer == len(sizes) - 2
            layers.append((weights, np.zeros(1, np.float32) if last else uniform(seed, stream + 2 + 2 * layer, units, 0.1)))
        made.append(layers)
    return made


def training_rows(seed, count, dimension):
    """Users, and a label for each: a seed if e.a + 2 (e.b)^2 > 2/3."""
    rows = users(seed, count, dimension)
    a, b = (uniform(seed, stream, dimension).astype(np.float64) for stream in (FIRST_DIRECTION, SECOND_DIRECTION))
    wide = rows.astype(np.float64)
    return rows, (wide @ a + 2 * (wide @ b) ** 2 > 2 / 3).astype(np.float32)
