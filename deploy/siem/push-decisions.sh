#!/usr/bin/env bash
# Moves yesterday's decision records to a SIEM. For cron; exits with an error when anything was not taken, and can then simply be run again:
# receivers know a record that comes twice by its event id.
#
#   INTERVEN_URL     https://gateway.example
#   INTERVEN_JAR     cookie jar of a service session or a login (curl -c), or
#   INTERVEN_TOKEN   a service account's token (role auditor)
#   SIEM             hec | datadog
#   SIEM_URL         https://splunk.example:8088/services/collector/event | https://http-intake.logs.datadoghq.com/api/v2/logs
#   SIEM_TOKEN       HEC token | Datadog API key
#   SINCE, UNTIL     RFC 3339 or dates; default: yesterday, UTC
set -euo pipefail
: "${INTERVEN_URL:?}" "${SIEM:?}" "${SIEM_URL:?}" "${SIEM_TOKEN:?}"
since=${SINCE:-$(date -u -d yesterday +%F)}
until=${UNTIL:-$(date -u +%F)}
case $SIEM in hec) format=splunk ;; datadog) format=datadog ;; *) echo "SIEM must be hec or datadog" >&2; exit 2 ;; esac

work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
umask 077
# Secrets go to curl through files: a command line can be read by everyone on the machine.
if [ -n "${INTERVEN_JAR:-}" ]; then printf 'cookie = "%s"\n' "$INTERVEN_JAR" > "$work/gateway"
else printf 'header = "Authorization: Bearer %s"\n' "${INTERVEN_TOKEN:?set INTERVEN_JAR or INTERVEN_TOKEN}" > "$work/gateway"; fi
if [ "$SIEM" = hec ]; then printf 'header = "Authorization: Splunk %s"\n' "$SIEM_TOKEN" > "$work/siem"
else printf 'header = "DD-API-KEY: %s"\n' "$SIEM_TOKEN" > "$work/siem"; fi

export WORK=$work SIEM_URL
post() { curl -fsS --retry 5 --retry-all-errors --max-time 60 -o /dev/null --config "$WORK/siem" -H 'Content-Type: application/json' --data-binary @- "$SIEM_URL"; }
export -f post

# HEC takes concatenated events, here 500 a request; Datadog one array a request, which the export has cut to its limits.
curl -fsS --no-buffer -D "$work/headers" --config "$work/gateway" "$INTERVEN_URL/api/telemetry/decisions/export?format=$format&since=$since&until=$until" |
  if [ "$SIEM" = hec ]; then SHELL=/bin/bash split -l 500 --filter=post - ; else while IFS= read -r array; do printf '%s' "$array" | post; done; fi

echo "$(tr -d '\r' < "$work/headers" | awk -F': ' 'tolower($1) == "x-interven-records" { print $2 }') records from $since until $until moved to $SIEM"
