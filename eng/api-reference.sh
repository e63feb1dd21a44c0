#!/usr/bin/env bash
# Makes the API reference from the XML documentation: artifacts/api/site/index.html. docfx is installed into artifacts/tools.
# What docfx warns of in the documentation itself (a reference that leads nowhere) is an error.
set -euo pipefail
cd "$(dirname "$0")/.."
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
version=2.81.0
docfx=artifacts/tools/docfx
[ -x "$docfx" ] || dotnet tool install docfx --tool-path artifacts/tools --version "$version"

# The command line's folder has every assembly of ours and all that they refer to.
[ "${1:-}" = --no-build ] || dotnet build samples/CxrNet.Cli -c Release -v:quiet -nologo
rm -rf artifacts/api
mkdir -p artifacts/api
"$docfx" metadata docs/api/docfx.json --logLevel warning | tee artifacts/api/metadata.log
"$docfx" build docs/api/docfx.json --logLevel warning | tee artifacts/api/build.log
if grep -hiE 'warning' artifacts/api/*.log | grep -qE 'InvalidCref|InvalidFileLink|xref'; then
    echo "the documentation refers to what is not there" >&2
    exit 1
fi
echo "artifacts/api/site/index.html: $(find artifacts/api/site -name '*.html' | wc -l) pages"
