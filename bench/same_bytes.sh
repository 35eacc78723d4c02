#!/usr/bin/env bash
# Runs about 60 commands with two builds of Kindred on one small world, and lists the files and outputs that differ.
# A refactoring should change none, except times and words for people.
#   bench/same_bytes.sh OLD/Kindred.Cli.dll NEW/Kindred.Cli.dll
set -euo pipefail
[[ $# -eq 2 ]] || { echo "usage: bench/same_bytes.sh OLD/Kindred.Cli.dll NEW/Kindred.Cli.dll" >&2; exit 2; }
old=$(readlink -f -- "$1") new=$(readlink -f -- "$2")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Both builds run in a folder of the same name, because some outputs quote paths.
outputs() {
    local dll=$1 seeds=world/seeds.csv.gz
    rm -rf "$folder/run" && mkdir "$folder/run" && cd "$folder/run"
    keep() { local name=$1; shift; dotnet "$dll" "$@" > "out-$name.txt" 2> /dev/null || echo "exit code $?" >> "out-$name.txt"; }

    keep generate generate --users 4000 --seed-lists 6 --seed 3 --out world
    keep embed embed --interactions world/interactions.csv.gz --users world/users.csv.gz --dimension 32 --out population --output json
    keep check check --population population --seeds $seeds --output json
    keep inspect inspect --population population --seeds $seeds --out inspection --output json
    keep reach reach --population population --seeds $seeds --out reach --output json
    keep tune tune --population population --output json
    for method in mlp linear foldin ridge regression iv jaccard lsh centroid nearest auto; do
        keep "train-$method" train --population population --seeds $seeds --method $method --out "models-$method" --output json
        keep "expand-$method" expand --population population --models "models-$method" --size 1% --size 100 --out "audiences-$method" --output json
    done
    keep train-two train --population population --seeds $seeds --hidden-units 32 --second-hidden-units 16 --epochs 3 \
        --weight-by impressions --warm-start models-mlp --out models-two
    keep train-nnpu train --population population --seeds $seeds --loss nnpu --hidden-from 10 --country DE --out models-nnpu
    keep expand-parquet expand --population population --seeds $seeds --size 1% --format parquet --out audiences-parquet
    keep expand-pipe expand --population population --models models-mlp --size 50 --out -
    keep evaluate evaluate --population population --seeds $seeds --output json
    keep evaluate-blend evaluate --population population --seeds $seeds --method blend
    keep compare compare --population population --seeds $seeds --methods mlp,regression,iv --out comparison --output json
    keep run run world/run.yaml --date 2026-11-30 --output json
    keep run-again run world/run.yaml --date 2026-11-30
    keep runs runs --store world/runs --output json
    keep lookup lookup u0000100 u0000200 --store world/runs --output json
    keep verify verify population models-mlp audiences-mlp world/runs world --output json
    keep show show population models-mlp audiences-mlp world/runs inspection --output json
    keep forget forget u0000100 --store world/runs --output json
    keep assign experiment assign --salt test-7 --arm control=1 --arm treatment=1 --units world/users.csv.gz
    keep plan experiment plan --share 2.5% --effect 5% --units-a-day 20000 --output json
    keep simulate experiment simulate --users 4000 --out simulation --output json
    keep analyze experiment analyze --settings simulation/experiment.yaml --out analysis --output json
    keep update embed --update population --interactions world/interactions.csv.gz --out population-updated --output json
    keep import import --embeddings population/shard-00000/embeddings.npy --ids population/shard-00000/users.parquet --out imported --output json
    find . -type f -printf '%P\n' | LC_ALL=C sort | xargs -d '\n' sha256sum
}

(outputs "$old") > "$folder/old.sums"
(outputs "$new") > "$folder/new.sums"
echo "$(wc -l < "$folder/new.sums") files and outputs; these differ:"
{ diff "$folder/old.sums" "$folder/new.sums" || true; } | awk '/^[<>]/ { print $3 }' | LC_ALL=C sort -u
