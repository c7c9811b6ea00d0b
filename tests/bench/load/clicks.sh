#!/usr/bin/env bash
# From the click in Slack to the answer of the call that waits: starts the product on an embedded store, a fake Slack, and measures.
#   tests/bench/load/clicks.sh [rounds]     default 220; the first 20 are not counted
set -euo pipefail
cd "$(dirname "$0")/../../.."
port=${PORT:-8181}
data=$(mktemp -d)
[ "${LOAD_NO_BUILD:-}" = 1 ] || {
  dotnet build tests/FakeSlack -c Release -nologo -v quiet
  dotnet build api-frontend -c Release -nologo -v quiet
}
echo "machine: $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg), $(date -u +%FT%TZ), commit $(git rev-parse --short HEAD)"
app=$PWD/api-frontend/bin/Release/net10.0
INTERVEN_URL=http://127.0.0.1:$port INTERVEN_DATA=$data Interven__Egress__AllowPrivate__0=127.0.0.0/8 Interven__Slack__ResponseHosts__0=127.0.0.1 \
  dotnet "$app/Interven.ApiFrontend.dll" --contentRoot "$app" >"$data/log" 2>&1 &
product=$!
trap 'kill $product; rm -rf "$data"' EXIT
until curl -sf -m 2 -o /dev/null "http://127.0.0.1:$port/health/ready" && grep -q INTERVEN_ADMIN_TOKEN= "$data/log"; do kill -0 $product; sleep 0.2; done
value() { sed -n "s/^$1=//p" "$data/log"; }
dotnet tests/FakeSlack/bin/Release/net10.0/Interven.FakeSlack.dll --measure "${1:-220}" --product "http://127.0.0.1:$port" --admin "$(value INTERVEN_ADMIN_TOKEN)" --key "$(value INTERVEN_API_KEY)"
