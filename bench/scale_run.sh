#!/usr/bin/env bash
# Measures the daily run at scale: 10,000 seed lists x 1,000,000 users (or LISTS, USERS), then a run without changes, then one changed list.
#
#     bench/scale_run.sh FOLDER          needs /usr/bin/python3 with NumPy, about 3 GB of disk, and at least 15 minutes
#
# Prints the output of each step, its wall time, processor time and peak memory (GNU time).
set -euo pipefail
folder=$1 users=${USERS:-1000000} lists=${LISTS:-10000}
root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
mkdir -p "$folder"
cd "$folder"

step() {
    echo "== $1"
    shift
    /usr/bin/time -f "   %e s wall, %U s of processor time, %M KB at most" "$@"
}

[[ -d world ]] || step "Making users and seed lists" "$root/bench/embedded_world.py" world --users "$users" --dimension 64 --lists "$lists"
[[ -d population ]] || step "Importing embeddings" "$root/kindred" import --embeddings world/vectors.npy --ids world/ids.txt \
    --users world/users.csv.gz --activity clicks --space scale --out population
cat > run.yaml <<'YAML'
population: population
seeds: world/seeds.csv
sizes: [1%]
# Linear models, which small lists also get by default. 50,000 negatives per list.
method: linear
training: { max_negatives: 50000 }
YAML
cp -n world/seeds.csv all-seeds.csv
cp all-seeds.csv world/seeds.csv
rm -rf runs
step "First run" "$root/kindred" run run.yaml --allow-missing
step "Nothing changed" "$root/kindred" run run.yaml --allow-missing

# Without every tenth seed of one list.
awk -F, '$1 != "advertiser-007" || NR % 10' all-seeds.csv > world/seeds.csv
step "One list changed" "$root/kindred" run run.yaml --allow-missing
step "Nothing changed" "$root/kindred" run run.yaml --allow-missing
step "Difference" "$root/kindred" diff 1 2 --store runs
cp all-seeds.csv world/seeds.csv
cat runs/log.jsonl
