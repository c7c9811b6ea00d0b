#!/usr/bin/env bash
# The console as a person feels it: the published product with many records, in a headless Chromium on the same machine. Prints
#   what the first load weighs on the wire, and how long until one can type; the first page of Activity, each filter, paging on;
#   memory while rows arrive live.
#   RECORDS   how many (default 1000000)      SECONDS_LIVE   how long rows arrive (default 60)      RATE   rows a second (default 200)
# Needs: .NET SDK, Node.js, /usr/bin/chromium, a built tests/Console.Tests (its browser driver). Ends what it started, by pid.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd); root=$(cd "$here/../../.." && pwd)
records=${RECORDS:-1000000}; port=${LOAD_PORT:-18470}
work=$(mktemp -d "${TMPDIR:-/tmp}/interven-console.XXXXXX"); pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; rm -rf "$work"' EXIT
published=${PUBLISHED:-$work/app}
[ -n "${PUBLISHED:-}" ] || dotnet publish "$root/api-frontend" -c Release -nologo -v quiet -o "$published"
[ "${LOAD_NO_BUILD:-}" = 1 ] || dotnet build "$root/tests/bench/load/Fill" -c Release -nologo -v quiet

start() {
  INTERVEN_RATELIMIT_DISABLED=1 INTERVEN_ADMIN_EMAIL=anna@bank.example INTERVEN_ADMIN_PASSWORD="correct horse battery staple" \
    INTERVEN_URL=http://127.0.0.1:$port INTERVEN_DATA=$work/data dotnet "$published/Interven.ApiFrontend.dll" --contentRoot "$published" >> "$work/log" 2>&1 &
  pid=$!
  until curl -fsS "http://127.0.0.1:$port/health/ready" > /dev/null 2>&1; do kill -0 "$pid"; sleep 0.2; done
}
start; until grep -q '^INTERVEN_API_KEY=' "$work/log"; do sleep 0.2; done
key=$(grep -m1 '^INTERVEN_API_KEY=' "$work/log" | cut -d= -f2); kill "$pid"; wait "$pid" || true
dotnet "$root/tests/bench/load/Fill/bin/Release/net10.0/Interven.Bench.Fill.dll" "$work/data" "$records"
start
echo "machine: $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg), $(date -u +%FT%TZ), commit $(git -C "$root" rev-parse --short HEAD); $records records"
node "$here/measure.mjs" "http://127.0.0.1:$port" "$key" "${SECONDS_LIVE:-60}" "${RATE:-200}"
