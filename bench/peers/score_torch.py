"""PyTorch: as a user would write it (65,536 users at a time, one model after the other), or the fastest variant found here."""
import os
import warnings

import torch

import bench_data
import rounds

warnings.filterwarnings("ignore")
torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
AS_WRITTEN_CHUNK = 65_536
CHUNKS = (1024, 2048, 4096, 8192)


SAMPLED = 50


def largest_above(scores, k):
    """The k largest of each row, searched only above a threshold that twice as many of a sample exceed."""
    rank = min(scores.shape[1] // SAMPLED, 2 * k // SAMPLED + 30)
    thresholds = torch.topk(scores[:, ::SAMPLED], rank, dim=1).values[:, -1]
    values, indices = torch.empty(len(scores), k), torch.empty(len(scores), k, dtype=torch.int64)
    for row, threshold in enumerate(thresholds):
        above = torch.nonzero(scores[row] >= threshold)[:, 0]
        if len(above) < k:
            above = torch.arange(scores.shape[1])
        values[row], some = torch.topk(scores[row][above], k)
        indices[row] = above[some]
    return torch.return_types.topk((values, indices))


class Stacked:
    """All models together: the first layers side by side in one product, the others as batched products."""

    def __init__(self, layers):
        first = torch.cat([model[0][0] for model in layers])
        self.first = (first.T.contiguous(), torch.cat([model[0][1] for model in layers]))
        self.later = [(torch.stack([model[layer][0].T for model in layers]).contiguous(), torch.stack([model[layer][1] for model in layers])[:, None])
                      for layer in range(1, len(layers[0]))]
        self.models = len(layers)

    def __call__(self, x):
        h = torch.addmm(self.first[1], x, self.first[0]).relu_()
        h = h.view(len(x), self.models, -1).transpose(0, 1)
        for weights, bias in self.later[:-1]:
            h = torch.baddbmm(bias, h, weights).relu_()
        weights, bias = self.later[-1]
        return torch.baddbmm(bias, h, weights)[..., 0]


def sequential(layers):
    modules = []
    for weights, bias in layers:
        linear = torch.nn.Linear(*reversed(weights.shape))
        linear.weight.data, linear.bias.data = weights, bias
        modules += [linear, torch.nn.ReLU()]
    return torch.nn.Sequential(*modules[:-1]).eval()


def forwards(layers, x):
    """Variants of scoring a chunk of users with all models: name -> function of x to [models x users]."""
    models = [sequential(model) for model in layers]
    traced = [torch.jit.freeze(torch.jit.trace(model, x[:1024])) for model in models]
    one_dnn = [torch.jit.optimize_for_inference(torch.jit.trace(model, x[:1024])) for model in models]

    def each(functions):
        return lambda rows: torch.stack([function(rows)[:, 0] for function in functions])

    return {"a model at a time": each(models), "frozen": each(traced), "oneDNN": each(one_dnn), "all at once": Stacked(layers)}


def main():
    asked = rounds.arguments(bench_data.SCORING)
    shape, count, counts = bench_data.SCORING[asked.job]
    users = counts[asked.quick]
    k = users // 100
    x = torch.from_numpy(bench_data.users(asked.seed, users, shape[0]))
    if len(shape) == 1:
        w = torch.from_numpy(bench_data.linear_models(asked.seed, count, shape[0]))
        ways = {"x w": lambda rows: (rows @ w.T).T, "w x": lambda rows: w @ rows.T}
        as_written = "x w"
    else:
        layers = [[tuple(map(torch.from_numpy, layer)) for layer in model] for model in bench_data.networks(asked.seed, count, shape)]
        ways = forwards(layers, x)
        as_written = "a model at a time"
    scores = torch.empty(count, users)

    def score(way, chunk):
        with torch.inference_mode():
            for first in range(0, users, chunk):
                scores[:, first:first + chunk] = way(x[first:first + chunk])

    def core(way, chunk):
        with torch.inference_mode():
            for first in range(0, users, chunk):
                way(x[first:first + chunk])

    if asked.as_written:
        name, chunk, way = as_written, AS_WRITTEN_CHUNK, ways[as_written]
    else:
        with torch.inference_mode():
            for way in ways.values():
                way(x[:1024]), way(x[:1024]), way(x[:1024])
        variants = {(name, chunk): (lambda way=way, chunk=chunk: core(way, chunk)) for name, way in ways.items() for chunk in CHUNKS}
        (name, chunk), _ = rounds.fastest(variants, tries=2)
        way = ways[name]

    select = torch.topk
    if not asked.as_written:
        score(way, chunk)
        select, _ = rounds.fastest({function: (lambda function=function: function(scores, k)) for function in (torch.topk, largest_above)})

    def whole():
        score(way, chunk)
        return select(scores, k)

    best = whole()
    check = {"best_users": best.indices[0, :5].tolist(), "best_scores": best.values[0, :5].tolist()}
    rounds.serve(users * count, whole, lambda: core(way, chunk), f"{name}, {chunk:,} users at a time", check, {"torch": torch.__version__})


main()
