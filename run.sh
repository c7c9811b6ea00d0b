#!/usr/bin/env bash
# Starts the whole product in one process on an embedded store. Needs the .NET SDK and nothing else.
#   INTERVEN_URL   where it listens (default http://127.0.0.1:8080)
#   INTERVEN_DATA  where it keeps its data (default ./data)
set -euo pipefail
cd "$(dirname "$0")"
export INTERVEN_URL="${INTERVEN_URL:-http://127.0.0.1:8080}"
export INTERVEN_DATA="${INTERVEN_DATA:-$PWD/data}"
out=$PWD/api-frontend/bin/Release/net10.0
app=$out/Interven.ApiFrontend.dll

rooms=(contracts engine grain-interfaces grains storage silo api-frontend Directory.Build.props Directory.Packages.props)
if [ ! -f "$app" ] || [ -n "$(find "${rooms[@]}" -type f -newer "$app" -not -path '*/obj/*' -not -path '*/bin/*' -print -quit)" ]; then
  echo "Building Interven (once; a minute or so) ..."
  dotnet build api-frontend -c Release -nologo -v quiet
  touch "$app"
fi
exec dotnet "$app" --contentRoot "$out"
