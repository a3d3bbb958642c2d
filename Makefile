# Firsthand. `make demo` and `make test` need only Go (1.26 or newer) on the
# machine, and Node (20.19 or newer) for the interface in the browser; what else
# they use, they fetch through the module client of Go and npm. Without Node the
# program is built without the interface and says so.

GO       ?= go
export CGO_ENABLED = 0

DEMO_FLAGS ?=
FUZZTIME   ?= 60s
SHARED     ?= ../shared
ACCEPTANCE_FLAGS ?=
PEERS_FLAGS ?=
RELEASE_FLAGS ?=

UI   := verify/workbench/ui
DIST := verify/workbench/dist
# Empty where Node is missing or too old for the tools that build the page.
NODE := $(shell node -p 'const [a, b] = process.versions.node.split(".").map(Number); a > 22 || a == 22 && b >= 12 || a == 20 && b >= 19 ? "found" : ""' 2>/dev/null)

.PHONY: has-node demo build ui test test-ui e2e speed screenshots race race-quick lint fuzz bench bench-peers golden learn faults vuln acceptance release clean

# The tag keeps two decoders from looking for a system library on Windows;
# elsewhere the build is the same without it.
build: ui
	$(GO) build -trimpath -tags nodynamic -o firsthand ./cmd/firsthand

has-node:
	@test -n "$(NODE)"

# The page of the workbench, which the program then holds.
ifneq ($(NODE),)
ui: $(DIST)/index.html
else
ui:
	@echo "Node 20.19, 22.12 or newer is not installed: this build has no interface in the browser"
endif

$(DIST)/index.html: $(UI)/node_modules/.package-lock.json $(UI)/index.html $(shell find $(UI)/src $(UI)/public -type f 2>/dev/null) $(wildcard $(UI)/*.config.ts) $(UI)/tsconfig.json
	cd $(UI) && npx --no-install tsc --noEmit
	find $(DIST) -mindepth 1 ! -name .gitkeep -delete
	cd $(UI) && npx --no-install vite build --logLevel warn

$(UI)/node_modules/.package-lock.json: $(UI)/package.json $(UI)/package-lock.json
	cd $(UI) && npm ci --no-audit --no-fund

demo: build
	./firsthand demo --dir build/demo $(DEMO_FLAGS)

test: ui
	$(GO) vet ./...
	$(GO) test -timeout 25m ./...
	$(MAKE) test-ui e2e

# The interface: its logic and parts; then every screen in Chromium, on the
# program itself.
ifneq ($(NODE),)
test-ui: ui
	cd $(UI) && npm test --silent

e2e: build
	@if [ -n "$$(command -v chromium || command -v chromium-browser || command -v google-chrome)" ]; then cd $(UI) && FIRSTHAND_PROGRAM=$(CURDIR)/firsthand npm run --silent e2e; \
	else echo "Chromium is not installed: what a browser makes of the screens is not tested"; fi

# How quick the gallery is: FIRSTHAND_BIG_CASE=CASE make speed, for one of
# 20,000 files (made by scanning what a generator of test cases wrote).
speed: build
	cd $(UI) && FIRSTHAND_SPEED=1 FIRSTHAND_PROGRAM=$(CURDIR)/firsthand npm run --silent e2e -- e2e/gallery.speed.e2e.ts

# Pictures of every screen, light and dark, in two sizes: build/screenshots.
# Three of them stand in the README.
screenshots: build
	cd $(UI) && FIRSTHAND_PROGRAM=$(CURDIR)/firsthand npm run --silent shots
	cp build/screenshots/gallery-selection-1366-light.png $(UI)/pictures/gallery.png
	cp build/screenshots/incidents-full-1366-light.png $(UI)/pictures/incident.png
	cp build/screenshots/compare-side-revealed-1366-dark.png $(UI)/pictures/compare.png
else
test-ui e2e speed screenshots:
	@echo "Node 20.19, 22.12 or newer is not installed: the interface is not tested"
endif

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

# This program beside others that do a part of its work, with those that are
# installed: a table of ratios. PEERS_FLAGS=-install fetches the others first.
bench-peers: build
	$(GO) run ./cmd/peers -shared $(SHARED) $(PEERS_FLAGS)

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

# Lets operations of every command that writes fail, on a full disk and on a broken
# one, in this process and under strace: FAULTS points of each command in each way,
# 0 for every one.
FAULTS ?= 8
faults:
	$(GO) test ./cmd/firsthand -run 'TestEveryWritePath|TestTracedFaults|TestFullDisk' -count=1 -timeout 300m -v -faults $(FAULTS)

vuln:
	$(GO) run golang.org/x/vuln/cmd/govulncheck@latest ./...

# The figures that the project is held to, measured on the data in $(SHARED).
acceptance: build
	$(GO) run ./cmd/acceptance -shared $(SHARED) $(ACCEPTANCE_FLAGS)

# What people download, in build/release: for six kinds of machine, built twice
# and equal, with licences, list of parts, manual pages and completions. Needs
# Node. RELEASE_FLAGS="-targets host" is the short form for a change of it;
# "-cold all" compiles everything twice; "-sign KEY" signs the sums.
release:
	$(GO) run ./cmd/release $(RELEASE_FLAGS)

clean:
	rm -rf firsthand build $(UI)/node_modules
	find $(DIST) -mindepth 1 ! -name .gitkeep -delete
