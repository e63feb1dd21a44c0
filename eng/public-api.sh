#!/usr/bin/env bash
# Brings PublicAPI.Unshipped.txt of the projects named (default: all in src/) up to date with the code.
# The analyzer's own messages carry the exact lines, so no IDE is needed: eng/public-api.sh src/CxrNet.Core
set -euo pipefail
cd "$(dirname "$0")/.."
projects=("$@")
[ ${#projects[@]} -gt 0 ] || projects=(src/*)
for project in "${projects[@]}"; do
    api="$project/PublicAPI.Unshipped.txt"
    [ -f "$project/PublicAPI.Shipped.txt" ] || printf '#nullable enable\n' > "$project/PublicAPI.Shipped.txt"
    [ -f "$api" ] || printf '#nullable enable\n' > "$api"
    # Only this project's own messages: the projects that it references say theirs in the same build.
    log=$(dotnet build "$project" -c Release --no-incremental -v:q -p:TreatWarningsAsErrors=false 2>&1 | grep -F "/$(basename "$project").csproj]" || true)
    removed=$(grep -oP "RS0017: Symbol '\K.*(?=' is part of the declared API)" <<<"$log" | sort -u || true)
    added=$(grep -oP "RS0016: Symbol '\K.*(?=' is not part of the declared)" <<<"$log" | sort -u || true)
    {
        echo '#nullable enable'
        { { grep -vxF -e '#nullable enable' -e "${removed:-#nullable enable}" "$api" || true; }; printf '%s\n' "$added"; } | sed '/^$/d' | LC_ALL=C sort -u
    } > "$api.new"
    mv "$api.new" "$api"
    echo "$project: +$(grep -c . <<<"$added" || true) -$(grep -c . <<<"$removed" || true)"
done
