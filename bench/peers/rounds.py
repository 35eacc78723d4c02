"""Drives one peer over standard input: prepares it, prints the chosen variant, then does one run for each line it reads."""
import argparse
import json
import resource
import sys
import time

import blas


def arguments(jobs, as_written=True):
    """Reads the options; --as-written is refused if as_written is false. Ends the process on the reference BLAS."""
    blas.refuse_reference()
    parser = argparse.ArgumentParser()
    parser.add_argument("job", choices=sorted(jobs))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true")
    if as_written:
        parser.add_argument("--as-written", action="store_true", help="run the code as a user would write it, instead of the tuned variant")
    return parser.parse_args()


def say(**message):
    print(json.dumps(message), flush=True)


def seconds(work):
    """The processor seconds of one call, which exclude other programs on the machine."""
    start = time.process_time()
    work()
    return time.process_time() - start


def fastest(variants, tries=3):
    """The name and function of the fastest of several equivalent variants."""
    best = {name: min(seconds(work) for _ in range(tries)) for name, work in variants.items()}
    name = min(best, key=best.get)
    return name, variants[name]


def serve(items, whole, core=None, variant="", check=None, versions=None):
    """Serves runs. items: pairs or samples per run; whole: the job; core: the models alone, without selection."""
    whole()
    say(ready=True, items=items, variant=variant, check=check, versions=versions, blas=blas.described())
    for line in sys.stdin:
        if line.strip() == "end":
            break
        say(seconds=seconds(whole), core_seconds=seconds(core) if core else None)
    say(peak_memory_bytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
