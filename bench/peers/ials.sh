#!/usr/bin/env bash
# Runs the embedding trainer's peer in C on one set: objective and CPU seconds, one thread. Needs gcc and OpenBLAS (libopenblas-dev).
#   KINDRED_DATA=/path/to/data bench/peers/ials.sh [set] [dimension] [steps] [method: cg or cholesky]
set -euo pipefail
: "${KINDRED_DATA:?set KINDRED_DATA to the folder of the data sets}"
here=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
gcc -O3 -march=native -ffast-math -o "$folder/ials" "$here/ials.c" -lopenblas -lm
cd "$folder"
zcat "$KINDRED_DATA/${1:-pinterest}/interactions.csv.gz" | awk -f "$here/pairs.awk" > pairs
./ials "${4:-cg}" "${2:-64}" 8 "${3:-4}" 0.1 0.001 5 < pairs
