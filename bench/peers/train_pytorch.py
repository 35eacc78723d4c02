"""PyTorch: training with a DataLoader as a user would write it, or the fastest loop found here."""
import os
import warnings

import numpy as np
import torch

import bench_data
import rounds

warnings.filterwarnings("ignore")
torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
BATCH, CHECKED_EPOCHS, LEARNING_RATE = 1024, 5, 4e-3


def network(shape):
    sizes, modules = (*shape, 1), []
    for inputs, units in zip(sizes, sizes[1:]):
        modules += [torch.nn.Linear(inputs, units), torch.nn.ReLU()]
    return torch.nn.Sequential(*modules[:-1])


class Training:
    """One network and its optimiser; an epoch takes rows from a DataLoader, or gathers all rows once."""

    def __init__(self, x, y, shape, seed, traced, foreach):
        torch.manual_seed(seed)
        self.x, self.y = x, y
        self.network = network(shape)
        self.forward = torch.jit.trace(self.network, x[:BATCH]) if traced else self.network
        self.optimiser = torch.optim.Adam(self.network.parameters(), lr=LEARNING_RATE, foreach=foreach)
        self.loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=BATCH, shuffle=True)

    def step(self, x, y):
        self.optimiser.zero_grad(set_to_none=True)
        loss = torch.nn.functional.binary_cross_entropy_with_logits(self.forward(x)[:, 0], y)
        loss.backward()
        self.optimiser.step()
        return loss.detach() * len(x)

    def loaded_epoch(self):
        return float(sum(self.step(x, y) for x, y in self.loader)) / len(self.x)

    def indexed_epoch(self):
        order = torch.randperm(len(self.x))
        return float(sum(self.step(self.x[rows], self.y[rows]) for rows in order.split(BATCH))) / len(self.x)

    def gathered_epoch(self):
        order = torch.randperm(len(self.x))
        x, y = self.x[order], self.y[order]
        return float(sum(self.step(x[i:i + BATCH], y[i:i + BATCH]) for i in range(0, len(x), BATCH))) / len(self.x)


def main():
    asked = rounds.arguments(bench_data.TRAINING)
    shape, rows = bench_data.TRAINING[asked.job]
    x, y = bench_data.training_rows(asked.seed, rows, shape[0])
    # The same scaling as in Kindred: inputs of mean square 1.
    x, y = torch.from_numpy(x * np.sqrt(np.float32(shape[0]))), torch.from_numpy(y)
    if asked.as_written:
        name, training = "DataLoader", Training(x, y, shape, asked.seed, traced=False, foreach=False)
        epoch = training.loaded_epoch
    else:
        ways = {}
        for traced in (False, True):
            for foreach in (False, True):
                made = Training(x, y, shape, asked.seed, traced, foreach)
                options = f"{', traced' if traced else ''}{', Adam on lists' if foreach else ''}"
                ways["rows by index" + options] = made.indexed_epoch
                ways["rows gathered once an epoch" + options] = made.gathered_epoch
        name, epoch = rounds.fastest(ways)
        training = epoch.__self__
    fresh = Training(x, y, shape, asked.seed, traced=False, foreach=False)
    loss = [getattr(fresh, epoch.__name__)() for _ in range(CHECKED_EPOCHS)][-1]
    rounds.serve(rows, epoch, variant=f"{name}, batches of {BATCH:,}", check={"loss": loss}, versions={"torch": torch.__version__})


main()
