#!/usr/bin/env bash
# Runs all checks that a change must pass: restore, formatting, build with warnings as errors, tests, smoke test.
# The last line is: N passed, N failed, N skipped.
set -uo pipefail
cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")"

passed=0 failed=0 skipped=0
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 NO_COLOR=1

finish() {
    echo "$passed passed, $failed failed, $skipped skipped"
    [[ $failed -eq 0 ]]
    exit
}

# Runs one check; after a failure the next steps still run.
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

# Some tests need these packages and are skipped without them. Each line has a package, and a command that succeeds if it is installed.
needed=(
    "python3-numpy|/usr/bin/python3 -c 'import numpy'"
    "python3-sklearn|/usr/bin/python3 -c 'import sklearn'"
    "zsh|command -v zsh"
    "bsdutils|command -v script"
    "util-linux|command -v setpriv"
    "chromium|command -v chromium"
)
missing() {
    local line
    for line in "${needed[@]}"; do
        bash -c "${line#*|}" > /dev/null 2>&1 || echo "${line%%|*}"
    done
}
mapfile -t packages < <(missing)
if [[ ${#packages[@]} -gt 0 ]] && [[ $(id -u) -eq 0 ]] && command -v apt-get > /dev/null; then
    echo "== Installing ${packages[*]}, which some tests need"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"; } > /dev/null 2>&1
    mapfile -t packages < <(missing)
fi
[[ ${#packages[@]} -eq 0 ]] ||
    echo "Missing packages that cannot be installed here (that needs root and apt-get): ${packages[*]}. The tests that need them are skipped." >&2

# Real data is not part of the repository: tests that need it read the folder KINDRED_DATA.
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

# The build enforces the style rules, but does not check white space and the order of usings. `dotnet format` repairs both.
usings_in_order() {
    find src tests bench -name '*.cs' -not -path '*/obj/*' -print0 | LC_ALL=C xargs -0 awk '
        FNR == 1 { last = ""; header = 1 }
        /^namespace / { header = 0 }
        header && /^using [A-Za-z0-9_.]+;/ {
            name = $2
            sub(";", "", name)
            key = (name ~ /^System(\.|$)/ ? "0" : "1") tolower(name)
            if (last != "" && key < last) { print FILENAME ":" FNR ": " name " is out of order"; wrong = 1 }
            last = key
        }
        END { exit wrong }'
}
step "White space" dotnet format whitespace --folder . --include src/ tests/ bench/ --verify-no-changes
step "Order of usings" usings_in_order

echo "== Build (warnings are errors)"
if ! dotnet build --configuration Release --no-restore --nologo --verbosity quiet; then
    failed=$((failed + 1))
    finish
fi

# Two test projects run at a time: while one waits for a child process, the other uses the core. The longest projects start first.
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
longest=(Kindred.Cli.Tests Kindred.Pipeline.Tests Kindred.Tests Kindred.Data.Tests)
projects=()
for project in "${longest[@]}"; do
    [[ -f tests/$project/$project.csproj ]] && projects+=("$project")
done
for project in tests/*.Tests/*.csproj; do
    project=$(basename "$project" .csproj)
    [[ " ${projects[*]} " == *" $project "* ]] || projects+=("$project")
done
echo "== Tests: ${projects[*]}"
printf '%s\n' "${projects[@]}" | xargs -P 2 -I NAME bash -c "
    dotnet artifacts/bin/NAME/release/NAME.dll -noColor > '$logs/NAME' 2>&1
    code=\$?
    echo \$code > '$logs/NAME.code'
    echo \"   NAME ended with \$code after \${SECONDS} s\""

count_tests() {
    local name=$1 log=$logs/$1
    local code line
    code=$(cat "$log.code" 2> /dev/null || echo 1)
    line=$(grep -E "^ *$name +Total: " "$log" | tail -n 1)
    if [[ $line =~ Total:\ ([0-9]+),\ Errors:\ ([0-9]+),\ Failed:\ ([0-9]+),\ Skipped:\ ([0-9]+),\ Not\ Run:\ ([0-9]+) ]]; then
        # "Not run" counts the tests that only other tests start.
        local total=$((BASH_REMATCH[1] - BASH_REMATCH[5])) errors=${BASH_REMATCH[2]} bad=${BASH_REMATCH[3]} left=${BASH_REMATCH[4]}
        passed=$((passed + total - bad - left))
        failed=$((failed + bad + errors))
        skipped=$((skipped + left))
        grep -A 2 '\[SKIP\]' "$log"
        # A run that crashed after its last test has also failed.
        [[ $code -eq 0 || $((bad + errors)) -gt 0 ]] || failed=$((failed + 1))
        echo "$line"
    else
        echo "FAILED: $name did not run to its end" >&2
        failed=$((failed + 1))
    fi

    [[ $code -eq 0 ]] || cat "$log"
}

for project in "${projects[@]}"; do
    count_tests "$project"
done

[[ ! -x /usr/bin/python3 ]] || step "Tests of the peers' BLAS" /usr/bin/python3 -m unittest discover -s bench/peers -p '*_test.py'

# Runs the script of a checkout as a user would. Tests run the other commands of docs/guide/start.md.
smoke() (
    set -e
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    ./kindred --version
    ./kindred generate --users 2000 --seed-lists 2 --min-seeds 60 --out "$folder/world" --quiet
    ./kindred embed --interactions "$folder/world/interactions.csv.gz" --users "$folder/world/users.csv.gz" --dimension 32 --out "$folder/population" --quiet
    ./kindred expand --population "$folder/population" --seeds "$folder/world/seeds.csv.gz" --size 200 --out "$folder/audiences" --quiet > /dev/null
    [[ $(wc -l < "$folder/audiences/advertiser-01.csv") -eq 201 ]]
)
step "Smoke test of the command" smoke
finish
