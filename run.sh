#!/usr/bin/env bash
# Starts the whole product in one process on an embedded store. Needs the .NET SDK and nothing else.
#   INTERVEN_URL        where it listens (default http://127.0.0.1:8080)
#   INTERVEN_DATA       where it keeps its data (default ./data)
#   --with-fake-slack   starts a Slack that is none beside it, with a page that shows the cards (FAKE_SLACK_URL, default http://127.0.0.1:8090)
set -euo pipefail
cd "$(dirname "$0")"
export INTERVEN_URL="${INTERVEN_URL:-http://127.0.0.1:8080}"
export INTERVEN_DATA="${INTERVEN_DATA:-$PWD/data}"
out=$PWD/api-frontend/bin/Release/net10.0
app=$out/Interven.ApiFrontend.dll

rooms=(contracts engine grain-interfaces grains storage silo console api-frontend Directory.Build.props Directory.Packages.props)
if [ ! -f "$app" ] || [ -n "$(find "${rooms[@]}" -type f -newer "$app" -not -path '*/obj/*' -not -path '*/bin/*' -print -quit)" ]; then
  echo "Building Interven (once; a minute or so) ..."
  dotnet build api-frontend -c Release -nologo -v quiet
  touch "$app"
fi
[ "${1:-}" = "--with-fake-slack" ] || exec dotnet "$app" --contentRoot "$out"

fake_url="${FAKE_SLACK_URL:-http://127.0.0.1:8090}"
fake=$PWD/tests/FakeSlack/bin/Release/net10.0/Interven.FakeSlack.dll
if [ ! -f "$fake" ] || [ -n "$(find tests/FakeSlack -type f -newer "$fake" -not -path '*/obj/*' -not -path '*/bin/*' -print -quit)" ]; then
  dotnet build tests/FakeSlack -c Release -nologo -v quiet
  touch "$fake"
fi
random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
mkdir -p "$INTERVEN_DATA"
[ -f "$INTERVEN_DATA/fake-slack.secret" ] || (umask 077; random >"$INTERVEN_DATA/fake-slack.secret")
secret=$(cat "$INTERVEN_DATA/fake-slack.secret")
export INTERVEN_ADMIN_TOKEN="${INTERVEN_ADMIN_TOKEN:-$(random)}"
export Interven__Egress__AllowPrivate__0=127.0.0.0/8 Interven__Slack__ResponseHosts__0=127.0.0.1
dotnet "$fake" --url "$fake_url" --secret "$secret" --interactions "$INTERVEN_URL/v1/slack/interactions" >/dev/null &
slack=$!
dotnet "$app" --contentRoot "$out" &
product=$!
trap 'kill $product $slack 2>/dev/null || true; wait' EXIT
trap 'exit 0' INT TERM
until curl -sf "$INTERVEN_URL/health/ready" >/dev/null; do kill -0 $product; sleep 0.3; done
# The channel of the demo tenant, unless an earlier start made it.
curl -s -o /dev/null "$INTERVEN_URL/api/alerts" -H "Authorization: Bearer $INTERVEN_ADMIN_TOKEN" -H "Content-Type: application/json" \
  -d "{\"type\":\"slack\",\"name\":\"Fake Slack\",\"webhook_url\":\"$fake_url/services/T0FAKE/B0RISK/fake-webhook-token\",\"signing_secret\":\"$secret\",\"events\":[\"REQUIRE_APPROVAL\",\"DENY\",\"SANITIZE\",\"INCIDENT\"]}"
sleep 1
cat <<TEXT

Slack that is none: $fake_url shows the cards of the demo tenant, with working buttons. A call that waits for one:
  curl -s $INTERVEN_URL/v1/scan -H "Authorization: Bearer \$INTERVEN_API_KEY" -H "Content-Type: application/json" \\
    -d '{"method":"POST","url":"https://iam.amazonaws.com/?Action=CreateUser","body":{"UserName":"night-batch"},"wait_ms":60000}'
TEXT
wait $product
