"""NumPy with its BLAS: linear models as one matrix product and argpartition. Tuned: in the best chunks, above a sampled threshold only."""
import numpy as np

import bench_data
import rounds


SAMPLED = 50


def largest(scores, k):
    """The positions of the k largest scores."""
    return np.argpartition(scores, len(scores) - k)[len(scores) - k:]


def largest_above(scores, k):
    """The same, but only among scores above a threshold that twice as many of a sample exceed; among all scores if these are too few."""
    sample = scores[::SAMPLED]
    rank = min(len(sample), 2 * k // SAMPLED + 30)
    above = np.flatnonzero(scores >= np.partition(sample, len(sample) - rank)[len(sample) - rank])
    return above[largest(scores[above], k)] if len(above) > k else largest(scores, k)


def main():
    asked = rounds.arguments(["score_linear_d128"])
    shape, models, counts = bench_data.SCORING[asked.job]
    users = counts[asked.quick]
    k = users // 100
    x = bench_data.users(asked.seed, users, shape[0])
    w = bench_data.linear_models(asked.seed, models, shape[0])
    chunk_scores = {}

    def score_only(chunk):
        # Each chunk's scores are discarded: this measures arithmetic alone, in cache.
        out = chunk_scores.setdefault(chunk, np.empty((chunk, models), np.float32))
        for first in range(0, users, chunk):
            rows = x[first:first + chunk]
            np.matmul(rows, w.T, out=out[:len(rows)])

    def score(chunk, scores):
        for first in range(0, users, chunk):
            np.matmul(w, x[first:first + chunk].T, out=scores[:, first:first + chunk])

    all_scores = np.empty((models, users), np.float32)

    def whole(chunk):
        score(chunk, all_scores)
        return [select(row, k) for row in all_scores]

    select = largest if asked.as_written else largest_above
    if asked.as_written:
        chunk = core_chunk = users
    else:
        chunk = int(rounds.fastest({c: (lambda c=c: score(c, all_scores)) for c in (1024, 2048, 4096, 8192, 16384)})[0])
        core_chunk = int(rounds.fastest({c: (lambda c=c: score_only(c)) for c in (512, 1024, 2048, 4096, 8192)})[0])
    first = whole(chunk)[0]
    first = first[np.argsort(-all_scores[0, first])][:5]
    rounds.serve(
        users * models, lambda: whole(chunk), lambda: score_only(core_chunk), f"{chunk:,} users at a time",
        {"best_users": first.tolist(), "best_scores": all_scores[0, first].tolist()}, {"numpy": np.__version__})


main()
