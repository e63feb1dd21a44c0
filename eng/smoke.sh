#!/usr/bin/env bash
# The packed packages as their users meet them: from a local feed into empty projects, in every way a program is shipped.
#
#   eng/smoke.sh <folder of .nupkg files>                     everything
#   eng/smoke.sh <folder of .nupkg files> newcomer aot        some: tool newcomer web worker single-file trimmed aot
#
# A step that takes longer than SMOKE_TIMEOUT seconds (300) has failed. A real X-ray is read too where CXRNET_DATA
# (by default ../shared/data) has one.
set -euo pipefail
repository=$(cd "$(dirname "$0")/.." && pwd)
feed=$(cd "$1" && pwd)
shift
wanted=("$@")
[ ${#wanted[@]} -gt 0 ] || wanted=(tool newcomer web worker single-file trimmed aot)
version=$(basename "$feed"/CxrNet.Core.*.nupkg .nupkg)
version=${version#CxrNet.Core.}
real=$(find "${CXRNET_DATA:-$repository/../shared/data}/originals" -name 'covid19*.png' 2>/dev/null | sort | head -n 1 || true)
[ -z "$real" ] || real=$(realpath "$real")
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# Outside the repository, or its Directory.Build.props would take part.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# Own packages go to a folder of this run, so that none of an earlier build is taken; everybody else's come from the usual one.
usual=${NUGET_PACKAGES:-$HOME/.nuget/packages}
fallback=
[ -d "$usual/cxrnet.core" ] || fallback="<fallbackPackageFolders><add key=\"usual\" value=\"$usual\" /></fallbackPackageFolders>"
mkdir -p "$usual"
cat >nuget.config <<XML
<configuration>
  <packageSources><add key="packed" value="$feed" /></packageSources>
  <packageSourceMapping><clear /></packageSourceMapping>
  <config><add key="globalPackagesFolder" value="$work/packages" /></config>
  $fallback
</configuration>
XML
unset NUGET_PACKAGES

fail() { echo "smoke: $*" >&2; exit 1; }

# macOS has no timeout(1); there a step that hangs is stopped by hand.
step() {
    command -v timeout >/dev/null || { "$@"; return; }
    local code=0
    timeout "${SMOKE_TIMEOUT:-300}" "$@" || code=$?
    [ "$code" -ne 124 ] || echo "smoke: stopped after ${SMOKE_TIMEOUT:-300} s: $*" >&2
    return "$code"
}

# $1: a file of lines "name probability …".
four_findings() {
    [ "$(awk '$2 ~ /^[01]\.[0-9]+$/ { print $1 }' "$1" | tr '\n' ' ')" = "normal bacterial_pneumonia viral_pneumonia covid19 " ] ||
        fail "four findings expected, found: $(cat "$1")"
    awk '$2 ~ /^[01]\.[0-9]+$/ { sum += $2 } END { exit !(sum > 0.999 && sum < 1.001) }' "$1" || fail "the probabilities do not sum to 1: $(cat "$1")"
}

# $1: a PNG. Its header holds width and height as big-endian numbers at offset 16.
is_512() { [ "$(od -An -tx1 -j16 -N8 "$1" | tr -d ' ')" = "0000020000000200" ] || fail "'$1' of 512 x 512 expected"; }

# $1: folder, $2: template, $3…: packages.
new_project() {
    step dotnet new "$2" -o "$1" --no-restore >/dev/null
    local package
    for package in "${@:3}"; do
        step dotnet add "$1" package "$package" --version "$version" >"$1.log" || { cat "$1.log" >&2; fail "'$package' cannot be added"; }
    done
}

# What a newcomer writes: the three lines, and a fourth that prints.
three_lines() {
    cat <<'CS'
using CxrNet;

using var cxr = CxrNetPipeline.CreateDefault();
CxrReport report = cxr.Analyze(args[0]);
report.SaveOverlay("overlay.png");

Console.WriteLine(report);
CS
}

phantom() {
    [ -f phantom.png ] && return
    # The file is drawn by the tool; where that is not asked for, the tool is still what draws it.
    [ -x tools/cxrnet ] || step dotnet tool install CxrNet.Cli --tool-path tools --version "$version" >tool.log || { cat tool.log >&2; fail "the tool does not install"; }
    step tools/cxrnet phantom --class covid19 --out phantom.png >/dev/null
}

tool() {
    phantom
    step tools/cxrnet classify phantom.png --json >tool.json
    grep -q '"findings":\[{"name":"normal"' tool.json || fail "cxrnet prints no findings: $(cat tool.json)"
    step tools/cxrnet doctor >/dev/null || fail "cxrnet doctor finds something broken: $(tools/cxrnet doctor)"
    # Tab behind "cxrnet comp", as bash does it.
    PATH="$work/tools:$PATH" bash -c 'source <(cxrnet completion bash); COMP_LINE="cxrnet comp" COMP_POINT=11 COMP_WORDS=(cxrnet comp) COMP_CWORD=1; _cxrnet_complete; echo "${COMPREPLY[*]}"' >tab.txt
    [ "$(tr '\n' ' ' <tab.txt)" = "compare compare-maps completion " ] || fail "Tab gives '$(cat tab.txt)'"
}

newcomer() {
    phantom
    new_project first console CxrNet
    three_lines >first/Program.cs
    (cd first && step dotnet run -c Release -- ../phantom.png | tee ../first.txt)
    four_findings first.txt
    is_512 first/overlay.png
    if [ -n "$real" ]; then
        (cd first && step dotnet run -c Release --no-build -- "$real" >../real.txt)
        echo "a real X-ray:"
        cat real.txt
        four_findings real.txt
    else
        echo "no real X-ray: CXRNET_DATA is not there"
    fi
}

web() {
    phantom
    new_project site web CxrNet
    cat >site/Program.cs <<'CS'
using CxrNet;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddCxrNet();
builder.Services.AddBundledCxrModels();
builder.Services.AddHealthChecks().AddCheck<CxrHealthCheck>("cxrnet");

var app = builder.Build();
app.MapHealthChecks("/health");
app.MapPost("/", async (HttpRequest request, CxrPipeline cxr) =>
{
    using MemoryStream file = new();
    await request.Body.CopyToAsync(file);
    return cxr.Analyze(file.ToArray()).ToString();
});
app.Run();
CS
    step dotnet publish site -c Release -v:quiet -o site/out
    (cd site/out && exec ./site --urls http://127.0.0.1:0 >"$work/site.log" 2>&1) &
    local server=$! url="" i
    for i in $(seq 150); do
        url=$(grep -o 'http://127.0.0.1:[0-9]*' site.log 2>/dev/null | head -n 1 || true)
        [ -z "$url" ] || break
        sleep 0.2
    done
    local answer=0
    { [ -n "$url" ] && curl -fsS --max-time 60 --data-binary @phantom.png "$url/" >site.txt && curl -fsS --max-time 60 "$url/health" >health.txt; } || answer=$?
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    [ "$answer" -eq 0 ] || fail "the web application does not answer: $(cat site.log)"
    four_findings site.txt
    [ "$(cat health.txt)" = Healthy ] || fail "/health says '$(cat health.txt)'"
}

worker() {
    phantom
    new_project service worker CxrNet
    cat >service/Program.cs <<'CS'
using CxrNet;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddCxrNet();
builder.Services.AddBundledCxrModels();
builder.Services.AddHostedService<Worker>();
builder.Build().Run();

internal sealed class Worker(CxrPipeline cxr, IHostApplicationLifetime life) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        File.WriteAllText("result.txt", cxr.Analyze("../phantom.png").ToString());
        life.StopApplication();
        return Task.CompletedTask;
    }
}
CS
    rm -f service/Worker.cs
    (cd service && step dotnet run -c Release >../service.log 2>&1) || { cat service.log >&2; fail "the worker fails"; }
    four_findings service/result.txt
}

# $1: name, $2…: what publish is told. Publishes for this machine and runs it in a folder that is not its own.
published() {
    phantom
    local name=$1 project="app-$1"
    shift
    [ -d "$project" ] || { new_project "$project" console CxrNet; three_lines >"$project/Program.cs"; }
    step dotnet publish "$project" -c Release -v:quiet -o "$project/out" --use-current-runtime "$@" >"$name.log" 2>&1 || { cat "$name.log" >&2; fail "$name does not publish"; }
    # Warnings of other people's assemblies are theirs; none may be of ours.
    if grep -E 'warning (IL|AOT)' "$name.log" | grep -E "CxrNet\.[A-Za-z.]+'? produced|(^|/)src/CxrNet|: CxrNet\." >&2; then
        fail "$name: a warning of CxrNet's own code"
    fi
    mkdir -p "$name-run"
    (cd "$name-run" && step "../$project/out/$project" ../phantom.png >../"$name.txt")
    four_findings "$name.txt"
    is_512 "$name-run/overlay.png"
    echo "$(du -sm "$project/out" | cut -f1) MB in $(find "$project/out" -type f | wc -l) files; warnings of others: $(grep -oE "Assembly '[^']+' produced" "$name.log" | sort -u | grep -c . || true)"
}

single-file() { published single-file --self-contained -p:PublishSingleFile=true -p:DebugType=none; }

trimmed() { published trimmed --self-contained -p:PublishSingleFile=true -p:PublishTrimmed=true -p:DebugType=none; }

aot() {
    local linker=()
    if ! command -v clang >/dev/null; then
        # Native AOT links with clang by default; gcc does as well.
        command -v gcc >/dev/null || { echo "neither clang nor gcc: left out"; return; }
        linker=(-p:CppCompilerAndLinker=gcc)
    fi
    published aot -p:PublishAot=true -p:DebugType=none ${linker[@]+"${linker[@]}"}
}

for name in "${wanted[@]}"; do
    echo "--- $name"
    started=$SECONDS
    "$name"
    echo "$name: well, $((SECONDS - started)) s"
done
