#!/usr/bin/env bash
# Makes the pictures of docs/console.md anew: runs the page tests in a real browser, and takes what the docs show.
# Needs chromium, and `npm ci --prefix tests/Console.Tests` once.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet test tests/Console.Tests -c Release -nologo --filter "FullyQualifiedName~PageTests|FullyQualifiedName~JobTests"
mkdir -p docs/console
for shot in dashboard-1280-light trace-1280-dark approvals-1280-light policy-1280-dark activity-390-light setup-done-1280-light; do
  cp "tests/Console.Tests/TestResults/screenshots/$shot.png" docs/console/
done
