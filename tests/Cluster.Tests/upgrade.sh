#!/usr/bin/env bash
# A running cluster goes from an earlier build to this one and back, under load and with stored data.
#   tests/Cluster.Tests/upgrade.sh [COMMIT]     the earlier build; default: the commit before this one
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd); work=$(mktemp -d "${TMPDIR:-/tmp}/interven-upgrade.XXXXXX")
trap 'git -C "$root" worktree remove --force "$work/tree" 2> /dev/null || true; rm -rf "$work"' EXIT
commit=$(git -C "$root" rev-parse "${1:-HEAD~1}")
git -C "$root" worktree add --quiet --detach "$work/tree" "$commit"
dotnet publish "$work/tree/silo/Interven.Silo.csproj" -c Release -o "$work/old/silo" --nologo -v quiet
dotnet publish "$work/tree/api-frontend/Interven.ApiFrontend.csproj" -c Release -o "$work/old/frontend" --nologo -v quiet
echo "from $(git -C "$root" rev-parse --short "$commit") to $(git -C "$root" rev-parse --short HEAD) and back"
INTERVEN_OLD_BUILD=$work/old dotnet test "$root/tests/Cluster.Tests" -c Release -nologo --filter "FullyQualifiedName~A_new_build_takes" --logger "console;verbosity=detailed"
