#!/usr/bin/env python3
"""Kills every command that writes, cuts its power, and makes calls to its disk fail; then checks that nothing was lost.

usage: bench/durability.py kills|cuts|faults [TRIALS] [SEED] [--only CASE] [--trial N]      default: 100 trials, seed 1, all cases

    kills   SIGKILL after a random share of the time of an undisturbed command
    cuts    the command works on an ext4 image; at a random moment, or right after it ended with 0, the image is copied, and the copy is
            mounted: what the disk would hold after a power cut (root only; the image lies in memory)
    faults  one random call of open, write, rename, fsync, unlink, link or mkdir fails with EIO, ENOSPC, EACCES or EROFS
            (faults/faults.c, compiled with cc)

Trials go through the cases in turn. Each begins with a fresh copy of the same small world, population, models, audiences and store. A
command's outputs do not depend on time or place, so they are compared with those of an undisturbed command, byte by byte, except for files
that two undisturbed commands make differently (records with times). After the disturbance:

    - every output is wholly the old one or wholly the new one; a store's published version is whole;
    - a command that ended with 0 left the new state, also after a power cut;
    - a command that failed ended with a documented code that is not 1, and its error names a path;
    - the same command, run again, ends with the new state, and leaves no temporary file in the folder or in TMPDIR;
    - after `forget` has ended with 0, the users' ids and the rows of their embeddings are in no file.

Prints one line per case and one per problem; the exit code is 1 after a problem. KINDRED=… names another command; KEEP=… names a folder that
keeps the states of failed trials.
"""
import gzip, json, os, random, re, shutil, signal, struct, subprocess, sys, tempfile, time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
KINDRED = os.environ.get("KINDRED", "dotnet " + os.path.join(ROOT, "artifacts/bin/Kindred.Cli/release/Kindred.Cli.dll")).split()
KEEP = os.environ.get("KEEP")
TEMPORARY = re.compile(r"\.tmp-[0-9]+-|\.tmp$|\.tmp-deleted$")
RECORDS = {"runs/" + name for name in ("LOCK", "held.json", "log.jsonl", "exports.jsonl", "forgotten.jsonl")} | {"comparison/report.html"}
DOCUMENTED = {0, 2, 42, 43, 44, 74, 75, 130}
ERRNOS = {"EIO": 5, "EACCES": 13, "ENOSPC": 28, "EROFS": 30}
IMAGE_BYTES = 96 << 20

SETTINGS = """population: population
seeds: [day-{day}.csv]
store: runs
keep: 2
exclude: [opted-out.csv]
sizes: [2%, 60]
batch_lists: 2
sample_users: 1000
publish_lists: csv
warm_start: false
training: {{ epochs: 2, hidden_from: 2000 }}
lists:
  advertiser-01: {{ owner: one, publish_lists: parquet }}
  advertiser-02: {{ owner: two, method: nearest }}
"""

# The one plan in the store of a prepared base.
PLAN = "PLAN"
TRAIN = ["--population", "population", "--seeds", "day-1.csv", "--method", "linear"]


class Case:
    """A command, the folders that it may change, and how it is run again once its output exists."""

    def __init__(self, name, *command, out=None, again=None, changes=(), prepare=None):
        self.name, self.out, self.prepare = name, out, prepare
        # A worker shows no progress that could be silenced.
        self.command = list(command) if command[0] == "worker" else [*command, "-q"]
        self.again, self.changes = again, set(changes) | ({out} if out else set())

    def repeated(self, folder):
        if self.again:
            return self.again(folder)
        exists = self.out and os.path.exists(os.path.join(folder, self.out))
        return self.command if not exists or "--replace" in self.command else [*self.command, "--replace"]


def cases(gone):
    embed = ["embed", "--interactions", "world/interactions.csv", "--users", "world/users.csv", "--dimension", "16", "--iterations", "2"]
    expand = ["expand", "--population", "population", "--models", "models"]
    compare = ["compare", "--population", "population", "--seeds", "day-1.csv", "--methods", "centroid,activity", "--baseline", "activity", "--out", "comparison"]
    demo = ["demo", "--users", "1500", "--seed-lists", "4", "--out", "made"]
    run = lambda day: ["run", f"day-{day}.yaml", "--date", "2026-11-30"]
    return [
        Case("generate", "generate", "--users", "1000", "--seed-lists", "3", "--format", "csv", "--out", "made", out="made"),
        Case("embed", *embed, "--out", "made", out="made"),
        Case("embed --replace", *embed, "--seed", "2", "--out", "population", "--replace", out="population"),
        Case("import", "import", "--embeddings", "vectors.csv", "--out", "made", out="made"),
        Case("import --replace", "import", "--embeddings", "vectors.csv", "--out", "population", "--replace", out="population"),
        Case("train", "train", *TRAIN, "--seed", "2", "--out", "made", out="made"),
        Case("train --replace", "train", *TRAIN, "--seed", "2", "--out", "models", "--replace", out="models"),
        Case("expand", *expand, "--size", "3%", "--out", "made", out="made"),
        Case("expand --replace", *expand, "--size", "3%", "--format", "parquet", "--out", "audiences", "--replace", out="audiences"),
        Case("compare", *compare, out="comparison", again=lambda folder: [
            *compare, "-q", *(["--resume"] if os.path.exists(os.path.join(folder, "comparison.parts")) else []),
            *(["--replace"] if os.path.exists(os.path.join(folder, "comparison")) else [])], changes=["comparison.parts"]),
        Case("inspect", "inspect", "--population", "population", "--seeds", "day-1.csv", "--out", "made", out="made"),
        Case("reach", "reach", "--population", "population", "--seeds", "day-1.csv", "--method", "linear", "--out", "made", out="made"),
        Case("tune", "tune", "--population", "population", out="population/tuning"),
        Case("demo", *demo, out="made", again=lambda folder: shutil.rmtree(os.path.join(folder, "made"), ignore_errors=True) or [*demo, "-q"]),
        Case("simulate", "experiment", "simulate", "--users", "1500", "--seed-lists", "4", "--days", "2", "--pre-days", "2", "--out", "made",
             out="made"),
        Case("analyze", "experiment", "analyze", "--settings", "test/experiment.yaml", "--out", "made", out="made"),
        Case("assign", "experiment", "assign", "--units", "world/users.csv", "--salt", "s", "--arm", "a=1", "b=1", "--out", "arms.csv",
             out="arms.csv"),
        Case("run --plan-only", *run(2), "--plan-only", changes=["runs"]),
        Case("run second", *run(2), "--allow-missing", changes=["runs", "population"]),
        Case("run unchanged", *run(1), "--allow-missing", changes=["runs", "population"]),
        Case("rollback", "rollback", "1", "--store", "runs", changes=["runs"]),
        Case("rollback --lift", "rollback", "--lift", "--store", "runs", changes=["runs"], prepare=["rollback", "1", "--store", "runs", "-q"]),
        Case("worker", "worker", "--store", "runs", "--plan", PLAN, "--stage", "train", "--index", "0", changes=["runs"],
             prepare=[*run(2), "--plan-only", "-q"]),
        Case("forget", "forget", *gone, "--settings", "day-1.yaml", "--also", "models", "audiences", "inspection", "world",
             changes=["runs", "population", "models", "audiences", "inspection", "world"]),
    ]


def kindred(folder, *arguments):
    done = subprocess.run([*KINDRED, *arguments], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"kindred {' '.join(arguments)} ended with {done.returncode}:\n{done.stderr}")


def make_base(base):
    os.makedirs(base)
    kindred(base, "generate", "--users", "1500", "--seed-lists", "4", "--min-seeds", "80", "--format", "csv", "--out", "world", "-q")
    with open(f"{base}/world/users.csv") as file:
        users = [line.split(",")[0] for line in file][1:]
    with open(f"{base}/world/seeds.csv") as file:
        header, *seeds = file.read().splitlines()
    day_2 = [line for i, line in enumerate(seeds) if not line.startswith("advertiser-03") or i % 7]
    chance = random.Random(1)
    texts = {
        "day-1.csv": "\n".join([header, *seeds, ""]), "day-2.csv": "\n".join([header, *day_2, ""]),
        "opted-out.csv": "\n".join(["user_id", *users[5::40], ""]),
        "day-1.yaml": SETTINGS.format(day=1), "day-2.yaml": SETTINGS.format(day=2),
        "vectors.csv": "user_id," + ",".join(f"e{k}" for k in range(16)) + "\n" + "".join(
            user + "".join(f",{chance.gauss(0, 1):.4f}" for _ in range(16)) + "\n" for user in users),
    }
    for name, text in texts.items():
        with open(f"{base}/{name}", "w") as file:
            file.write(text)
    kindred(base, "embed", "--interactions", "world/interactions.csv", "--users", "world/users.csv", "--dimension", "16", "--iterations",
            "2", "--shards", "2", "--out", "population", "-q")
    kindred(base, "train", *TRAIN, "--out", "models", "-q")
    kindred(base, "expand", "--population", "population", "--models", "models", "--size", "2%", "--out", "audiences", "-q")
    kindred(base, "inspect", "--population", "population", "--seeds", "day-1.csv", "--out", "inspection", "-q")
    kindred(base, "experiment", "simulate", "--users", "1500", "--seed-lists", "4", "--days", "2", "--pre-days", "2", "--out", "test", "-q")
    kindred(base, "run", "day-2.yaml", "--date", "2026-11-29", "--allow-missing", "-q")
    kindred(base, "run", "day-1.yaml", "--date", "2026-11-30", "--allow-missing", "-q")
    return [seeds[3].split(",")[1], seeds[-2].split(",")[1]]


def tree(folder):
    found = {}
    for at, folders, files in os.walk(folder):
        if at == folder and "lost+found" in folders:
            folders.remove("lost+found")
        for name in folders:
            found[os.path.relpath(os.path.join(at, name), folder) + "/"] = b""
        for name in files:
            with open(os.path.join(at, name), "rb") as file:
                found[os.path.relpath(os.path.join(at, name), folder)] = file.read()
    return found


def is_temporary(path):
    return any(TEMPORARY.search(part) for part in path.rstrip("/").split("/"))


def unit(path):
    return path.split("/")[0]


def traces_of(base, users):
    """The bytes that must be gone after a deletion: the ids, and the rows of their embeddings."""
    traces = [user.encode() for user in users]
    for shard in sorted(name for name in os.listdir(f"{base}/population") if name.startswith("shard-")):
        path = f"{base}/population/{shard}"
        ids, starts = npy(f"{path}/user_ids.npy", "u1"), npy(f"{path}/user_id_offsets.npy", "q")
        rows = npy(f"{path}/embeddings.npy", "u1")
        size = len(rows) // (len(starts) - 1)
        for row in range(len(starts) - 1):
            if bytes(ids[starts[row]:starts[row + 1]]).decode() in users:
                traces.append(rows[row * size:(row + 1) * size])
    return traces


def npy(path, code):
    raw = open(path, "rb").read()
    body = raw[10 + struct.unpack_from("<H", raw, 8)[0]:]
    return body if code == "u1" else struct.unpack(f"<{len(body) // struct.calcsize(code)}{code}", body)


class Trials:
    def __init__(self, case, base, work, gone):
        self.case, self.base, self.work = case, base, work
        if case.prepare:
            self.base = os.path.join(work, "prepared")
            shutil.rmtree(self.base, ignore_errors=True)
            subprocess.run(["cp", "-a", base, self.base], check=True)
            kindred(self.base, *case.prepare)
            if PLAN in case.command:
                plan = os.path.join("runs/plans", os.listdir(os.path.join(self.base, "runs/plans"))[0])
                case.command = [plan if word == PLAN else word for word in case.command]
        base = self.base
        self.gone = traces_of(base, gone) if case.name == "forget" else []
        self.before = tree(base)
        first, self.seconds, self.counts = self.undisturbed(count=True)
        second, seconds, _ = self.undisturbed()
        self.seconds = min(self.seconds, seconds)
        self.volatile = {path for path in first.keys() & second.keys() if first[path] != second[path]} | RECORDS
        odd = first.keys() ^ second.keys()
        if odd:
            sys.exit(f"{case.name}: two undisturbed commands left different files: {sorted(odd)[:5]}")
        self.after = first
        if case.name == "forget" and self.found(first):
            sys.exit(f"forget, undisturbed, left users in {self.found(first)[:5]}")

    def found(self, files):
        held = []
        for path, data in files.items():
            if path.startswith("test/") or path in ("day-1.csv", "day-2.csv", "opted-out.csv", "vectors.csv"):
                continue
            texts = [data, gzip.decompress(data)] if path.endswith(".gz") else [data]
            if any(trace in text for text in texts for trace in self.gone):
                held.append(path)
        return held

    def fresh(self):
        folder = os.path.join(self.work, "trial")
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run(["cp", "-a", self.base, folder], check=True)
        return folder

    def environment(self, extra=()):
        temporary = os.path.join(self.work, "tmp")
        shutil.rmtree(temporary, ignore_errors=True)
        os.makedirs(temporary)
        return {**os.environ, "TMPDIR": temporary, "DOTNET_EnableDiagnostics": "0", **dict(extra)}

    def start(self, folder, command, extra=()):
        return subprocess.Popen([*KINDRED, *command], cwd=folder, env=self.environment(extra), stdout=subprocess.DEVNULL,
                                stderr=subprocess.PIPE, text=True)

    def undisturbed(self, count=False):
        folder, counts = self.fresh(), os.path.join(self.work, "counts")
        extra = {"LD_PRELOAD": os.path.join(self.work, "faults.so"), "FAULT_UNDER": folder, "FAULT_COUNT": counts} if count and \
            os.path.exists(os.path.join(self.work, "faults.so")) else {}
        begin = time.monotonic()
        process = self.start(folder, self.case.command, extra)
        error = process.communicate()[1]
        if process.returncode:
            sys.exit(f"{self.case.name}, undisturbed, ended with {process.returncode}: {error}")
        seconds = time.monotonic() - begin
        numbers = dict(line.split() for line in open(counts)) if extra else {}
        return tree(folder), seconds, {kind: int(number) for kind, number in numbers.items() if int(number)}

    def differences(self, files, expected, units):
        wrong = []
        for path in sorted(files.keys() | expected.keys()):
            if unit(path) not in units or is_temporary(path):
                continue
            if path not in files:
                wrong.append(f"{path} is missing")
            elif path not in expected:
                wrong.append(f"{path} is left")
            elif files[path] != expected[path] and path not in self.volatile:
                wrong.append(f"{path} differs ({len(files[path])} bytes)")
        return wrong

    def check_state(self, folder, acknowledged):
        """What is there right after the disturbance."""
        files, wrong = tree(folder), []
        for name in sorted({unit(path) for path in files.keys() | self.before.keys() | self.after.keys() if not is_temporary(path)}):
            if name == "comparison.parts":
                continue
            if name == "runs":
                wrong += self.check_store(files, acknowledged)
                continue
            new = self.differences(files, self.after, {name})
            if not new or (not acknowledged and not self.differences(files, self.before, {name})):
                continue
            if not acknowledged and self.is_between(files, name):
                continue
            wrong += [f"{'acknowledged, but ' if acknowledged else 'neither old nor new: '}{text}" for text in new[:3]]
        if acknowledged and self.gone:
            wrong += [f"acknowledged, but {path} holds a forgotten user" for path in self.found(files)[:3]]
        return wrong

    def is_between(self, files, name):
        """A world may have other files in it, so a deletion replaces its files one by one, and stays pending until all are replaced."""
        return self.case.name == "forget" and name == "world" and all(
            files.get(path) in (self.before.get(path), self.after.get(path)) for path in files.keys() | self.after.keys()
            if unit(path) == name and not is_temporary(path))

    def check_store(self, files, acknowledged):
        """The published version is that of before or after, with all its files; what is acknowledged is all there."""
        wanted = [self.after] if acknowledged else [self.before, self.after]
        current = files.get("runs/CURRENT")
        problems = []
        for expected in wanted:
            if current != expected["runs/CURRENT"]:
                problems = problems or [f"runs/CURRENT is {current}"]
                continue
            version = "runs/versions/" + current.decode().strip() + "/"
            lost = [path for path in expected if path.startswith(version) and files.get(path) != expected[path] and path not in self.volatile]
            if acknowledged:
                lost += [path for path in expected if path.startswith("runs/") and path not in self.volatile and files.get(path) != expected[path]]
            if not lost:
                return []
            problems = [f"{path} is lost or differs" for path in lost[:3]]
        return [("acknowledged, but " if acknowledged else "") + text for text in problems]

    def check_again(self, folder):
        """Runs the same command again; it must end with the new state and leave nothing."""
        command = self.case.repeated(folder)
        process = self.start(folder, command)
        error = process.communicate()[1]
        if process.returncode:
            return [f"again: kindred {' '.join(command)} ended with {process.returncode}: {error.strip()[-400:]}"]
        files = tree(folder)
        names = {unit(path) for path in files.keys() | self.after.keys()}
        wrong = ["again: " + text for text in self.differences(files, self.after, names)]
        wrong += [f"again: {path} is left" for path in files if is_temporary(path)]
        wrong += [f"again: {name} is left in TMPDIR" for name in os.listdir(os.path.join(self.work, "tmp"))]
        if self.gone:
            wrong += [f"again: {path} holds a forgotten user" for path in self.found(files)]
        return wrong

    def kill(self, chance):
        folder = self.fresh()
        process = self.start(folder, self.case.command)
        try:
            process.communicate(timeout=chance.uniform(0.05, 1) * self.seconds)
            return None, []
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
        return folder, self.check_state(folder, False) + self.check_again(folder)

    def fault(self, chance):
        kind = chance.choice(sorted(self.counts))
        number, name = chance.randint(1, self.counts[kind]), chance.choice(sorted(ERRNOS))
        folder = self.fresh()
        process = self.start(folder, self.case.command, {
            "LD_PRELOAD": os.path.join(self.work, "faults.so"), "FAULT_UNDER": folder, "FAULT_KIND": kind, "FAULT_AT": str(number),
            "FAULT_ERRNO": str(ERRNOS[name])})
        error, code = process.communicate()[1], process.returncode
        wrong = self.check_state(folder, code == 0)
        if code == 1 or code not in DOCUMENTED:
            wrong.append(f"ended with {code}: {error.strip()[-600:]}")
        if code and not re.search(r"[\w.-]+[/.][\w.-]+|made|runs|population|models|audiences|comparison", error):
            wrong.append(f"the error names no path: {error.strip()[-300:]}")
        wrong += self.check_again(folder)
        return folder, [f"{kind} {number} of {self.counts[kind]} fails with {name} (code {code}): {text}" for text in wrong]

    def cut(self, chance):
        image, copy = os.path.join(self.work, "disk.img"), os.path.join(self.work, "cut.img")
        subprocess.run(["cp", "--sparse=always", os.path.join(self.work, "base.img"), image], check=True)
        mounted = os.path.join(self.work, "mounted")
        with Mounted(image, mounted):
            process = self.start(os.path.join(mounted, "base"), self.case.command)
            acknowledged = chance.random() < 0.4
            try:
                process.communicate(timeout=None if acknowledged else chance.uniform(0.1, 1) * self.seconds)
                acknowledged = process.returncode == 0
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGSTOP)
            subprocess.run(["cp", "--sparse=always", image, copy], check=True)
            if process.returncode is None:
                process.send_signal(signal.SIGKILL)
                process.communicate()
        with Mounted(copy, mounted):
            folder = os.path.join(mounted, "base")
            wrong = self.check_state(folder, acknowledged) + self.check_again(folder)
            if wrong and KEEP:
                shutil.copytree(folder, os.path.join(KEEP, "cut-state"), dirs_exist_ok=True)
        return None, [("after exit 0: " if acknowledged else "") + text for text in wrong]


class Mounted:
    # Without background writes: only what a command syncs is on the disk.
    def __init__(self, image, folder):
        self.image, self.folder = image, folder

    def __enter__(self):
        os.makedirs(self.folder, exist_ok=True)
        subprocess.run(["mount", "-o", "loop,commit=300", self.image, self.folder], check=True)

    def __exit__(self, *_):
        subprocess.run(["umount", self.folder], check=True)


def main():
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    options = dict(zip(sys.argv, sys.argv[1:]))
    only, trial_only = options.get("--only"), options.get("--trial")
    words = [word for word in words if word not in (only, trial_only)]
    if not words or words[0] not in ("kills", "cuts", "faults"):
        sys.exit(__doc__)
    mode, numbers = words[0], [int(word) for word in words[1:]]
    trials, seed = (numbers + [100, 1][len(numbers):])[:2]
    good = True
    place = "/dev/shm" if mode == "cuts" else None
    with tempfile.TemporaryDirectory(prefix="kindred-durability-", dir=place) as work:
        work = os.path.realpath(work)
        base = os.path.join(work, "base")
        gone = make_base(base)
        if mode == "faults":
            subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", os.path.join(work, "faults.so"),
                            os.path.join(ROOT, "bench/faults/faults.c"), "-ldl"], check=True)
        if mode == "cuts":
            image = os.path.join(work, "base.img")
            with open(image, "wb") as file:
                file.truncate(IMAGE_BYTES)
            subprocess.run(["mkfs.ext4", "-q", "-F", image], check=True)
            with Mounted(image, os.path.join(work, "mounted")):
                subprocess.run(["cp", "-a", base, os.path.join(work, "mounted/base")], check=True)
        # A plan names its population by its full path, which is another one on the image; and the image has only the plain base.
        chosen = [case for case in cases(gone) if only in (None, case.name)
                  and (mode != "cuts" or not (case.prepare or case.name == "run --plan-only"))]
        if not chosen:
            sys.exit(f"there is no case '{only}' of {mode}")
        for i, case in enumerate(chosen):
            wanted = trials // len(chosen) + (i < trials % len(chosen))
            of = Trials(case, base, work, gone)
            done, ended, problems = 0, 0, []
            while done < wanted:
                number = done + ended
                chance = random.Random(f"{seed} {mode} {case.name} {number}")
                if trial_only is not None and number != int(trial_only):
                    done += 1
                    continue
                folder, wrong = {"kills": of.kill, "cuts": of.cut, "faults": of.fault}[mode](chance)
                if mode == "kills" and folder is None:
                    # The command ended before the kill.
                    ended += 1
                    continue
                done += 1
                problems += [f"trial {number}: {text}" for text in wrong]
                if wrong and KEEP and folder:
                    shutil.copytree(folder, os.path.join(KEEP, f"{mode}-{case.name}-{number}".replace(" ", "-")), dirs_exist_ok=True)
            good &= not problems
            print(f"{case.name}: {done} {mode} ({of.seconds:.2f} s undisturbed), {len(problems)} problems", flush=True)
            for problem in problems[:10]:
                print("  " + problem, flush=True)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
