#!/usr/bin/env python3
"""Measures what durability costs: the same commands by two builds, in turn, at the size of the demo.

usage: bench/durability_cost.py OLD.dll NEW.dll [ROUNDS]      default: 9 rounds

Prints the median seconds of each command by each build, and the ratio with the range of the middle half of the rounds' ratios.
"""
import os, shutil, statistics, subprocess, sys, tempfile, time

SETTINGS = """population: population
seeds: [world/seeds.csv.gz]
store: runs
sizes: [1%]
publish_lists: csv
method: linear
"""


def main():
    builds, rounds = sys.argv[1:3], int(sys.argv[3]) if len(sys.argv) > 3 else 9
    with tempfile.TemporaryDirectory(prefix="kindred-cost-") as folder:
        def kindred(build, *arguments):
            begin = time.monotonic()
            done = subprocess.run(["dotnet", build, *arguments, "-q"], cwd=folder, capture_output=True, text=True)
            if done.returncode not in (0, 44):
                sys.exit(done.stderr)
            return time.monotonic() - begin

        new = builds[1]
        kindred(new, "generate", "--users", "100000", "--seed-lists", "20", "--out", "world")
        kindred(new, "embed", "--interactions", "world/interactions.csv.gz", "--users", "world/users.csv.gz", "--out", "population")
        kindred(new, "train", "--population", "population", "--seeds", "world/seeds.csv.gz", "--method", "linear", "--out", "models")
        with open(os.path.join(folder, "run.yaml"), "w") as file:
            file.write(SETTINGS)
        commands = {
            "embed": (["embed", "--interactions", "world/interactions.csv.gz", "--users", "world/users.csv.gz", "--out", "made"], "made"),
            "expand": (["expand", "--population", "population", "--models", "models", "--size", "1%", "--out", "made"], "made"),
            "run": (["run", "run.yaml"], "runs"),
        }
        for name, (command, out) in commands.items():
            seconds = {build: [] for build in builds}
            for round in range(rounds + 1):
                for build in builds if round % 2 else builds[::-1]:
                    shutil.rmtree(os.path.join(folder, out), ignore_errors=True)
                    os.sync()
                    seconds[build].append(kindred(build, *command))
            old, now = (seconds[build][1:] for build in builds)
            ratios = sorted(after / before for before, after in zip(old, now))
            print(f"{name}: {statistics.median(old):.2f} s before, {statistics.median(now):.2f} s now: ×{statistics.median(ratios):.3f} "
                  f"(middle half {ratios[len(ratios) // 4]:.3f}–{ratios[-1 - len(ratios) // 4]:.3f})", flush=True)


if __name__ == "__main__":
    main()
