"""NumPy with its BLAS: linear models as one matrix product, the best chunk, then argpartition."""
import numpy as np

import bench_data
import rounds


def main():
    asked = rounds.arguments(["score_linear_d128"])
    shape, models, counts = bench_data.SCORING[asked.job]
    users = counts[asked.quick]
    k = users // 100
    x = bench_data.users(asked.seed, users, shape[0])
    w = bench_data.linear_models(asked.seed, models, shape[0])
    chunk_scores = {}

    def score_only(chunk):
        # Each chunk's scores are thrown away: what arithmetic alone takes while it stays in cache.
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
        best = np.empty((models, k), np.int64)
        for model in range(models):
            best[model] = np.argpartition(all_scores[model], users - k)[users - k:]
        return best

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
