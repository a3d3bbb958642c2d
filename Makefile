# Firsthand. `make demo` and `make test` need only Go (1.26 or newer) on the
# machine; what else they use, they fetch through Go's own module client.

GO       ?= go
TAGS     := nodynamic
GOFLAGS_ := -trimpath -tags $(TAGS)
export CGO_ENABLED = 0

DEMO_FLAGS ?=
FUZZTIME   ?= 60s
SHARED     ?= ../shared
ACCEPTANCE_FLAGS ?=

.PHONY: demo build test race lint fuzz bench golden vuln acceptance clean

build:
	$(GO) build $(GOFLAGS_) -o firsthand ./cmd/firsthand

demo: build
	./firsthand demo $(DEMO_FLAGS)

test:
	$(GO) vet -tags $(TAGS) ./...
	$(GO) test -tags $(TAGS) ./...

# The race detector is the one thing here that needs a C compiler.
race:
	CGO_ENABLED=1 $(GO) test -tags $(TAGS) -race ./...

lint:
	@test -z "$$(gofmt -l cmd extract fixtures hashing verify)" || { gofmt -l cmd extract fixtures hashing verify; exit 1; }
	$(GO) vet -tags $(TAGS) ./...
	$(GO) run honnef.co/go/tools/cmd/staticcheck@v0.8.1 -tags $(TAGS) ./...

# Every fuzz target of every package, one after the other.
fuzz:
	@set -e; for p in $$($(GO) list ./...); do \
	  for f in $$($(GO) test -tags $(TAGS) -list '^Fuzz' $$p | grep '^Fuzz' || true); do \
	    echo "== $$p $$f"; $(GO) test -tags $(TAGS) -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) $$p; \
	  done; done

bench:
	$(GO) test -tags $(TAGS) -run '^$$' -bench . -benchmem ./...

# Rewrites the golden files; read the difference before committing it.
golden:
	$(GO) test -tags $(TAGS) ./cmd/firsthand ./verify/report -update

vuln:
	$(GO) run golang.org/x/vuln/cmd/govulncheck@latest -tags $(TAGS) ./...

# The figures that the project is held to, measured on the data in $(SHARED).
acceptance: build
	$(GO) run -tags $(TAGS) ./cmd/acceptance -shared $(SHARED) $(ACCEPTANCE_FLAGS)

clean:
	rm -rf firsthand build
