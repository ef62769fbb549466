#!/usr/bin/env bash
# Everything the pipeline runs, in its order. Each step says why it exists; the
# first that fails ends the run.
set -euo pipefail
cd "$(dirname "$0")/.."

# Node is on every machine that builds Baken; curl may not be.
answer() { node -e 'fetch(process.argv[1]).then(async r => { console.log(await r.text()); process.exit(r.ok ? 0 : 1) }).catch(() => process.exit(1))' "$1"; }

step() { printf '\n== %s\n' "$1"; }

step "format: a diff shows what was meant and nothing else"
test -z "$(gofmt -l cmd internal | tee /dev/stderr)"

step "pages: the committed code is what the .templ files make"
before=$(git hash-object $(git ls-files '*_templ.go') | sort)
go tool -modfile=tools/go.mod templ generate >/dev/null 2>&1
test "$before" = "$(git hash-object $(git ls-files '*_templ.go') | sort)" || { echo "run 'make generate' and commit"; exit 1; }

step "modules: what is built is what was reviewed"
go mod verify >/dev/null
go mod tidy -diff

step "vet: mistakes that compile"
go vet ./...

step "tests: both databases, a real browser, the shape of the program"
go test -timeout 15m ./...

step "program: one static file with everything it serves, at most 80 MiB"
make --no-print-directory build
size=$(stat -c %s bin/baken)
echo "$size bytes"
test "$size" -le $((80 * 1024 * 1024))

step "demo: the program starts on an empty database and answers"
data=$(mktemp -d)
BAKEN_DATA=$data BAKEN_LISTEN=127.0.0.1:18080 BAKEN_PUBLIC_URL=http://localhost:18080 ./bin/baken serve --demo >"$data/log" 2>&1 &
pid=$!
trap 'kill $pid 2>/dev/null || true; rm -rf "$data"' EXIT
for _ in $(seq 100); do answer http://127.0.0.1:18080/healthz >/dev/null 2>&1 && break; sleep 0.1; done
answer http://localhost:18080/inloggen | grep -q Aanmelden
kill $pid; wait $pid || { cat "$data/log"; exit 1; }
BAKEN_DATA=$data ./bin/baken audit verify

echo
echo "all checks passed"
