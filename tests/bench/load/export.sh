#!/usr/bin/env bash
# Export of many records from the whole product in one process on SQLite: rows a second, and memory above idle, for each format.
#   RECORDS   how many (default 1000000)      FORMATS   which (default: all)      STORE   a folder to keep the filled store in, for further runs
# Needs: .NET SDK, curl. Filling takes a minute or two for a million. Ends what it started, by pid.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd); root=$(cd "$here/../../.." && pwd)
records=${RECORDS:-1000000}; formats=${FORMATS:-ndjson json csv splunk datadog ocsf cef}; port=${LOAD_PORT:-18450}
work=$(mktemp -d "${TMPDIR:-/tmp}/interven-export.XXXXXX"); store=${STORE:-$work/data}; app=$root/api-frontend/bin/Release/net10.0; pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; rm -rf "$work"' EXIT
[ "${LOAD_NO_BUILD:-}" = 1 ] || { dotnet build "$root/api-frontend" -c Release -nologo -v quiet; dotnet build "$here/Fill" -c Release -nologo -v quiet; }

start() {
  INTERVEN_URL=http://127.0.0.1:$port INTERVEN_DATA=$store dotnet "$app/Interven.ApiFrontend.dll" --contentRoot "$app" >> "$work/log" 2>&1 &
  pid=$!
  until curl -fsS "http://127.0.0.1:$port/health/ready" > /dev/null 2>&1; do kill -0 "$pid"; sleep 0.2; done
}
rss() { awk '/VmRSS/ { print $2 }' "/proc/$pid/status"; }

if [ ! -s "$store/key" ]; then
  start; until grep -q '^INTERVEN_API_KEY=' "$work/log"; do sleep 0.2; done
  kill "$pid"; wait "$pid" || true
  begun=$(date +%s); dotnet "$here/Fill/bin/Release/net10.0/Interven.Bench.Fill.dll" "$store" "$records"; echo "filled in $(( $(date +%s) - begun )) s"
  grep -m1 '^INTERVEN_API_KEY=' "$work/log" | cut -d= -f2 > "$store/key"
fi
key=$(< "$store/key"); start
export_() { curl -fsS -H "Authorization: Bearer $key" "http://127.0.0.1:$port/v1/decisions/export?format=$1$2"; }
# A short export of each format first, so that idle is the memory of a process that has done this before.
for format in $formats; do export_ "$format" "&until=$(date -u -d '-23 hours' +%FT%TZ)" > /dev/null; done
sleep 5; idle=$(rss)
echo "machine: $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg), $(date -u +%FT%TZ), commit $(git -C "$root" rev-parse --short HEAD)"
echo "store: $(du -m "$store/interven.db" | cut -f1) MB for $records records; idle: $((idle / 1024)) MB"
for format in $formats; do
  peak=0; begun=$(date +%s%N)
  export_ "$format" "" | wc -lc > "$work/count" & sending=$!
  while kill -0 "$sending" 2>/dev/null; do now=$(rss); [ "$now" -gt "$peak" ] && peak=$now; sleep 0.1; done
  wait "$sending"; took=$(( ($(date +%s%N) - begun) / 1000000 ))
  echo "$format: $(awk '{ print $1 " lines, " int($2 / 1048576) " MB" }' "$work/count"), $took ms, $(( records * 1000 / took )) rows/s, peak $(( (peak - idle) / 1024 )) MB above idle"
done
