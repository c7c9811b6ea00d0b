#!/usr/bin/env bash
# Throughput, CPU per request, latency and start-up of the whole product in one process, on SQLite and on Postgres, against a bare Kestrel endpoint.
# Load generator, product and database share this machine; so compare ratios, and trust CPU per request first: other load on the machine moves it least.
#   ROUNDS   interleaved rounds (default 3)       SECONDS_EACH  length of one measurement (default 5)
#   PG_BIN   Postgres' programs (default /usr/lib/postgresql/15/bin; run as user postgres when this runs as root)
# Needs: .NET SDK, wrk, curl, Postgres. Takes about three minutes and a build. Ends what it started, by pid.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd); root=$(cd "$here/../../.." && pwd)
rounds=${ROUNDS:-3}; each=${SECONDS_EACH:-5}; pg_bin=${PG_BIN:-/usr/lib/postgresql/15/bin}
port=${LOAD_PORT:-18400}; work=$(mktemp -d "${TMPDIR:-/tmp}/interven-load.XXXXXX"); chmod 755 "$work"
app=$root/api-frontend/bin/Release/net10.0; bare=$here/Bare/bin/Release/net10.0
declare -A pid key url cpu rps us lat
started=()
source "$here/measure.sh"
trap finish EXIT

[ "${LOAD_NO_BUILD:-}" = 1 ] || {
  dotnet build "$root/api-frontend" -c Release -nologo -v quiet
  dotnet build "$here/Bare" -c Release -nologo -v quiet
}
start_postgres
BARE_URL=http://127.0.0.1:$port dotnet "$bare/Interven.Bench.Bare.dll" > "$work/bare.log" 2>&1 &
pid[bare]=$!; started+=($!); url[bare]=http://127.0.0.1:$port; key[bare]=none
start_product sqlite $((port + 1))
start_product postgres $((port + 2)) "ConnectionStrings__Interven=Host=127.0.0.1;Port=$((port + 9));Username=postgres;Database=interven" Interven__HostSilo=true \
  INTERVEN_CREDENTIAL_ENCRYPTION_KEY="$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')" Interven__Silo__Port=$((port + 3)) Interven__Silo__GatewayPort=$((port + 4))

echo "machine: $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg), $(date -u +%FT%TZ), commit $(git -C "$root" rev-parse --short HEAD)"
for system in bare sqlite postgres; do warm "$system"; done
for round in $(seq "$rounds"); do
  for run in bare sqlite sqlite+key postgres postgres+key; do full "$run" "$round"; done
done
report_full
settle postgres
for system in bare sqlite postgres; do half "$system"; done
restart sqlite
