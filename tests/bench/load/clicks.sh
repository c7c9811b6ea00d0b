#!/usr/bin/env bash
# From the click in Slack to the answer of the call that waits: starts the product on an empty store, a fake Slack, and measures.
#   tests/bench/load/clicks.sh [rounds]     default 620; the first 20 are not counted, and the second half is said by itself
#   STORE    sqlite (default) or postgres
#   APP      folder of a published front end (default: the build's, whose code the compiler still works at during the first hundreds of clicks)
#   PG_BIN   Postgres' programs (default /usr/lib/postgresql/15/bin; run as user postgres when this runs as root)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd); root=$(cd "$here/../../.." && pwd)
port=${LOAD_PORT:-18900}; store=${STORE:-sqlite}; pg_bin=${PG_BIN:-/usr/lib/postgresql/15/bin}; app=${APP:-$root/api-frontend/bin/Release/net10.0}
work=$(mktemp -d "${TMPDIR:-/tmp}/interven-clicks.XXXXXX"); chmod 755 "$work"
declare -A pid key url
started=(); settings=(Interven__Egress__AllowPrivate__0=127.0.0.0/8 Interven__Slack__ResponseHosts__0=127.0.0.1)
source "$here/measure.sh"
trap finish EXIT

[ "${LOAD_NO_BUILD:-}" = 1 ] || {
  dotnet build "$root/tests/FakeSlack" -c Release -nologo -v quiet
  [ -n "${APP:-}" ] || dotnet build "$root/api-frontend" -c Release -nologo -v quiet
}
if [ "$store" = postgres ]; then
  start_postgres
  settings+=("ConnectionStrings__Interven=Host=127.0.0.1;Port=$((port + 9));Username=postgres;Database=interven" Interven__HostSilo=true
    INTERVEN_CREDENTIAL_ENCRYPTION_KEY="$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')" Interven__Silo__Port=$((port + 3)) Interven__Silo__GatewayPort=$((port + 4)))
fi
echo "machine: $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg), $(date -u +%FT%TZ), commit $(git -C "$root" rev-parse --short HEAD), $store"
start_product "$store" $((port + 1)) "${settings[@]}"
settle "$store"
admin=$(sed -n 's/.*INTERVEN_ADMIN_TOKEN=//p' "$work/$store.log" | head -1 | tr -d ' \r')
dotnet "$root/tests/FakeSlack/bin/Release/net10.0/Interven.FakeSlack.dll" --measure "${1:-620}" --product "${url[$store]}" --admin "$admin" --key "${key[$store]}"
