#!/usr/bin/env bash
# Measures quality and cost of the defaults on the sets of KINDRED_DATA: each folder has interactions, users, seeds and holdout (.csv.gz),
# and lists.csv. Prints one line per set and step, for docs/measurements.md.
#   [SETS="beauty deezer"] [EMBED="--dimension 64"] bench/quality.sh [options of evaluate …]
set -euo pipefail
cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.."
: "${KINDRED_DATA:?set KINDRED_DATA to the folder of the data sets}"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
./kindred --version > /dev/null

timed() { /usr/bin/time -f '%e s, %M KB' -o "$folder/time" "$@"; }

for name in ${SETS:-pinterest beauty deezer}; do
    data=$KINDRED_DATA/$name
    timed ./kindred embed --interactions "$data/interactions.csv.gz" --users "$data/users.csv.gz" --out "$folder/$name" --quiet ${EMBED:-} > /dev/null
    echo "$name embed: $(cat "$folder/time")"
    for part in report choose; do
        timed ./kindred evaluate --population "$folder/$name" --seeds "$data/seeds.csv.gz" --holdout "$data/holdout.csv.gz" \
            --lists "$data/lists.csv" --part $part --quiet "$@" > "$folder/$part"
        echo "$name evaluate, $part lists: $(cat "$folder/time")"
        grep -E '^[a-z]+ +[0-9]' "$folder/$part"
    done
    timed ./kindred train --population "$folder/$name" --seeds "$data/seeds.csv.gz" --out "$folder/$name-models" --quiet > /dev/null
    echo "$name train, all lists: $(cat "$folder/time")"
    timed ./kindred expand --population "$folder/$name" --models "$folder/$name-models" --size 1% --out "$folder/$name-audiences" --quiet > /dev/null
    echo "$name expand, all lists: $(cat "$folder/time")"
done
