#!/usr/bin/env bash
# Fails where the library has become slower against the yardsticks that run beside it; the kept ratios are benchmarks/guard.json.
# About a minute; three at most, where something has to be measured again.
#
#   eng/bench-guard.sh            compares
#   eng/bench-guard.sh --update   keeps what is measured now: on a quiet machine, in the commit whose change explains it
set -euo pipefail
cd "$(dirname "$0")/.."
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
CXRNET_BENCH_OUT=$(mktemp -d)
export CXRNET_BENCH_OUT
trap 'rm -rf "$CXRNET_BENCH_OUT"' EXIT
# In CI the solution is built before; otherwise this builds what is missing.
dotnet build -c Release -v:quiet -nologo benchmarks/CxrNet.Benchmarks
program=$(find benchmarks/CxrNet.Benchmarks/bin/Release -name CxrNet.Benchmarks -type f -perm -u+x | head -n 1)
"$program" guard "$@"
