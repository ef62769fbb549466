# Two commands do all on a machine with Go and Node: `make demo` and `make test`.
# `make check` runs what the pipeline runs.

GO      ?= go
TEMPL   := $(GO) tool -modfile=tools/go.mod templ

.PHONY: demo build test check generate bench clean

# Builds what is needed, fills an empty database with the demo and serves it.
demo: build
	BAKEN_DATA=$${BAKEN_DATA:-var/demo} ./bin/baken serve --demo

# One static program with everything it serves inside.
build:
	$(GO) run ./cmd/assets
	CGO_ENABLED=0 $(GO) build -tags embedassets -trimpath -ldflags='-s -w' -o bin/baken ./cmd/baken

# All tests, on both databases and in a real browser.
test:
	@./tools/needs.sh
	$(GO) test -timeout 15m ./...

# Everything the pipeline runs, in its order; the first failure says what it is for.
check:
	@./tools/needs.sh
	@./tools/check.sh

# Pages are Go code made from .templ files, and committed.
generate:
	$(TEMPL) generate

# Speed, as ratios against the named peers in the same run.
bench:
	@./tools/bench.sh

clean:
	rm -rf bin var internal/assets/dist
