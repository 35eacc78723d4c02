#!/usr/bin/env python3
"""Kills `kindred run` at random moments, runs the same command again, and compares the result with an undisturbed run.

usage: bench/kill_run.py [KILLS] [SEED] [PHASE…]      default: 200 kills, seed 1, all phases

The world is small, with three countries, two shards, exclusions, and published lists as CSV and Parquet. Tasks have few models each, so a
run has about fifty tasks. Phases:

    first   a run without an earlier store
    second  the run of the next day: seeds left and joined, models start from yesterday's, and yesterday's version is deleted
    twice   as second, but the second attempt is killed too

Each trial begins with a fresh copy, starts the command, sends SIGKILL after a random share of the time of an undisturbed run, and starts
the same command again. After that:

    - every file of the store has the bytes of the undisturbed run, except log.jsonl, exports.jsonl and forgotten.jsonl (they contain times);
    - no unfinished output is left;
    - no task that was finished before the kill was repeated;
    - every published list is recorded exactly once.

Prints one line per phase; the exit code is 1 after a difference. KINDRED=… names another command; KEEP=… names a folder that keeps the
stores of failed trials.
"""
import collections, csv, json, os, random, shutil, signal, subprocess, sys, tempfile, time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
KINDRED = os.environ.get("KINDRED", "dotnet " + os.path.join(ROOT, "artifacts/bin/Kindred.Cli/release/Kindred.Cli.dll")).split()
KEEP = os.environ.get("KEEP")
CLOCKS = ("log.jsonl", "exports.jsonl", "LOCK")
PLANNING = ("seeds-", "exclude-")

SETTINGS = """population: population
seeds: [{seeds}]
store: {store}
keep: {keep}
exclude: [opted-out.csv]
countries: [DE, HU, RO]
sizes: [2%, 60]
batch_lists: 3
sample_users: 1000
publish_lists: csv
minimum_seeds: 25
training: {{ epochs: 8, hidden_from: 80, hidden_units: 16 }}
lists:
  advertiser-01: {{ owner: one, publish_lists: parquet, learn_from: everybody, sizes: [5%] }}
  advertiser-02: {{ owner: two, exclude: [customers.csv], include_seeds: true }}
  advertiser-03: {{ owner: two, method: linear, sizes: [1%, 3%] }}
"""


def kindred(*arguments):
    done = subprocess.run([*KINDRED, *arguments], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"kindred {' '.join(arguments)} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def write(path, header, rows):
    with open(path, "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def make_world(folder):
    kindred("generate", "--users", "3000", "--seed-lists", "6", "--min-seeds", "80", "--format", "csv",
            "--out", os.path.join(folder, "world"))
    kindred("embed", "--interactions", os.path.join(folder, "world/interactions.csv"), "--users", os.path.join(folder, "world/users.csv"),
            "--dimension", "16", "--shards", "2", "--out", os.path.join(folder, "population"))
    with open(os.path.join(folder, "world/users.csv")) as file:
        users = [row["user_id"] for row in csv.DictReader(file)]
    with open(os.path.join(folder, "world/seeds.csv")) as file:
        seeds = [(row["seed_list_id"], row["user_id"]) for row in csv.DictReader(file)]
    write(os.path.join(folder, "day-1.csv"), ["seed_list_id", "user_id"], seeds)

    # Half of the lists do not change overnight.
    changed = {"advertiser-01", "advertiser-03", "advertiser-05"}
    left = [seed for i, seed in enumerate(seeds) if seed[0] not in changed or i % 11]
    joined = {(name, user) for name in changed for user in users[hash_of(name) % 97::400]} - set(seeds)
    write(os.path.join(folder, "day-2.csv"), ["seed_list_id", "user_id"], left + sorted(joined))
    write(os.path.join(folder, "opted-out.csv"), ["user_id"], [[user] for user in users[5::50]] + [["nobody"]])
    write(os.path.join(folder, "customers.csv"), ["user_id"], [[user] for user in users[7::30]])


def hash_of(text):
    return sum(text.encode())


def settings(folder, day, store, keep=1):
    path = os.path.join(folder, f"{os.path.basename(store)}-{day}.yaml")
    with open(path, "w") as file:
        file.write(SETTINGS.format(seeds=f"day-{day}.csv", store=store, keep=keep))
    return path


def contents(store):
    found = {}
    for at, folders, files in os.walk(store):
        for name in folders:
            found[os.path.relpath(os.path.join(at, name), store) + "/"] = b""
        for name in files:
            path = os.path.relpath(os.path.join(at, name), store)
            if path not in CLOCKS:
                with open(os.path.join(at, name), "rb") as file:
                    found[path] = file.read()
    return found


def finished(store):
    """Outputs of tasks by name, with a value that distinguishes them from remade outputs of the same bytes."""
    objects = os.path.join(store, "objects")
    if not os.path.isdir(objects):
        return {}
    manifests = {name: os.path.join(objects, name, "manifest.json") for name in os.listdir(objects) if name[0] != "."}
    return {name: os.stat(path).st_ino for name, path in manifests.items() if os.path.exists(path)}


def last_line(path):
    with open(path) as file:
        return json.loads(file.readlines()[-1])


def recorded(store):
    """The number of records of each list of each version."""
    path, times = os.path.join(store, "exports.jsonl"), collections.Counter()
    if os.path.exists(path):
        with open(path) as file:
            for line in file:
                try:
                    entry = json.loads(line)
                except ValueError:
                    continue
                times[entry["version"], entry["list"], entry.get("country")] += 1
    return times


def killed(command, seconds):
    """Starts a command and kills it; returns true if it was still running."""
    process = subprocess.Popen([*KINDRED, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(seconds)
        return False
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True


def timed(command):
    start = time.monotonic()
    kindred(*command)
    return time.monotonic() - start


class Phase:
    def __init__(self, name, folder, begin, command, times=1):
        self.name, self.folder, self.begin, self.command, self.times = name, folder, begin, command, times

    def fresh(self, name):
        store = os.path.join(self.folder, name)
        shutil.rmtree(store, ignore_errors=True)
        if self.begin:
            shutil.copytree(self.begin, store, symlinks=True)
        return store, self.command(store)

    def run(self, kills, chance):
        store, command = self.fresh(f"{self.name}-undisturbed")
        seconds = timed(command)
        expected, records = contents(store), recorded(store)
        is_run = command[0] == "run"
        whole = last_line(os.path.join(store, "log.jsonl"))["tasksRun"] if is_run else 0
        trials, hit, redone, problems, moments = 0, 0, 0, [], collections.Counter()
        while hit < kills:
            trials += 1
            store, command = self.fresh(f"{self.name}-trial")
            known = finished(store)
            were_running = 0
            for _ in range(self.times):
                were_running += killed(command, chance.uniform(0, 1) * seconds)
            if were_running == 0:
                # The command ended before the kill.
                continue
            hit += 1
            before = finished(store)
            done = sum(1 for name in before if name not in known and not name.startswith(PLANNING))
            switched = is_run and contents(store).get("CURRENT") == expected["CURRENT"]
            moments["switched" if switched else "nothing" if done == 0 else "all" if is_run and done == whole else "between"] += 1
            again = subprocess.run([*KINDRED, *command], capture_output=True, text=True)
            wrong = self.compare(store, expected, records, before, again)
            if is_run and not again.returncode:
                ran = last_line(os.path.join(store, "log.jsonl"))["tasksRun"]
                redone += ran - (0 if switched else whole - done)
                if ran != (0 if switched else whole - done):
                    wrong.append(f"{ran} tasks were done though {done} of {whole} were finished")
            problems += [f"trial {trials}: {text}" for text in wrong]
            if wrong and KEEP:
                shutil.copytree(store, os.path.join(KEEP, f"{self.name}-{trials}"), dirs_exist_ok=True)
        at = ", ".join(f"{count} {moment}" for moment, count in sorted(moments.items()))
        print(f"{self.name}: {hit} killed of {trials} ({seconds:.2f} s, {whole} tasks undisturbed; tasks finished before: {at}), "
              f"{redone} finished tasks done again, {len(problems)} differences", flush=True)
        for problem in problems[:20]:
            print("  " + problem, flush=True)
        return not problems

    def compare(self, store, expected, records, before, again):
        if again.returncode:
            return [f"the same command ended with {again.returncode}: {again.stderr.strip().splitlines()[-1:]}"]
        found, wrong = contents(store), []
        wrong += [f"{path} is missing" for path in sorted(expected.keys() - found.keys())]
        wrong += [f"{path} is left" for path in sorted(found.keys() - expected.keys())]
        wrong += [f"{path} differs" for path in sorted(expected.keys() & found.keys()) if expected[path] != found[path]]
        after = finished(store)
        wrong += [f"objects/{name} was made again" for name, inode in before.items() if after.get(name, inode) != inode]
        if recorded(store) != records:
            wrong.append("exports.jsonl records other lists, or some of them twice")
        return wrong


def main():
    numbers = [int(text) for text in sys.argv[1:] if text.isdigit()]
    kills, seed = (numbers + [200, 1][len(numbers):])[:2]
    chosen = [text for text in sys.argv[1:] if not text.isdigit()] or ["first", "second", "twice"]
    with tempfile.TemporaryDirectory(prefix="kindred-kill-") as folder:
        make_world(folder)
        day_1 = os.path.join(folder, "day-1")
        kindred("run", settings(folder, 1, day_1), "--allow-missing", "--quiet")
        first = lambda store: ["run", settings(folder, 1, store), "--allow-missing", "--quiet"]
        second = lambda store: ["run", settings(folder, 2, store), "--allow-missing", "--quiet"]
        phases = [Phase("first", folder, None, first), Phase("second", folder, day_1, second),
                  Phase("twice", folder, day_1, second, times=2)]
        good = [phase.run(kills, random.Random(f"{seed} {phase.name}")) for phase in phases if phase.name in chosen]
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
