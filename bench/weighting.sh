#!/usr/bin/env bash
# Measures the effect of sample weights, on worlds whose truth is known and, if KINDRED_DATA names data, on lastfm.
# Prints the paired differences, for docs/measurements.md. Needs python3.
#   [WORLDS=5] [USERS=50000] [METHODS=mlp,foldin,ridge] bench/weighting.sh
set -euo pipefail
cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python=${PYTHON:-python3}
methods=${METHODS:-mlp,foldin,ridge}
kindred=${KINDRED:-./kindred}
$kindred --version > /dev/null

compare() { $kindred compare --with-and-without-weights --methods "$methods" --baseline "${methods##*,}" --skip-small --quiet "$@" > /dev/null; }

for world in $(seq 1 "${WORLDS:-5}"); do
    at=$folder/world-$world
    $kindred generate --users "${USERS:-50000}" --seed-lists 20 --max-seeds 5000 --seed "$world" --format csv --out "$at" --quiet > /dev/null
    $kindred embed --interactions "$at/interactions.csv" --users "$at/users.csv" --out "$at-population" --quiet > /dev/null
    for by in impressions ctr impressions,ctr; do
        compare --population "$at-population" --seeds "$at/seeds.csv" --weight-by "$by" --out "$folder/world-by-$by-$world"
        $kindred expand --population "$at-population" --seeds "$at/seeds.csv" --weight-by "$by" --size 1% --out "$at-audiences-$by" --quiet > /dev/null
    done
    $kindred expand --population "$at-population" --seeds "$at/seeds.csv" --size 1% --out "$at-audiences" --quiet > /dev/null
done
for by in impressions ctr impressions,ctr; do
    echo "worlds, weighted by $by"
    "$python" bench/weighting.py figures "$folder/world-by-$by-"*
    "$python" bench/weighting.py truth "$folder" "$by"
done

if [[ -d ${KINDRED_DATA:-} ]]; then
    "$python" bench/hide-artists.py "$KINDRED_DATA/lastfm/interactions.csv.gz" 50 4 "$folder/lastfm"
    for fold in "$folder"/lastfm/*; do
        $kindred embed --interactions "$fold/interactions.csv" --users "$fold/users.csv" --out "$fold/population" --quiet > /dev/null
        compare --population "$fold/population" --seeds "$fold/seeds.csv" --weight-by plays --holdout-share 0.2 --repeats 5 --out "$fold/comparison"
    done
    echo "lastfm, weighted by plays"
    "$python" bench/weighting.py figures "$folder"/lastfm/*/comparison
fi
