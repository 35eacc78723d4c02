#!/usr/bin/env python3
"""Writes embeddings that look as if they had been trained elsewhere, for `kindred import` at any scale.

A simple latent model: every user has a taste of 16 normal numbers and is in one of a few countries. The embedding is the taste multiplied
by a fixed random matrix, with noise, times a length that grows with the user's activity. Every advertiser looks for a direction of
taste. A user's true affinity to it is the cosine; its seeds are the users with the highest affinity plus Gumbel noise.

    bench/embedded_world.py FOLDER [--users 1000000] [--dimension 64] [--lists 100] [--seed 1]

writes vectors.npy [users x dimension] float32, ids.txt (one per line, same order), users.csv.gz (user_id, country, active, clicks) and
seeds.csv (seed_list_id, user_id). The same seed gives the same files. It works in chunks, so memory does not grow with the users.
"""
import argparse
import gzip
from pathlib import Path

import numpy as np

# Users per chunk, and the maximum number of keys, one per user and list, that are in memory at a time.
CHUNK = 100_000
KEYS = 100_000_000
TASTES = 16
COUNTRIES = np.array(["DE", "ES", "FR", "HU", "IT", "PL", "RO", "SE"])
SHARES = np.array([0.24, 0.15, 0.2, 0.06, 0.15, 0.1, 0.06, 0.04])


def ids_of(first, count):
    """Ids that are not in the order of the file: multiplication by an odd number permutes the 32-bit numbers."""
    numbers = (np.arange(first, first + count, dtype=np.uint64) * np.uint64(2654435761)) & np.uint64(0xFFFFFFFF)
    return [f"u{number:08x}" for number in numbers.tolist()]


class SeedDraw:
    """The users of one list with the highest keys so far."""

    def __init__(self, size):
        self.size, self.keys, self.users = size, np.empty(0, np.float32), np.empty(0, np.int64)

    def add(self, keys, first):
        floor = self.keys.min() if len(self.keys) == self.size else -np.inf
        there = np.nonzero(keys > floor)[0]
        if len(there) == 0:
            return
        self.keys = np.concatenate([self.keys, keys[there]])
        self.users = np.concatenate([self.users, there + first])
        if len(self.keys) > self.size:
            best = np.argpartition(-self.keys, self.size)[: self.size]
            self.keys, self.users = self.keys[best], self.users[best]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--users", type=int, default=1_000_000)
    parser.add_argument("--dimension", type=int, default=64)
    parser.add_argument("--lists", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True)

    world = np.random.Generator(np.random.Philox(key=[asked.seed, 0]))
    view = world.standard_normal((TASTES, asked.dimension), np.float32) / np.sqrt(TASTES)
    directions = world.standard_normal((TASTES, asked.lists), np.float32)
    directions /= np.linalg.norm(directions, axis=0)
    sizes = np.exp(world.uniform(np.log(100), np.log(10_000), asked.lists)).astype(int)
    draws = [SeedDraw(min(int(size), asked.users // 100 + 1)) for size in sizes]

    vectors = np.lib.format.open_memmap(
        asked.folder / "vectors.npy", mode="w+", dtype="<f4", shape=(asked.users, asked.dimension))
    shape, offset = vectors.shape, vectors.offset
    del vectors
    with open(asked.folder / "vectors.npy", "r+b") as array, open(asked.folder / "ids.txt", "w", newline="\n") as ids, \
            gzip.GzipFile(asked.folder / "users.csv.gz", "wb", compresslevel=1, mtime=0) as users:
        array.seek(offset)
        users.write(b"user_id,country,active,clicks\n")
        step = max(1_000, min(CHUNK, KEYS // max(1, asked.lists)))
        for chunk, first in enumerate(range(0, shape[0], step)):
            count = min(step, shape[0] - first)
            random = np.random.Generator(np.random.Philox(key=[asked.seed, chunk + 1]))
            taste = random.standard_normal((count, TASTES), np.float32)
            clicks = random.poisson(np.exp(random.normal(2.5, 1, count)))
            noise = random.standard_normal((count, asked.dimension), np.float32)
            embedding = (taste @ view + 0.5 * noise) * np.log1p(clicks)[:, None].astype(np.float32)
            array.write(np.ascontiguousarray(embedding, dtype="<f4").tobytes())

            # Gumbel noise is minus the logarithm of exponential noise.
            keys = 20 * (directions.T @ (taste / np.linalg.norm(taste, axis=1, keepdims=True)).T)
            keys -= np.log(random.standard_exponential(keys.shape, np.float32) + np.float32(1e-30))
            for number, draw in enumerate(draws):
                draw.add(keys[number], first)

            names = ids_of(first, count)
            countries = COUNTRIES[random.choice(len(COUNTRIES), count, p=SHARES)]
            active = random.random(count) < np.minimum(0.95, 0.3 + 0.2 * np.log1p(clicks))
            ids.write("\n".join(names) + "\n")
            users.write("".join(
                f"{name},{country},{flag:d},{click}\n"
                for name, country, flag, click in zip(names, countries.tolist(), active.tolist(), clicks.tolist())).encode())

    with open(asked.folder / "seeds.csv", "w", newline="\n") as seeds:
        seeds.write("seed_list_id,user_id\n")
        for number, draw in enumerate(draws):
            for user in np.sort(draw.users).tolist():
                seeds.write(f"advertiser-{number + 1:03d},{ids_of(user, 1)[0]}\n")


if __name__ == "__main__":
    main()
