"""Detects the BLAS of a process: its name, its version if known, and its file.

Debian's NumPy and PyTorch link `libblas.so.3`, and the alternatives system decides which library that is. With `libblas3` alone it is the
reference BLAS, which is about 16 times slower than OpenBLAS. A comparison on it measures the wrong thing, so the peers refuse it.
"""
import ctypes
import pathlib
import re
import sys

REFUSED = 3
REMEDY = ("Install an optimised BLAS: on Debian `apt-get install libopenblas0-pthread`. "
          "Where it is installed, `update-alternatives --display libblas.so.3-x86_64-linux-gnu` shows which library is used.")

# Parts of file paths, in lower case, and their libraries. The first match counts, because OpenBLAS is also installed as
# .../openblas-pthread/libblas.so.3.
KINDS = (("openblas", "OpenBLAS"), ("libmkl", "MKL"), ("blis", "BLIS"), ("atlas", "ATLAS"), ("libblas.so", "reference BLAS"))


def libraries(maps):
    """The BLAS libraries among the files that a process has mapped (the text of /proc/PID/maps): {path: name}."""
    paths = {line.split(maxsplit=5)[5].removesuffix(" (deleted)") for line in maps.splitlines() if len(line.split(maxsplit=5)) == 6}
    found = {}
    for path in sorted(path for path in paths if re.search(r"\.so(\.[0-9.]+)?$", path)):
        # Only for libblas.so.3 does the folder decide; the file name identifies every other library.
        name = pathlib.PurePath(path).name.lower()
        text = path.lower() if name.startswith("libblas.so") else name
        kind = next((kind for part, kind in KINDS if part in text), None)
        if kind:
            found[path] = kind
    return found


def is_reference(found):
    return "reference BLAS" in found.values()


def version(path):
    """The version and kernels that OpenBLAS reports, such as "0.3.21 … SkylakeX …"; empty for other libraries."""
    library = ctypes.CDLL(path)
    for symbol in ("openblas_get_config", "openblas_get_config64_", "scipy_openblas_get_config", "scipy_openblas_get_config64_"):
        if hasattr(library, symbol):
            function = getattr(library, symbol)
            function.restype = ctypes.c_char_p
            return function().decode().removeprefix("OpenBLAS").strip()
    return ""


def loaded():
    """The BLAS libraries of this process, after its imports; empty if the system has no /proc."""
    maps = pathlib.Path("/proc/self/maps")
    return libraries(maps.read_text()) if maps.exists() else {}


def described():
    """A readable text: every BLAS of this process with its version and file."""
    texts = {}
    for path, kind in loaded().items():
        # Several files may belong to one library: use the one that reports a version.
        texts[kind] = max(texts.get(kind, ""), f"{kind} {version(path)}".strip() + f" ({path})",
                          key=lambda text: (" MAX_THREADS" in text, text))
    torch = sys.modules.get("torch")
    built_in = re.search(r"BLAS_INFO=(\w+)", torch.__config__.show()) if torch and not texts else None
    if built_in:
        return f"{built_in[1]}, linked into PyTorch"
    return "; ".join(texts.values()) or "unknown"


def refuse_reference():
    """Ends the process with the status REFUSED if it would compute with the reference BLAS."""
    found = loaded()
    if is_reference(found):
        path = next(path for path, kind in found.items() if kind == "reference BLAS")
        print(f"NumPy and PyTorch run on the reference BLAS here ({path}), which is about 16 times slower than OpenBLAS. {REMEDY}", file=sys.stderr)
        sys.exit(REFUSED)
