package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/url"
	"strings"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

// repository is where the sources are.
const repository = "https://github.com/firsthand-media/firsthand"

// sbom lists the parts of one program as CycloneDX 1.6 in JSON. It has no time
// but that of the commit and a serial number made from the program, so that the
// same program has the same list.
func sbom(t target, s stamp, program []byte, parts []shippedPart) ([]byte, error) {
	sum := sha256.Sum256(program)
	bom := cdx.NewBOM()
	bom.SpecVersion = cdx.SpecVersion1_6
	bom.JSONSchema = "http://cyclonedx.org/schema/bom-1.6.schema.json"
	bom.SerialNumber = serial(sum)
	self := cdx.Component{
		BOMRef: "firsthand", Type: cdx.ComponentTypeApplication, Name: "firsthand", Version: s.version,
		Description: "media verification on your own machine, for " + t.String(),
		Licenses:    licences("GPL-3.0-or-later"), PackageURL: "pkg:golang/github.com/firsthand-media/firsthand@" + purlVersion(s.version),
		Hashes:             &[]cdx.Hash{{Algorithm: cdx.HashAlgoSHA256, Value: hex.EncodeToString(sum[:])}},
		ExternalReferences: &[]cdx.ExternalReference{{Type: cdx.ERTypeVCS, URL: repository, Comment: "commit " + s.commit}},
	}
	bom.Metadata = &cdx.Metadata{
		Timestamp: s.date(), Component: &self,
		Tools: &cdx.ToolsChoice{Components: &[]cdx.Component{{Type: cdx.ComponentTypeApplication, Name: "cmd/release", Version: s.version}}},
	}
	var components []cdx.Component
	var refs []string
	for _, p := range parts {
		c, err := component(p)
		if err != nil {
			return nil, err
		}
		components = append(components, c)
		refs = append(refs, c.BOMRef)
	}
	bom.Components = &components
	bom.Dependencies = &[]cdx.Dependency{{Ref: self.BOMRef, Dependencies: &refs}}
	var b bytes.Buffer
	err := cdx.NewBOMEncoder(&b, cdx.BOMFileFormatJSON).SetPretty(true).SetEscapeHTML(false).EncodeVersion(bom, cdx.SpecVersion1_6)
	return b.Bytes(), err
}

// component is one part in the list.
func component(p shippedPart) (cdx.Component, error) {
	c := cdx.Component{BOMRef: p.name, Type: cdx.ComponentTypeLibrary, Name: p.name, Version: p.version, Licenses: licences(p.licence)}
	switch p.kind {
	case module:
		c.PackageURL = "pkg:golang/" + p.name + "@" + purlVersion(p.version)
		if p.replaced {
			c.PackageURL, c.Description = "", "a part of Firsthand in the place of the module of this name"
			break
		}
		digest, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(p.sum, "h1:"))
		if err != nil || len(digest) != sha256.Size {
			return c, fmt.Errorf("the sum of %s is %q", p.name, p.sum)
		}
		// As other writers of lists do: the sum of go.sum, which is one of the
		// sums of the module's files.
		c.Hashes = &[]cdx.Hash{{Algorithm: cdx.HashAlgoSHA256, Value: hex.EncodeToString(digest)}}
		c.Properties = &[]cdx.Property{{Name: "go.sum", Value: p.sum}}
	case npm:
		c.PackageURL = "pkg:npm/" + strings.ReplaceAll(p.name, "@", "%40") + "@" + purlVersion(p.version)
		digest, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(p.digest, "sha512-"))
		if err != nil || len(digest) != 64 {
			return c, fmt.Errorf("the integrity of %s is %q", p.name, p.digest)
		}
		c.Hashes = &[]cdx.Hash{{Algorithm: cdx.HashAlgoSHA512, Value: hex.EncodeToString(digest)}}
	case data:
		c.Type = cdx.ComponentTypeData
	case library:
		if p.name == "Go" {
			c.PackageURL = "pkg:golang/std@" + strings.TrimPrefix(p.version, "go")
		}
	}
	return c, nil
}

// licences are an expression of SPDX in the form of the list.
func licences(expression string) *cdx.Licenses {
	if strings.HasPrefix(expression, "LicenseRef-") {
		return &cdx.Licenses{{License: &cdx.License{Name: expression}}}
	}
	if strings.Contains(expression, " ") {
		return &cdx.Licenses{{Expression: expression}}
	}
	return &cdx.Licenses{{License: &cdx.License{ID: expression}}}
}

func purlVersion(v string) string { return url.PathEscape(v) }

// serial is a UUID made from a digest (RFC 9562, version 8).
func serial(sum [sha256.Size]byte) string {
	u := sum[:16]
	u[6], u[8] = u[6]&0x0f|0x80, u[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}
