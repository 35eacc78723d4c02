#!/usr/bin/env bash
# Everything that must hold before a change lands: restore, formatting, build with warnings as errors, tests, smoke test.
# Ends in one line: N passed, N failed, N skipped.
set -uo pipefail
cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")"

passed=0 failed=0 skipped=0
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 NO_COLOR=1

finish() {
    echo "$passed passed, $failed failed, $skipped skipped"
    [[ $failed -eq 0 ]]
    exit
}

# A step is one check of its own; the steps after it still run.
step() {
    local name=$1
    shift
    echo "== $name"
    if "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $name" >&2
    fi
}

if ! command -v dotnet > /dev/null; then
    echo "The .NET 10 SDK is needed, and 'dotnet' is not on the PATH. Get it from https://dot.net, or your system's packages." >&2
    failed=1
    finish
fi

# NumPy is an oracle for some tests. It comes from the system's packages where we may install them.
if ! /usr/bin/python3 -c 'import numpy' 2> /dev/null; then
    if [[ $(id -u) -eq 0 ]] && command -v apt-get > /dev/null; then
        echo "== Installing python3-numpy, an oracle for some tests"
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-numpy; } > /dev/null 2>&1 ||
            echo "Could not install python3-numpy: the tests that compare with NumPy will be skipped." >&2
    else
        echo "python3-numpy is not there and cannot be installed without root: the tests that compare with NumPy will be skipped." >&2
    fi
fi

# Real data is not part of the repository: tests that need it look for it in KINDRED_DATA.
if [[ -z ${KINDRED_DATA:-} && -d ../shared/data ]]; then
    KINDRED_DATA=$(cd ../shared/data && pwd)
    export KINDRED_DATA
fi
[[ -n ${KINDRED_DATA:-} ]] || echo "KINDRED_DATA is not set: the tests on real data will be skipped."

echo "== Restore"
if ! dotnet restore --locked-mode --nologo --verbosity quiet; then
    echo "FAILED: restore. If packages were changed on purpose, run 'dotnet restore --force-evaluate' and commit the lock files." >&2
    failed=1
    finish
fi

step "Formatting" dotnet format --verify-no-changes --no-restore

echo "== Build (warnings are errors)"
if ! dotnet build --configuration Release --no-restore --nologo --verbosity quiet; then
    failed=$((failed + 1))
    finish
fi

run_tests() {
    local name=$1 log
    log=$(mktemp)
    echo "== $name"
    dotnet "artifacts/bin/$name/release/$name.dll" -noColor > "$log" 2>&1
    local code=$?
    local line
    line=$(grep -E "^ *$name +Total: " "$log" | tail -n 1)
    if [[ $line =~ Total:\ ([0-9]+),\ Errors:\ ([0-9]+),\ Failed:\ ([0-9]+),\ Skipped:\ ([0-9]+),\ Not\ Run:\ ([0-9]+) ]]; then
        # Not run are those that only other tests start.
        local total=$((BASH_REMATCH[1] - BASH_REMATCH[5])) errors=${BASH_REMATCH[2]} bad=${BASH_REMATCH[3]} left=${BASH_REMATCH[4]}
        passed=$((passed + total - bad - left))
        failed=$((failed + bad + errors))
        skipped=$((skipped + left))
        grep -A 2 '\[SKIP\]' "$log"
        # A run that died after its last test has failed too.
        [[ $code -eq 0 || $((bad + errors)) -gt 0 ]] || failed=$((failed + 1))
        echo "$line"
    else
        failed=$((failed + 1))
    fi

    [[ $code -eq 0 ]] || cat "$log"
    rm -f "$log"
}

for project in tests/*/*.csproj; do
    run_tests "$(basename "$project" .csproj)"
done

# The command as its user types it, on a world that is small enough to be quick.
smoke() (
    set -e
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    ./kindred --version
    ./kindred generate --users 5000 --seed-lists 5 --out "$folder/world" --quiet
    ./kindred embed --interactions "$folder/world/interactions.csv.gz" --users "$folder/world/users.csv.gz" --dimension 32 --out "$folder/population" --quiet
    ./kindred train --population "$folder/population" --seeds "$folder/world/seeds.csv.gz" --out "$folder/models" --quiet > /dev/null
    ./kindred expand --population "$folder/population" --models "$folder/models" --size 1% --size 200 --country DE --out "$folder/audiences" --quiet > /dev/null
    ./kindred evaluate --population "$folder/population" --seeds "$folder/world/seeds.csv.gz" --quiet
    [[ $(wc -l < "$folder/audiences/advertiser-01.csv") -eq 201 ]]
)
step "Smoke test of the command" smoke
finish
