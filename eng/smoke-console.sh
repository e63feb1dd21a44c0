#!/usr/bin/env bash
# A newcomer's first minutes against packed packages: an empty console project, one package reference, the three lines,
# on a phantom. Usage: eng/smoke-console.sh <folder of .nupkg files>
set -euo pipefail
feed=$(cd "$1" && pwd)
version=$(basename "$feed"/CxrNet.Core.*.nupkg .nupkg)
version=${version#CxrNet.Core.}

# Outside the repository, or its Directory.Build.props would take part.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Own packages go to a folder of this run, so that none of an earlier build is taken; everybody else's come from the usual one.
usual=${NUGET_PACKAGES:-$HOME/.nuget/packages}
fallback=
[ -d "$usual/cxrnet.core" ] || fallback="<fallbackPackageFolders><add key=\"usual\" value=\"$usual\" /></fallbackPackageFolders>"
mkdir -p "$usual"
cat >"$work/nuget.config" <<XML
<configuration>
  <packageSources><add key="packed" value="$feed" /></packageSources>
  <packageSourceMapping><clear /></packageSourceMapping>
  <config><add key="globalPackagesFolder" value="$work/packages" /></config>
  $fallback
</configuration>
XML
unset NUGET_PACKAGES

mkdir "$work/first" && cd "$work/first"
cat >first.csproj <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="CxrNet" Version="$version" />
  </ItemGroup>
</Project>
XML
cat >Program.cs <<'CS'
using CxrNet;

CxrNet.Imaging.PngFile.Write("phantom.png", ChestPhantom.Create(new PhantomOptions { Class = PhantomClass.Covid19 }).Image);

using var cxr = CxrNetPipeline.CreateDefault();
CxrReport report = cxr.Analyze("phantom.png");
report.SaveOverlay("overlay.png");

foreach (Finding finding in report.Prediction.Findings)
{
    Console.WriteLine($"{finding.Name} {finding.Probability:F6}");
}
CS
dotnet build -c Release -v:quiet -nologo
dotnet run -c Release --no-build | tee output.txt

[ "$(awk '{ print $1 }' output.txt | tr '\n' ' ')" = "normal bacterial_pneumonia viral_pneumonia covid19 " ] ||
    { echo "four findings expected" >&2; exit 1; }
awk '{ sum += $2 } END { exit !(sum > 0.99999 && sum < 1.00001) }' output.txt ||
    { echo "the probabilities do not sum to 1" >&2; exit 1; }
# A PNG's header holds width and height as big-endian numbers at offset 16.
[ "$(od -An -tx1 -j16 -N8 overlay.png | tr -d ' ')" = "0000020000000200" ] ||
    { echo "an overlay of 512 x 512 expected" >&2; exit 1; }
