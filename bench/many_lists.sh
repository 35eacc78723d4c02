#!/usr/bin/env bash
# Compares the memory and disk that a daily run states with what it uses, for many small seed lists on 20,000 users (or USERS).
#
#     bench/many_lists.sh FOLDER LISTS SEEDS      for example 100000 1, 1000000 1, 20000 50
#
# Needs /usr/bin/python3 with NumPy and /usr/bin/time (GNU). Prints the notes of the run, wall and processor time, peak memory, and
# the size of the store.
set -euo pipefail
folder=$1 lists=$2 seeds=$3 users=${USERS:-20000}
root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
mkdir -p "$folder"
cd "$folder"
if [[ ! -d population ]]; then
    /usr/bin/python3 "$root/bench/embedded_world.py" world --users "$users" --dimension 16 --lists 1 > /dev/null
    "$root/kindred" import --embeddings world/vectors.npy --ids world/ids.txt --users world/users.csv.gz --activity clicks --space lists \
        --out population > /dev/null
fi

# A list has neighbours in the file of ids, so the same arguments give the same lists. One large list is there to be published.
/usr/bin/awk -v lists="$lists" -v seeds="$seeds" '
    { ids[NR - 1] = $0 }
    END {
        print "seed_list_id,user_id"
        for (i = 0; i < 500; i++) print "large," ids[i * 7 % NR]
        for (list = 0; list < lists; list++) for (i = 0; i < seeds; i++) printf "list-%07d,%s\n", list, ids[(list * 13 + i * 11) % NR]
    }' world/ids.txt > seeds.csv
cat > run.yaml <<'YAML'
population: population
seeds: seeds.csv
sizes: [1%]
method: linear
minimum_kept: 0
max_lists_per_owner: 2000000
YAML
[[ -z ${WITHOUT_LIMIT:-} ]] || sed -i /max_lists_per_owner/d run.yaml
rm -rf runs
/usr/bin/time -f "%e s wall, %U s of processor time, %M KB at most" "$root/kindred" run run.yaml
du -sk runs | awk '{ printf "%d KB in the store\n", $1 }'
