#!/usr/bin/env python3
"""Compares Kindred with its peers on the same users and models, in interleaved rounds, on one thread.

    bench/compare_peers.py [--rounds 7] [--quick] [--jobs score_d64 …] [--out FILE.json]

Prints how many times as fast Kindred is as each peer: the median over rounds of the ratio of neighbouring measurements, so a busy machine
slows both. Seconds are processor time. A round is the median of three runs of each program. Kindred's runs are in a separate process that
warms up first; a peer's runs are in one process that prepared and warmed up once. Every peer must find the same best users, with scores
within 1e-4. After training, a peer's loss may be at most 1.5 times Kindred's; a peer with a lower loss also counts.
Needs a Python with NumPy, and the library of each peer. A peer that is missing or fails is left out, with the reason. The environment
variable PYTHON names the peers' Python; the default is /usr/bin/python3. The BLAS of each peer is printed with its result. The reference
BLAS is refused: it makes NumPy and PyTorch about 16 times slower.
"""
import argparse
import datetime
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PEERS = ROOT / "bench" / "peers"
sys.path.insert(0, str(PEERS))
import blas  # noqa: E402: it is in the peers' folder
PYTHON = os.environ.get("PYTHON", "/usr/bin/python3")
RUNS = 3
MOST_LOSS = 1.5

# Name, script, its options.
SCORING = [
    ("PyTorch as written", "score_torch.py", ["--as-written"]),
    ("PyTorch tuned", "score_torch.py", []),
    ("scikit-learn", "score_sklearn.py", []),
]
LINEAR = [
    ("PyTorch as written", "score_torch.py", ["--as-written"]),
    ("PyTorch tuned", "score_torch.py", []),
    ("NumPy as written", "score_numpy.py", ["--as-written"]),
    ("NumPy tuned", "score_numpy.py", []),
]
TRAINING = [
    ("PyTorch DataLoader", "train_pytorch.py", ["--as-written"]),
    ("PyTorch tuned", "train_pytorch.py", []),
    ("scikit-learn", "train_sklearn.py", []),
]
JOBS = {"score_linear_d128": LINEAR, "score_d64": SCORING, "score_d256": SCORING, "train_d64": TRAINING, "train_d256": TRAINING}
ONE_THREAD = {name: "1" for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")}


class Peer:
    """A peer's process, which does one run for each line that it receives. Raises an OSError if it cannot start or ends early."""

    def __init__(self, name, script, options, job, quick):
        self.name, self.seconds, self.core_seconds = name, [], []
        # To a file: a pipe is not read while the peer works, and a full pipe would block it.
        self.errors = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            [PYTHON, str(PEERS / script), job, *options, *(["--quick"] if quick else [])],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, text=True, env={**os.environ, **ONE_THREAD})
        self.ready = self._answer()

    def run(self):
        """Measures one round: the median of several runs, like Kindred's."""
        answers = [self._ask("run") for _ in range(RUNS)]
        self.seconds.append(statistics.median(answer["seconds"] for answer in answers))
        if answers[0].get("core_seconds"):
            self.core_seconds.append(statistics.median(answer["core_seconds"] for answer in answers))

    def end(self):
        """Its peak memory in bytes."""
        memory = self._ask("end").get("peak_memory_bytes")
        self.process.wait()
        return memory

    def _ask(self, word):
        try:
            print(word, file=self.process.stdin, flush=True)
        except BrokenPipeError:
            pass
        return self._answer()

    def _answer(self):
        line = self.process.stdout.readline()
        if line:
            return json.loads(line)
        code = self.process.wait()
        self.errors.seek(0)
        problem = (self.errors.read().strip().splitlines() or [f"it ended with {code} and without a message"])[-1]
        if code == blas.REFUSED:
            sys.exit(f"{self.name}: {problem}")
        raise OSError(problem)


def kindred(job, quick):
    """Measures one round of Kindred."""
    command = [str(ROOT / "kindred"), "bench", "--only", job, "--threads", "1", "--rounds", str(RUNS), "--output", "json", "--quiet"]
    done = subprocess.run(command + (["--quick"] if quick else []), capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"kindred bench failed: {done.stderr.strip()}")
    return json.loads(done.stdout)


def same(check, theirs):
    """The difference between a peer's result and Kindred's, or None."""
    if "loss" in check:
        most = MOST_LOSS * check["loss"]
        return None if theirs["loss"] <= most else f"loss {theirs['loss']:.4f}, more than {most:.4f}"
    if theirs["best_users"] != check["best_users"]:
        return f"other users: {theirs['best_users']}, not {check['best_users']}"
    worst = max(abs(a - b) for a, b in zip(theirs["best_scores"], check["best_scores"]))
    return None if worst < 1e-4 else f"scores differ by {worst:g}"


def left_out(job, name, problem):
    print(f"{job}: {name} is left out: {problem}", file=sys.stderr)


def start(job, check, quick):
    """Starts the peers; returns those that are installed and compute the same."""
    peers = []
    for name, script, options in JOBS[job]:
        try:
            peer = Peer(name, script, options, job, quick)
            wrong = same(check, peer.ready["check"])
            if wrong:
                peer.end()
        except OSError as problem:
            left_out(job, name, problem)
            continue
        if wrong:
            left_out(job, name, f"it computed something else: {wrong}")
        else:
            peers.append(peer)
    return peers


def each(job, peers, act):
    """Runs an action on each peer; returns the results of those that survive it and removes the others from the list."""
    results = []
    for peer in list(peers):
        try:
            results.append(act(peer))
        except OSError as problem:
            left_out(job, peer.name, problem)
            peers.remove(peer)
    return results


def compare(job, rounds, quick):
    ours, peaks = [], []
    peers = start(job, kindred(job, quick)[job]["check"], quick)
    for _ in range(rounds):
        measured = kindred(job, quick)
        ours.append(measured[job]["per_second"])
        peaks.append(measured[job]["percent_of_fma_peak"])
        each(job, peers, Peer.run)
    result = {
        "unit": measured[job]["unit"], "description": measured[job]["description"],
        "kindred": {
            "per_second": statistics.median(ours), "best_per_second": max(ours), "percent_of_fma_peak": statistics.median(peaks),
            "peak_memory_bytes": measured["peak_memory_bytes"], "bytes_allocated": measured[job]["bytes_allocated"],
        },
        "peers": {},
    }
    gflops = measured[job]["flops_each"] / 1e9
    memory = each(job, peers, Peer.end)
    for peer, peak_memory in zip(peers, memory):
        items = peer.ready["items"]
        rates = [items / seconds for seconds in peer.seconds]
        result["peers"][peer.name] = {
            "per_second": statistics.median(rates), "best_per_second": max(rates), "gflops": statistics.median(rates) * gflops,
            "ratio": statistics.median(a / b for a, b in zip(ours, rates)), "ratio_of_best": max(ours) / max(rates),
            "ratio_to_models_alone": statistics.median(a * seconds / items for a, seconds in zip(ours, peer.core_seconds)) if peer.core_seconds else None,
            "variant": peer.ready["variant"], "versions": peer.ready["versions"], "blas": peer.ready["blas"],
            "peak_memory_bytes": peak_memory,
        }
    return result, {key: measured[key] for key in ("processor", "processors", "vector_bits", "runtime", "system")}


def processor_flags():
    """The vector instructions of the processor, by which libraries choose their kernels."""
    cpuinfo = pathlib.Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    flags = next((line.split(":")[1].split() for line in lines if line.startswith("flags")), [])
    return [flag for flag in flags if flag.startswith(("avx", "fma", "amx"))]


def show(job, result):
    unit = result["unit"]
    print(f"\n{job}: {result['description']}")
    print(f"  {'Kindred':<20} {result['kindred']['per_second'] / 1e6:9.3f} M {unit}/s, {result['kindred']['percent_of_fma_peak']:.1f}% of the FMA peak")
    for name, peer in result["peers"].items():
        alone = f", {peer['ratio_to_models_alone']:.2f} x its models without selection" if peer["ratio_to_models_alone"] else ""
        print(f"  {name:<20} {peer['per_second'] / 1e6:9.3f} M {unit}/s: Kindred is {peer['ratio']:.2f} x as fast "
              f"({peer['ratio_of_best']:.2f} x best against best{alone}); {peer['variant']}")
    for text in sorted({peer["blas"] for peer in result["peers"].values()}):
        names = ", ".join(name for name, peer in result["peers"].items() if peer["blas"] == text)
        print(f"  BLAS of {names}: {text}")


def logistic_regression(rounds):
    """Runs ML.NET and Kindred in one process; returns None if that program cannot be built."""
    command = ["dotnet", "run", "--configuration", "Release", "--project", str(PEERS / "MlNet"), "--", "20000", "64", str(rounds)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        print(f"ML.NET is left out: {done.stdout.strip().splitlines()[-1:]}", file=sys.stderr)
        return None
    figures = json.loads(done.stdout.strip().splitlines()[-1])
    print(f"\nfit_linear: logistic regression on {figures['rows']:,} rows of {figures['dimension']}, objective {figures['kindred_objective']:.3f}\n"
          f"  {'ML.NET':<20} objective {figures['mlnet_objective']:.3f}: Kindred is {figures['ratio']:.2f} x as fast")
    return figures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7, help="number of rounds, each of Kindred and then each peer; at least 1, default 7")
    parser.add_argument("--quick", action="store_true", help="smaller populations")
    parser.add_argument("--jobs", nargs="+", choices=[*JOBS, "fit_linear"], default=[*JOBS, "fit_linear"])
    parser.add_argument("--out", help="file to write all figures to, as JSON")
    asked = parser.parse_args()
    if asked.rounds < 1:
        parser.error(f"--rounds is {asked.rounds}; it must be at least 1")
    figures = {"measured_at": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"), "rounds": asked.rounds, "quick": asked.quick}
    subprocess.run([str(ROOT / "kindred"), "--version"], check=True, capture_output=True)
    for job in asked.jobs:
        if job == "fit_linear":
            figures[job] = logistic_regression(asked.rounds)
            continue
        figures[job], machine = compare(job, asked.rounds, asked.quick)
        figures["machine"] = {**machine, "flags": processor_flags()}
        show(job, figures[job])
    if asked.out:
        pathlib.Path(asked.out).write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
