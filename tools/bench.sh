#!/usr/bin/env bash
# Speed, as ratios against the named peers, measured in this run. The peers are
# built from their modules in bench/, apart from the product; when one cannot be
# built, the benchmark says so.
set -euo pipefail
cd "$(dirname "$0")/.."
make --no-print-directory build
for dir in bench/*/; do
  [ -e "$dir/main.go" ] || [ -n "$(ls "$dir"/*.go 2>/dev/null)" ] || continue
  printf '\n== %s\n' "$dir"
  if [ -e "$dir/go.mod" ]; then (cd "$dir" && go run .); else (cd bench && go run "./$(basename "$dir")"); fi
done
printf '\n== audit log\n'
go test ./internal/kernel/audit -run '^$' -bench AuditedRead -benchtime 2s
go test ./internal/kernel/audit -run '^$' -bench Verify -benchtime 1x
