#!/usr/bin/env bash
# What a Slack that is down, slow, refusing or redirecting costs scans: latency under a steady load while cards are asked for, against the same with a Slack that is well, measured
# just before; and what became of every card. The row "ok" compares a Slack that is well with itself: the noise of this machine. One process on a Postgres of its own, and a fake Slack.
#   ROUNDS   rounds of all faults (default 3)      SECONDS_EACH  length of one measurement (default 6)
#   PAUSE    mean pause of each of 32 connections, ms (default 40: some 800 scans a second)
#   PG_BIN   Postgres' programs (default /usr/lib/postgresql/15/bin; run as user postgres when this runs as root)
# Needs: .NET SDK, wrk, curl, Postgres. Ends what it started, by pid.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd); root=$(cd "$here/../../.." && pwd)
rounds=${ROUNDS:-3}; each=${SECONDS_EACH:-6}; pause=${PAUSE:-40}; pg_bin=${PG_BIN:-/usr/lib/postgresql/15/bin}
port=${LOAD_PORT:-18700}; work=$(mktemp -d "${TMPDIR:-/tmp}/interven-slack-load.XXXXXX"); chmod 755 "$work"
app=$root/api-frontend/bin/Release/net10.0; fake=$root/tests/FakeSlack/bin/Release/net10.0; channels=5
modes="ok down hang slow 500 429 redirect"
declare -A pid key url p99_ratio p50_ratio p99s healthy
started=()
source "$here/measure.sh"
trap finish EXIT

[ "${LOAD_NO_BUILD:-}" = 1 ] || {
  dotnet build "$root/api-frontend" -c Release -nologo -v quiet
  dotnet build "$root/tests/FakeSlack" -c Release -nologo -v quiet
}
start_postgres
start_product postgres $((port + 2)) "ConnectionStrings__Interven=Host=127.0.0.1;Port=$((port + 9));Username=postgres;Database=interven" Interven__HostSilo=true \
  INTERVEN_CREDENTIAL_ENCRYPTION_KEY="$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')" Interven__Silo__Port=$((port + 3)) Interven__Silo__GatewayPort=$((port + 4)) \
  Interven__Egress__AllowPrivate__0=127.0.0.0/8 Interven__Slack__ResponseHosts__0=127.0.0.1
admin=$(sed -n 's/.*INTERVEN_ADMIN_TOKEN=//p' "$work/postgres.log" | head -1 | tr -d ' \r')
slack=http://127.0.0.1:$((port + 1))
dotnet "$fake/Interven.FakeSlack.dll" --url "$slack" > "$work/slack.log" 2>&1 &
started+=($!)
until curl -s -m 2 "$slack/messages" > /dev/null; do sleep .1; done

api() { curl -sf -X "$1" -H "Authorization: Bearer $admin" -H 'Content-Type: application/json' "${url[postgres]}$2" ${3:+-d "$3"}; }
fault() { curl -sf -H 'Content-Type: application/json' -d "{\"mode\":\"$1\",\"place\":\"*\"}" "$slack/faults"; }

api POST /api/policies '{"name":"measure","rules":[{"match":{"operations":["transfer_funds"]},"action":"REQUIRE_APPROVAL"}]}' > /dev/null
ids=()
for n in $(seq 0 $((channels - 1))); do
  ids+=("$(api POST /api/alerts "{\"type\":\"slack\",\"name\":\"channel $n\",\"webhook_url\":\"$slack/services/T0FAKE/B$n/fake-webhook-token\",\"signing_secret\":\"fake-slack-signing-secret\",\"events\":[\"REQUIRE_APPROVAL\"],\"agents\":[\"asks-$n\"]}" \
    | sed 's/.*"id":"\([^"]*\)".*/\1/')")
done

# measure: p50 p95 p99 of the steady load, while cards are asked for.
measure() {
  LOAD_KEY=${key[postgres]} ASKS_CHANNELS=$channels ASKS_PAUSE=$((1000 / channels)) wrk -t1 -c1 -d"$each"s -s "$here/asks.lua" "${url[postgres]}" > "$work/asks.log" &
  local asks=$!
  LOAD_PAUSE=$pause LOAD_CHECK=1 drive postgres 32 "$each"
  wait "$asks"
  total=$((total + $(awk '/requests in/ { print $1 }' "$work/asks.log")))
  [ "$failed" = 0 ] || echo "$failed of $requests were no durable ALLOW"
}

total=0
echo "machine: $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg), $(date -u +%FT%TZ), commit $(git -C "$root" rev-parse --short HEAD)"
warm postgres
measure
for round in $(seq "$rounds"); do
  for mode in $modes; do
    fault ok; measure; before_50=$p50; before_99=$p99; healthy[$mode]+="$p99 "
    fault "$mode"; measure
    p50_ratio[$mode]+="$(awk -v a="$p50" -v b="$before_50" 'BEGIN { printf "%.3f", a / b }') "
    p99_ratio[$mode]+="$(awk -v a="$p99" -v b="$before_99" 'BEGIN { printf "%.3f", a / b }') "
    p99s[$mode]+="$p99 "
  done
done
echo; echo "$rounds rounds of $each s, $(awk -v n="$requests" -v s="$seconds" 'BEGIN { printf "%.0f", n / s }') scans/s and $channels cards/s; each fault against a Slack that was well, measured just before"
printf '%-10s %14s %14s %12s %12s   %s\n' Slack "p99 well, ms" "p99 then, ms" "p99 ratio" "p50 ratio" "p99 ratios by round"
all_99=""; all_well=""; all_ratios=""
for mode in $modes; do
  printf '%-10s %14s %14s %12s %12s   %s\n' "$mode" "$(median "${healthy[$mode]}")" "$(median "${p99s[$mode]}")" "$(median "${p99_ratio[$mode]}")" "$(median "${p50_ratio[$mode]}")" "${p99_ratio[$mode]}"
  [ "$mode" = ok ] || { all_99+="${p99s[$mode]} "; all_well+="${healthy[$mode]} "; all_ratios+="${p99_ratio[$mode]} "; }
done
echo "all faults together: median p99 $(median "$all_99") ms, with a Slack that was well $(median "$all_well") ms; median of their ratios $(median "$all_ratios"), of the noise's $(median "${p99_ratio[ok]}")"

fault ok
count() { for id in "${ids[@]}"; do api GET "/api/alerts/$id/deliveries?limit=500"; done | grep -o "\"state\":\"$1\"" | wc -l || true; }
for _ in $(seq 90); do [ "$(count waiting)" != 0 ] || break; sleep 1; done
echo "cards: $total asked for; $(count delivered) delivered, $(count dead) dead-lettered, $(count dropped) dropped because the approval was over, $(count waiting) waiting"
