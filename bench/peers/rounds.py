"""One peer, driven over standard input: prepares, says what it chose, then does one run for each line it reads."""
import argparse
import json
import resource
import sys
import time

import blas


def arguments(jobs, as_written=True):
    """as_written: whether the peer has such a way; otherwise the option is refused. Ends the process on the reference BLAS."""
    blas.refuse_reference()
    parser = argparse.ArgumentParser()
    parser.add_argument("job", choices=sorted(jobs))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true")
    if as_written:
        parser.add_argument("--as-written", action="store_true", help="as a user writes it, instead of tuned")
    return parser.parse_args()


def say(**message):
    print(json.dumps(message), flush=True)


def seconds(work):
    """Processor seconds of one call: what other programs on the machine take does not count."""
    start = time.process_time()
    work()
    return time.process_time() - start


def fastest(variants, tries=3):
    """The name and function of the fastest of several ways to do the same."""
    best = {name: min(seconds(work) for _ in range(tries)) for name, work in variants.items()}
    name = min(best, key=best.get)
    return name, variants[name]


def serve(items, whole, core=None, variant="", check=None, versions=None):
    """items: pairs or samples of a run; whole: the job; core: the models alone, without selection."""
    whole()
    say(ready=True, items=items, variant=variant, check=check, versions=versions, blas=blas.described())
    for line in sys.stdin:
        if line.strip() == "end":
            break
        say(seconds=seconds(whole), core_seconds=seconds(core) if core else None)
    say(peak_memory_bytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
