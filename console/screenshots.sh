#!/usr/bin/env bash
# Makes the pictures of docs/console.md anew: runs the page tests in a real browser over a day of records, and takes what the docs show.
# Needs chromium, and `npm ci --prefix tests/Console.Tests` once.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build tests/bench/load/Day -c Release -nologo -v quiet
INTERVEN_HISTORY=4000 dotnet test tests/Console.Tests -c Release -nologo --filter "FullyQualifiedName~PageTests|FullyQualifiedName~A_newcomer"
mkdir -p docs/console
for shot in dashboard-1280-light activity-1280-light trace-1280-dark approvals-1280-light policy-1280-dark settings-retention-1280-light activity-390-light approvals-390-dark setup-done-1280-light; do
  cp "tests/Console.Tests/TestResults/screenshots/$shot.png" docs/console/
done
