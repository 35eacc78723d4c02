#!/usr/bin/env bash
# Publishes the kindred command as one file that includes the runtime: the target machine needs no installation.
# usage: ./publish.sh [FOLDER]      FOLDER/kindred is the file; default: artifacts/single-file
# Restores exactly the packages of locks/RUNTIME. KINDRED_LOCK=1 writes these lock files, after a change of packages or for another runtime.
set -euo pipefail
root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
out=${1:-$root/artifacts/single-file}
runtime=${KINDRED_RUNTIME:-linux-x64}
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# A build for a runtime needs more packages than the projects' lock files know, so it has its own. The analyzer of single files is off
# because its package has the version of the SDK, which differs from machine to machine.
locks=$root/locks/$runtime
locked=true
[[ ${KINDRED_LOCK:-} != 1 ]] || locked=false
if [[ $locked == true && ! -d $locks ]]; then
    echo "There are no lock files for $runtime in $locks. KINDRED_LOCK=1 ./publish.sh writes them; check and commit them." >&2
    exit 1
fi

work=$root/artifacts/publish-$runtime
dotnet publish "$root/src/Kindred.Cli" --configuration Release --runtime "$runtime" --self-contained \
    --artifacts-path "$work" --output "$out" --nologo --verbosity quiet \
    -p:LockFolder="$locks" -p:RestoreLockedMode="$locked" -p:RestoreForceEvaluate="$([[ $locked == true ]] || echo true)" \
    -p:RunAnalyzers=false -p:EnableSingleFileAnalyzer=false \
    -p:PublishSingleFile=true -p:IncludeNativeLibrariesForSelfExtract=true -p:EnableCompressionInSingleFile=false \
    -p:DebugType=none -p:GenerateDocumentationFile=false
mv -f "$out/Kindred.Cli" "$out/kindred"
echo "$out/kindred"
