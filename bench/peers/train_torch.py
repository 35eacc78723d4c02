"""One seed list's network trained with PyTorch, as a user writes it and tuned: samples a second, to stand beside Kindred's.

    python3 bench/peers/train_torch.py --dimension 64 --hidden 64 32 --rows 50000 --batch 1024 [--loader] [--seconds 5]

Tuned: the rows are one tensor, a batch is indexed out of it by a permutation, Adam runs fused or over all parameters at once where
this version of PyTorch can. With --loader: a DataLoader with shuffling over a TensorDataset, the plain loop of the tutorials. The loss
is the weighted binary cross-entropy on log-odds. Prints one line of JSON; times are CPU time of the process, the best epoch counts.
"""

import argparse
import json
import time

import torch


def main():
    options = parse()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    inputs = torch.rand(options.rows, options.dimension) * 3.4 - 1.7
    labels = (inputs[:, 0] * inputs[:, 1] + inputs[:, 2] > 0.8).float()
    weights = torch.ones(options.rows)
    model = network(options.dimension, options.hidden)
    adam = optimizer(model)
    step = loader_epoch if options.loader else indexed_epoch

    seconds, losses, begin = [], [], time.process_time()
    while len(seconds) < 2 or time.process_time() - begin < options.seconds:
        at = time.process_time()
        losses.append(step(model, adam, inputs, labels, weights, options.batch))
        seconds.append(time.process_time() - at)

    print(json.dumps({
        "name": "pytorch_loader" if options.loader else "pytorch",
        "version": torch.__version__,
        "dimension": options.dimension,
        "hidden": options.hidden,
        "rows": options.rows,
        "batch": options.batch,
        "threads": options.threads,
        "epochs": len(seconds),
        "samples_per_second": options.rows / min(seconds),
        "loss": losses[-1],
    }))


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dimension", type=int, default=64)
    parser.add_argument("--hidden", type=int, nargs="+", default=[64, 32])
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--batch", type=int, default=1024)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=5, help="CPU time to go on for; at least two epochs are run")
    parser.add_argument("--loader", action="store_true", help="use a DataLoader")
    return parser.parse_args()


def network(dimension, hidden):
    layers, width = [], dimension
    for units in hidden:
        layers += [torch.nn.Linear(width, units), torch.nn.ReLU()]
        width = units
    return torch.nn.Sequential(*layers, torch.nn.Linear(width, 1))


def optimizer(model):
    # The fused step exists for processors from 2.4 on, the one over lists of parameters from 1.12 on.
    for kind in ({"fused": True}, {"foreach": True}, {}):
        try:
            return torch.optim.Adam(model.parameters(), lr=1e-3, **kind)
        except (TypeError, RuntimeError, ValueError):
            continue
    raise RuntimeError("no Adam")


def train_step(model, adam, x, y, w):
    adam.zero_grad(set_to_none=True)
    loss = torch.nn.functional.binary_cross_entropy_with_logits(model(x).squeeze(1), y, weight=w)
    loss.backward()
    adam.step()
    return loss


def indexed_epoch(model, adam, inputs, labels, weights, batch):
    order, total = torch.randperm(len(labels)), 0.0
    for begin in range(0, len(order), batch):
        rows = order[begin:begin + batch]
        total += train_step(model, adam, inputs[rows], labels[rows], weights[rows]).item() * len(rows)
    return total / len(order)


def loader_epoch(model, adam, inputs, labels, weights, batch):
    data, total = torch.utils.data.TensorDataset(inputs, labels, weights), 0.0
    for x, y, w in torch.utils.data.DataLoader(data, batch_size=batch, shuffle=True):
        total += train_step(model, adam, x, y, w).item() * len(y)
    return total / len(labels)


if __name__ == "__main__":
    main()
