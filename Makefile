# Firsthand. `make demo` and `make test` need only Go (1.26 or newer) on the
# machine; what else they use, they fetch through Go's own module client.

GO       ?= go
export CGO_ENABLED = 0

DEMO_FLAGS ?=
FUZZTIME   ?= 60s
SHARED     ?= ../shared
ACCEPTANCE_FLAGS ?=

.PHONY: demo build test race race-quick lint fuzz bench golden learn vuln acceptance clean

# The tag keeps two decoders from looking for a system library on Windows;
# elsewhere the build is the same without it.
build:
	$(GO) build -trimpath -tags nodynamic -o firsthand ./cmd/firsthand

demo: build
	./firsthand demo $(DEMO_FLAGS)

test:
	$(GO) vet ./...
	$(GO) test ./...

# The race detector is the one thing here that needs a C compiler.
race:
	CGO_ENABLED=1 $(GO) test -race ./...

# What runs in parallel, without the long tests: for every change.
race-quick:
	CGO_ENABLED=1 $(GO) test -race -short ./extract/sandbox ./hashing/index ./verify/match ./verify/incident ./verify/ingest

lint:
	@test -z "$$(gofmt -l cmd extract fixtures hashing verify)" || { gofmt -l cmd extract fixtures hashing verify; exit 1; }
	$(GO) vet ./...
	$(GO) run honnef.co/go/tools/cmd/staticcheck@v0.8.1 ./...

# Every fuzz target of every package, one after the other.
fuzz:
	@set -e; for p in $$($(GO) list ./...); do \
	  for f in $$($(GO) test -list '^Fuzz' $$p | grep '^Fuzz' || true); do \
	    echo "== $$p $$f"; $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x $$p; \
	  done; done

# Among them the table of peers (hashing/feature), what examining costs beside
# decoding, and what a minute of video costs with either engine (extract/video).
# FIRSTHAND_PHOTOS and FIRSTHAND_VARIANTS (in the form of mkvariants),
# FIRSTHAND_CAMERA and FIRSTHAND_CLIPS take other pictures and clips than the
# exercise's and those made.
bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...

# Rewrites the golden files; read the difference before committing it. What
# ExifTool reads of fixtures/metadata is asked anew where it is installed.
golden:
	$(GO) test ./cmd/firsthand ./extract/source ./verify/report -update
	@if command -v exiftool >/dev/null; then echo "$(GO) run ./fixtures/mkmetadata"; $(GO) run ./fixtures/mkmetadata; \
	else echo "fixtures/metadata/*.golden.json stay: exiftool is not installed"; fi

# Learns anew which places a descriptor compares, then into which cells the
# index sorts descriptors. Stored keypoints and indexes are of no use after it:
# raise the versions that the failing tests name.
learn:
	$(GO) run ./fixtures/mkcomparisons -photos $(SHARED)/corpus/photos -about "those that the figures of recall are chosen on" -o hashing/feature/table.go
	$(GO) run ./fixtures/mkcells -photos $(SHARED)/corpus/photos -out hashing/index/cells.bin

vuln:
	$(GO) run golang.org/x/vuln/cmd/govulncheck@latest ./...

# The figures that the project is held to, measured on the data in $(SHARED).
acceptance: build
	$(GO) run ./cmd/acceptance -shared $(SHARED) $(ACCEPTANCE_FLAGS)

clean:
	rm -rf firsthand build
