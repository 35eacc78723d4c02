#!/usr/bin/env bash
# Publishes the kindred command as one file that includes the runtime: the target machine needs no installation.
# usage: ./publish.sh [FOLDER]      FOLDER/kindred is the file; default: artifacts/single-file
set -euo pipefail
root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
out=${1:-$root/artifacts/single-file}
runtime=${KINDRED_RUNTIME:-linux-x64}
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# Packages for the runtime are kept in a separate folder, because the committed lock files are for builds without a runtime.
work=$root/artifacts/publish-$runtime
dotnet publish "$root/src/Kindred.Cli" --configuration Release --runtime "$runtime" --self-contained \
    --artifacts-path "$work" --output "$out" --nologo --verbosity quiet \
    -p:LockFolder="$work/locks" -p:RestoreLockedMode=false -p:RunAnalyzers=false \
    -p:PublishSingleFile=true -p:IncludeNativeLibrariesForSelfExtract=true -p:EnableCompressionInSingleFile=false \
    -p:DebugType=none -p:GenerateDocumentationFile=false
mv -f "$out/Kindred.Cli" "$out/kindred"
echo "$out/kindred"
