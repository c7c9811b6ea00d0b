#!/usr/bin/env bash
# The console as a person feels it: the published product with many records, in a headless Chromium on the same machine. Prints
#   what the first load weighs on the wire, and how long until one can type; the first page of Activity, each filter, paging on;
#   memory while rows arrive live.
#   RECORDS   how many (default 1000000)      SECONDS_LIVE   how long rows arrive (default 60; 0: only fill)      RATE   rows a second (default 200)
#   STORE     a folder to keep the filled store in, and to take it from the next time      PUBLISHED   a published front end, instead of publishing one
# Needs: .NET SDK, Node.js, /usr/bin/chromium, a built tests/Console.Tests (its browser driver). Ends what it started, by pid.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd); root=$(cd "$here/../../.." && pwd)
records=${RECORDS:-1000000}; port=${LOAD_PORT:-18470}
work=$(mktemp -d "${TMPDIR:-/tmp}/interven-console.XXXXXX"); pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; rm -rf "$work"' EXIT
store=${STORE:-$work/data}; published=${PUBLISHED:-$work/app}
[ -n "${PUBLISHED:-}" ] || dotnet publish "$root/api-frontend" -c Release -nologo -v quiet -o "$published"
[ "${LOAD_NO_BUILD:-}" = 1 ] || dotnet build "$root/tests/bench/load/Day" -c Release -nologo -v quiet

start() {
  INTERVEN_RATELIMIT_DISABLED=1 INTERVEN_ADMIN_EMAIL=anna@bank.example INTERVEN_ADMIN_PASSWORD="correct horse battery staple" \
    INTERVEN_URL=http://127.0.0.1:$port INTERVEN_DATA=$store dotnet "$published/Interven.ApiFrontend.dll" --contentRoot "$published" >> "$work/log" 2>&1 &
  pid=$!
  until curl -fsS "http://127.0.0.1:$port/health/ready" > /dev/null 2>&1; do kill -0 "$pid"; sleep 0.2; done
}
if [ ! -f "$store/bench.key" ]; then
  start; until grep -q '^INTERVEN_API_KEY=' "$work/log"; do sleep 0.2; done
  kill "$pid"; wait "$pid" || true
  dotnet "$root/tests/bench/load/Day/bin/Release/net10.0/Interven.Bench.Day.dll" "$store" "$records"
  grep -m1 '^INTERVEN_API_KEY=' "$work/log" | cut -d= -f2 > "$store/bench.key"
fi
[ "${SECONDS_LIVE:-60}" != 0 ] || { pid=; exit 0; }
start
echo "machine: $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg), $(date -u +%FT%TZ), commit $(git -C "$root" rev-parse --short HEAD); $records records"
node "$here/measure.mjs" "http://127.0.0.1:$port" "$(cat "$store/bench.key")" "${SECONDS_LIVE:-60}" "${RATE:-200}"
