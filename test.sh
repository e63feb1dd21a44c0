#!/usr/bin/env bash
# Builds everything in Release and runs all tests. The last line is "N passed, N failed, N skipped", counted from the
# runners' own reports in artifacts/test-results. Fails where a test fails, a runner crashes or hangs, or nothing ran.
#
#   ./test.sh          all tests
#   ./test.sh golden   only the comparisons with golden numbers (CXRNET_GOLDEN, by default ../shared/golden)
set -euo pipefail
cd "$(dirname "$0")"

filter=()
case "${1:-}" in
    "") ;;
    golden) filter=(-trait Category=golden) ;;
    *) echo "usage: ./test.sh [golden]" >&2; exit 2 ;;
esac

# No build process outlives this script: one that kept its output open would hang whoever reads it.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

echo "== build"
dotnet build CxrNet.Core.sln -c Release -v:quiet -nologo

# The browser tests of the viewer want a Chromium; where none can be had they say why, and fail where CI=true.
if [ ${#filter[@]} -eq 0 ]; then
    if browser=$(eng/browser.sh); then
        export CXRNET_CHROMIUM=$browser
    fi
fi

results=artifacts/test-results
rm -rf "$results"
mkdir -p "$results"
passed=0 failed=0 skipped=0
limit=${TEST_TIMEOUT:-1200}
# macOS has no timeout(1); there a test that hangs is stopped by hand.
stop=()
command -v timeout >/dev/null && stop=(timeout --kill-after=10 "$limit")

attribute() { grep -o -m1 '<assembly [^>]*>' "$2" | grep -oE " $1=\"[0-9]+\"" | grep -oE '[0-9]+'; }

for project in tests/*.Tests/*.csproj; do
    name=$(basename "$project" .csproj)
    echo "== $name"
    # With or without a folder for the runtime identifier; the newest, should an older build have left the other.
    # shellcheck disable=SC2012
    runner=$(ls -t "tests/$name/bin/Release/net10.0/"{,*/}"$name.dll" 2>/dev/null | head -n 1 || true)
    report="$results/$name.xml"
    status=0
    eng/libstdcxx-shim.sh ${stop[@]+"${stop[@]}"} "${runner%.dll}" -noLogo -noColor -noAutoReporters \
        -reporter quiet -longRunning 120 ${filter[@]+"${filter[@]}"} -result-xml "$report" || status=$?

    if ! counted=$(attribute failed "$report" 2>/dev/null); then
        echo "$name: exit code $status and no report (124 = stopped after $limit s)" >&2
        failed=$((failed + 1))
        continue
    fi

    wrong=$((counted + $(attribute errors "$report")))
    if [ "$status" -ne 0 ] && [ "$wrong" -eq 0 ]; then
        echo "$name: exit code $status, though its report says that all is well" >&2
        wrong=1
    fi

    passed=$((passed + $(attribute passed "$report")))
    failed=$((failed + wrong))
    skipped=$((skipped + $(attribute skipped "$report")))
    echo "$(attribute passed "$report") passed, $wrong failed, $(attribute skipped "$report") skipped"
done

if [ "$skipped" -gt 0 ]; then
    echo "== skipped"
    # One test a line, then its name and its reason.
    sed 's/<test /\n&/g' "$results"/*.xml | sed -nE '/^<test [^>]*result="Skip"/{s/^<test [^>]* name="([^"]*)".*<reason>(<!\[CDATA\[)?([^]<]*).*/  \1: \3/;s/&quot;/"/g;s/&lt;/</g;s/&gt;/>/g;s/&amp;/\&/g;p}'
fi

echo "$passed passed, $failed failed, $skipped skipped"
if [ $((passed + failed)) -eq 0 ]; then
    echo "nothing ran" >&2
    exit 1
fi

[ "$failed" -eq 0 ]
