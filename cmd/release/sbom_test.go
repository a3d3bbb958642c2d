package main

import (
	"debug/buildinfo"
	"encoding/json"
	"reflect"
	"regexp"
	"runtime/debug"
	"strings"
	"testing"
)

const someSum = "h1:RJ4rvFhVjQxNuqwFqjWmbvmqT1q5LqqmVPCEHFsS2wE="

var (
	someStamp = stamp{version: "1.0.0", commit: "0123456789abcdef0123456789abcdef01234567", at: someDay}
	someParts = []shippedPart{
		{part: part{name: "example.org/mod", version: "v1.2.3", licence: "MIT"}, sum: someSum},
		{part: part{name: "example.org/ours", version: "v0.1.0", licence: "GPL-3.0-or-later"}, replaced: true},
		{part: part{name: "@scope/page", version: "2.0.0", licence: "ISC AND MIT", kind: npm, digest: "sha512-" + strings.Repeat("A", 86) + "=="}},
		{part: part{name: "Natural Earth", licence: "LicenseRef-public-domain", kind: data}},
	}
)

func TestListOfPartsSaysWhereEachIsFrom(t *testing.T) {
	text, err := sbom(unix, someStamp, []byte("program"), someParts)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := sbom(unix, someStamp, []byte("program"), someParts)
	if string(again) != string(text) {
		t.Error("the same program has two lists")
	}
	var bom struct {
		BomFormat, SpecVersion, SerialNumber string
		Metadata                             struct {
			Timestamp string
			Component struct{ Name, Version string }
		}
		Components []struct {
			Type, Name, Version, Purl string
			Hashes                    []struct{ Alg, Content string }
			Licenses                  []struct {
				Expression string
				License    struct{ ID, Name string }
			}
		}
		Dependencies []struct {
			Ref       string
			DependsOn []string
		}
	}
	if err := json.Unmarshal(text, &bom); err != nil {
		t.Fatal(err)
	}
	if bom.BomFormat != "CycloneDX" || bom.SpecVersion != "1.6" || !regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(bom.SerialNumber) {
		t.Errorf("the list begins with %s %s %s", bom.BomFormat, bom.SpecVersion, bom.SerialNumber)
	}
	if bom.Metadata.Timestamp != "2026-03-04T05:06:08Z" || bom.Metadata.Component.Version != "1.0.0" {
		t.Errorf("the list is of %+v", bom.Metadata)
	}
	var purls, licences []string
	for _, c := range bom.Components {
		purls = append(purls, c.Purl)
		licences = append(licences, c.Licenses[0].Expression+c.Licenses[0].License.ID+c.Licenses[0].License.Name)
	}
	if want := []string{"pkg:golang/example.org/mod@v1.2.3", "", "pkg:npm/%40scope/page@2.0.0", ""}; !reflect.DeepEqual(purls, want) {
		t.Errorf("the parts are at %q", purls)
	}
	if want := []string{"MIT", "GPL-3.0-or-later", "ISC AND MIT", "LicenseRef-public-domain"}; !reflect.DeepEqual(licences, want) {
		t.Errorf("the licences are %q", licences)
	}
	if h := bom.Components[0].Hashes; len(h) != 1 || h[0].Alg != "SHA-256" || len(h[0].Content) != 64 {
		t.Errorf("the sum of the module is %+v", h)
	}
	if d := bom.Dependencies; len(d) != 1 || len(d[0].DependsOn) != len(someParts) {
		t.Errorf("the program is said to need %+v", d)
	}
}

func TestListOfPartsRefusesAPartWithoutSum(t *testing.T) {
	for _, p := range []shippedPart{{part: part{name: "example.org/mod", licence: "MIT"}}, {part: part{name: "page", licence: "MIT", kind: npm, digest: "sha1-AAAA"}}} {
		if _, err := sbom(unix, someStamp, nil, []shippedPart{p}); err == nil || !strings.Contains(err.Error(), p.name) {
			t.Errorf("%s without a sum gives %v", p.name, err)
		}
	}
}

// A module that is in the program and whose licence nobody gathered stops the
// release; one of another system is left out.
func TestPartsAreThoseOfTheProgram(t *testing.T) {
	info := &buildinfo.BuildInfo{Deps: []*debug.Module{
		{Path: "example.org/mod", Version: "v1.2.3", Sum: someSum},
		{Path: "example.org/ours", Version: "v0.1.0", Replace: &debug.Module{Path: "./ours"}},
	}}
	known := []part{{name: "example.org/mod"}, {name: "example.org/ours"}, {name: "example.org/for-windows"}, {name: "GeoNames", kind: data}}
	got, err := partsOf(info, known)
	if err != nil || len(got) != 3 || got[0].version != "v1.2.3" || !got[1].replaced || got[2].name != "GeoNames" {
		t.Errorf("the program holds %+v (%v)", got, err)
	}
	info.Deps = append(info.Deps, &debug.Module{Path: "example.org/new"})
	if _, err := partsOf(info, known); err == nil || !strings.Contains(err.Error(), "example.org/new") {
		t.Errorf("an unknown module gives %v", err)
	}
}

func TestThirdPartyHasEveryText(t *testing.T) {
	text := string(thirdParty([]shippedPart{{part: part{name: "a", version: "v1", licence: "MIT", text: "first words"}}, {part: part{name: "b", licence: "ISC", text: "second words"}}}))
	for _, want := range []string{"a v1\n====\nMIT\n\nfirst words\n", "b\n=\nISC\n\nsecond words\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("the text has no %q:\n%s", want, text)
		}
	}
}
