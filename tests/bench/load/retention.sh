#!/usr/bin/env bash
# A retention run of 30 days on many old records under scan load, on SQLite and on Postgres: exactly the old records go, what is pending, open or young stays, and how
# much slower scans are meanwhile (p99 at half load, before, beside and after the run).
#   RECORDS   old ones (default 200000)      STORES   which (default: sqlite postgres)      SECONDS_EACH   length of one measurement (default 8)
#   WINDOWS   measurements before and after the run, each (default 12: some minutes hold a checkpoint and a vacuum, half a minute may not)
# Needs: .NET SDK, wrk, curl, Postgres. Takes some eleven minutes a store. Ends what it started, by pid.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd); root=$(cd "$here/../../.." && pwd)
records=${RECORDS:-200000}; stores=${STORES:-sqlite postgres}; each=${SECONDS_EACH:-8}; windows=${WINDOWS:-12}; pg_bin=${PG_BIN:-/usr/lib/postgresql/15/bin}
port=${LOAD_PORT:-18470}; work=$(mktemp -d "${TMPDIR:-/tmp}/interven-retention.XXXXXX"); chmod 755 "$work"
app=$root/api-frontend/bin/Release/net10.0; fill=$here/Fill/bin/Release/net10.0/Interven.Bench.Fill.dll
declare -A pid key url rps us lat
started=(); failures=0
source "$here/measure.sh"
trap finish EXIT
[ "${LOAD_NO_BUILD:-}" = 1 ] || { dotnet build "$root/api-frontend" -c Release -nologo -v quiet; dotnet build "$here/Fill" -c Release -nologo -v quiet; }

api() { local path=$1; shift; curl -fsS -H "Authorization: Bearer $token" -H 'Content-Type: application/json' "${url[$store]}$path" "$@"; }
count() { api "/api/telemetry/decisions/export?$1" -D - -o /dev/null | tr -d '\r' | awk -F': ' 'tolower($1) == "x-interven-records" { print $2 }'; }
items() { api "$1" | grep -o "\"$2\":\"" | wc -l; }
expect() { if [ "$2" = "$3" ]; then echo "  $1: $2"; else echo "  $1: $2, expected $3"; failures=1; fi; }

# One stretch of scans at half load, as a line and at the end of p99s.
window() {
  LOAD_PAUSE=$pause LOAD_CHECK=1 drive "$store" 64 "$each"; p99s+="$p99 "
  echo "$store: $1 the run p50 $p50 p95 $p95 p99 $p99 ms, $(awk -v n="$requests" -v s="$seconds" 'BEGIN { printf "%.0f", n / s }') scans/s, $failed not a durable ALLOW"
}

measure() {
  local pause days full run p99s=""
  store=$1; shift
  start_product "$store" "$@"
  token=$(sed -n 's/.*INTERVEN_ADMIN_TOKEN=//p' "$work/$store.log" | head -1 | tr -d ' \r')
  dotnet "$fill" "$work/$store" "$records" 60 31
  api /api/settings -X PATCH -d '{"retention_days":30}' -o /dev/null
  curl -fsS -o /dev/null -H "Authorization: Bearer ${key[$store]}" "${url[$store]}/v1/scan" -d '{"method":"POST","url":"https://iam.amazonaws.com/?Action=CreateUser","body":{"UserName":"night-batch"}}'
  days=$(date -u -d '-45 days' +%F)
  # An open incident of an old record: the record goes, the incident stays.
  api /api/incidents -o /dev/null -d "{\"title\":\"Kept\",\"trace_ids\":[$(api "/api/telemetry/decisions?until=$days&limit=1" | grep -o '"trace_id":"[^"]*"' | head -1 | cut -d: -f2)]}"
  local pending open; pending=$(items '/api/approvals?status=pending' approval_id); open=$(items '/api/incidents?status=open' incident_id)
  LOAD_CHECK=1 drive "$store" 64 10; settle "$store"
  drive "$store" 64 5; full=$(awk -v n="$requests" -v s="$seconds" 'BEGIN { print n / s }')
  pause=$(awk -v r="$full" 'BEGIN { printf "%d", 64 * 2000 / r - 1 }')
  local before beside after
  for _ in $(seq "$windows"); do window before; done; before=$p99s
  local began; began=$(now_ms)
  { api /api/retention/run -X POST > "$work/run.json"; echo $(($(now_ms) - began)) > "$work/took"; } & run=$!
  p99s=""; while window beside; kill -0 "$run" 2> /dev/null; do :; done; beside=$p99s
  wait "$run"; p99s=""; for _ in $(seq "$windows"); do window after; done; after=$p99s
  echo "$store: p99 beside the run ÷ without it, medians of all windows: $(median "$beside") ÷ $(median "$before$after") = $(awk -v a="$(median "$beside")" -v b="$(median "$before$after")" 'BEGIN { printf "%.2f", a / b }')"
  echo "$store: the run took $(< "$work/took") ms: $(< "$work/run.json")"
  expect "records deleted" "$(grep -o '"records":[0-9]*' "$work/run.json" | cut -d: -f2)" "$records"
  expect "records over their time left" "$(count "format=ndjson&until=$(date -u -d '-30 days -1 minute' +%FT%TZ)")" 0
  expect "pending approvals" "$(items '/api/approvals?status=pending' approval_id)" "$pending"
  expect "open incidents" "$(items '/api/incidents?status=open' incident_id)" "$open"
  kill "${pid[$store]}"; wait "${pid[$store]}" 2> /dev/null || true
}

echo "machine: $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg), $(date -u +%FT%TZ), commit $(git -C "$root" rev-parse --short HEAD)"
for kind in $stores; do
  if [ "$kind" = sqlite ]; then unset FILL_CONNECTION; measure sqlite $((port + 1))
  else
    start_postgres
    export FILL_CONNECTION="Host=127.0.0.1;Port=$((port + 9));Username=postgres;Database=interven" INTERVEN_CREDENTIAL_ENCRYPTION_KEY
    INTERVEN_CREDENTIAL_ENCRYPTION_KEY=$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')
    measure postgres $((port + 2)) "ConnectionStrings__Interven=$FILL_CONNECTION" Interven__HostSilo=true Interven__Silo__Port=$((port + 3)) Interven__Silo__GatewayPort=$((port + 4))
  fi
done
exit $failures
