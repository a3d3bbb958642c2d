package exchange

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// Namespaces of CASE and UCO 1.4. What they have no word for, perceptual
// likeness and the state of verification among it, is in a namespace of our
// own, which readers that do not know it pass over.
var ucoContext = node{
	"kb":                 "urn:uuid:",
	"case-investigation": "https://ontology.caseontology.org/case/investigation/",
	"uco-core":           "https://ontology.unifiedcyberontology.org/uco/core/",
	"uco-action":         "https://ontology.unifiedcyberontology.org/uco/action/",
	"uco-identity":       "https://ontology.unifiedcyberontology.org/uco/identity/",
	"uco-location":       "https://ontology.unifiedcyberontology.org/uco/location/",
	"uco-observable":     "https://ontology.unifiedcyberontology.org/uco/observable/",
	"uco-tool":           "https://ontology.unifiedcyberontology.org/uco/tool/",
	"uco-types":          "https://ontology.unifiedcyberontology.org/uco/types/",
	"xsd":                "http://www.w3.org/2001/XMLSchema#",
	"firsthand":          "https://github.com/firsthand-media/firsthand/ns#",
}

// node is an object of JSON-LD.
type node map[string]any

// ucoGraph is the nodes of one case. Every node has an identity that follows
// from the case and from what it is, so that the same case gives the same file.
type ucoGraph struct {
	c     *Case
	nodes []node
}

// id is a UUID of version 8 (RFC 9562) over the case and the parts.
func (g *ucoGraph) id(parts ...string) string {
	sum := sha256.Sum256([]byte(g.c.ID + "\x00" + strings.Join(parts, "\x00")))
	sum[6] = sum[6]&0x0f | 0x80
	sum[8] = sum[8]&0x3f | 0x80
	return fmt.Sprintf("kb:%x-%x-%x-%x-%x", sum[0:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

func ref(id string) node { return node{"@id": id} }

func literal(kind, value string) node { return node{"@type": "xsd:" + kind, "@value": value} }

func (g *ucoGraph) add(n node) string {
	g.nodes = append(g.nodes, n)
	return n["@id"].(string)
}

// exportCaseUCO writes items, where they came from, and incidents as a graph of
// CASE/UCO.
func exportCaseUCO(_ context.Context, c *Case, _ Options, out *Output) error {
	g := &ucoGraph{c: c}
	tool := g.add(node{"@id": g.id("tool"), "@type": "uco-tool:Tool", "uco-core:name": "firsthand", "uco-tool:version": c.Tool})
	files := map[verify.Digest]string{}
	var objects []node
	for i := range c.Items {
		id := g.file(&c.Items[i])
		files[c.Items[i].Digest] = id
		objects = append(objects, ref(id), ref(g.provenance(&c.Items[i], i+1, id)))
	}
	objects = append(objects, ref(g.read(tool, files)))
	for i := range c.Incidents {
		objects = append(objects, ref(g.incident(&c.Incidents[i], files)))
	}
	objects = append(objects, g.decisions(files)...)
	g.add(node{
		"@id": g.id("case"), "@type": "case-investigation:Investigation", "uco-core:name": c.Title,
		"case-investigation:investigationForm": "case", "uco-core:object": objects,
	})
	return out.Write("", func(w io.Writer) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", " ")
		return enc.Encode(node{"@context": ucoContext, "@graph": g.nodes})
	})
}

// file is an item with its facets.
func (g *ucoGraph) file(it *verify.Item) string {
	d := string(it.Digest)
	name := path.Base(it.Path())
	named := node{
		"@id": g.id(d, "FileFacet"), "@type": "uco-observable:FileFacet",
		"uco-observable:fileName": name, "uco-observable:filePath": it.Path(), "uco-observable:sizeInBytes": it.Size,
	}
	if ext := strings.TrimPrefix(path.Ext(name), "."); ext != "" {
		named["uco-observable:extension"] = ext
	}
	facets := []node{named, {
		"@id": g.id(d, "ContentDataFacet"), "@type": "uco-observable:ContentDataFacet",
		"uco-observable:mimeType": it.Media.MediaType, "uco-observable:sizeInBytes": it.Size,
		"uco-observable:hash": []node{{
			"@id": g.id(d, "SHA256"), "@type": "uco-types:Hash",
			"uco-types:hashMethod": "SHA256", "uco-types:hashValue": literal("hexBinary", d),
		}},
	}}
	line := it.Line()
	if line.Kind == extract.Image && line.Width != nil && line.Height != nil {
		facets = append(facets, node{
			"@id": g.id(d, "RasterPictureFacet"), "@type": "uco-observable:RasterPictureFacet",
			"uco-observable:pictureWidth": *line.Width, "uco-observable:pictureHeight": *line.Height,
		})
	}
	if entries := g.exif(d, &line); len(entries) > 0 {
		facets = append(facets, node{
			"@id": g.id(d, "EXIFFacet"), "@type": "uco-observable:EXIFFacet",
			"uco-observable:exifData": []node{{
				"@id": g.id(d, "exifData"), "@type": "uco-types:ControlledDictionary", "uco-types:entry": entries,
			}},
		})
	}
	if p := line.BestPlace; p != nil && p.Latitude != nil && p.Longitude != nil {
		facets = append(facets, g.position(g.id(d, "LatLongCoordinatesFacet"), Position{*p.Latitude, *p.Longitude}, p.AltitudeM))
	}
	return g.add(node{"@id": g.id(d), "@type": "uco-observable:File", "uco-core:hasFacet": facets})
}

// exif is what the file itself says of device and times, as written.
func (g *ucoGraph) exif(digest string, line *verify.Line) []node {
	var out []node
	add := func(key, value string) {
		if value != "" && !slices.ContainsFunc(out, func(n node) bool { return n["uco-types:key"] == key }) {
			out = append(out, node{
				"@id": g.id(digest, "exifData", key), "@type": "uco-types:ControlledDictionaryEntry",
				"uco-types:key": key, "uco-types:value": value,
			})
		}
	}
	add("Make", string(line.Device.Make))
	add("Model", string(line.Device.Model))
	add("BodySerialNumber", string(line.Device.Serial))
	add("LensModel", string(line.Device.Lens))
	add("Software", string(line.Device.Software))
	for _, t := range line.Times {
		if key, ok := strings.CutPrefix(t.Field, "EXIF:"); ok {
			add(key, t.Raw)
		}
	}
	return out
}

func (g *ucoGraph) position(id string, p Position, altitude *float64) node {
	n := node{
		"@id": id, "@type": "uco-location:LatLongCoordinatesFacet",
		"uco-location:latitude": literal("decimal", number(p.Latitude)), "uco-location:longitude": literal("decimal", number(p.Longitude)),
	}
	if altitude != nil {
		n["uco-location:altitude"] = literal("decimal", number(*altitude))
	}
	return n
}

// provenance says under which number an item stands in this case. What is
// bound to the evidence is the digest.
func (g *ucoGraph) provenance(it *verify.Item, n int, file string) string {
	return g.add(node{
		"@id": g.id(string(it.Digest), "provenance"), "@type": "case-investigation:ProvenanceRecord",
		"case-investigation:exhibitNumber": fmt.Sprintf("%04d", n), "uco-core:description": "SHA-256 " + string(it.Digest),
		"uco-core:object": []node{ref(file)},
	})
}

// read is the reading of the files into the case.
func (g *ucoGraph) read(tool string, files map[verify.Digest]string) string {
	n := node{
		"@id": g.id("read"), "@type": "case-investigation:InvestigativeAction", "uco-core:name": "files read into the case",
		"uco-action:instrument": []node{ref(tool)}, "uco-action:startTime": literal("dateTime", g.c.Created.UTC().Format(time.RFC3339)),
	}
	var objects, results []node
	for i := range g.c.Items {
		d := g.c.Items[i].Digest
		objects, results = append(objects, ref(files[d])), append(results, ref(g.id(string(d), "provenance")))
	}
	if len(objects) > 0 {
		n["uco-action:object"], n["uco-action:result"] = objects, results
	}
	return g.add(n)
}

// incident is an incident with its members, place and record.
func (g *ucoGraph) incident(inc *assess.Incident, files map[verify.Digest]string) string {
	n := node{
		"@id": g.id("incident", inc.ID), "@type": "case-investigation:Investigation", "uco-core:name": titleOf(inc),
		"case-investigation:investigationForm": "incident", "firsthand:incident": inc.ID, "firsthand:status": string(inc.Status),
	}
	if inc.Record.Description != "" {
		n["uco-core:description"] = inc.Record.Description
	}
	for key, value := range map[string]string{
		"firsthand:day": inc.Day(), "firsthand:earliest": instant(inc.Earliest), "firsthand:latest": instant(inc.Latest),
		"firsthand:childrenCasualties": string(inc.Record.Children), "firsthand:workStatus": string(inc.Record.WorkStatus),
	} {
		if value != "" {
			n[key] = value
		}
	}
	objects := []node{}
	for _, d := range inc.Items() {
		if id, ok := files[d]; ok {
			objects = append(objects, ref(id))
		}
	}
	if at := placeOf(inc); at != nil {
		place := node{
			"@id": g.id("incident", inc.ID, "location"), "@type": "uco-location:Location",
			"uco-core:hasFacet": []node{g.position(g.id("incident", inc.ID, "LatLongCoordinatesFacet"), at.Position, nil)},
		}
		if at.radiusM > 0 {
			place["firsthand:radiusMetres"] = literal("decimal", number(at.radiusM))
		}
		objects = append(objects, ref(g.add(place)))
	}
	if len(objects) > 0 {
		n["uco-core:object"] = objects
	}
	return g.add(n)
}

// decisions are the actions of people, each after the one before.
func (g *ucoGraph) decisions(files map[verify.Digest]string) []node {
	people := map[string]string{}
	var out []node
	before := g.id("read")
	for _, d := range verify.Standing(g.c.Decisions) {
		n := node{
			"@id": g.id("decision", fmt.Sprint(d.Seq)), "@type": "case-investigation:InvestigativeAction", "uco-core:name": d.Kind,
			"uco-action:startTime": literal("dateTime", d.At.UTC().Format(time.RFC3339)), "case-investigation:wasInformedBy": []node{ref(before)},
		}
		if d.Reason != "" {
			n["uco-core:description"] = d.Reason
		}
		if d.By != "" {
			if people[d.By] == "" {
				people[d.By] = g.add(node{"@id": g.id("person", d.By), "@type": "uco-identity:Person", "uco-core:name": d.By})
				out = append(out, ref(people[d.By]))
			}
			n["uco-action:performer"] = ref(people[d.By])
		}
		objects := []node{}
		for _, s := range d.Subjects {
			if id, ok := files[s]; ok {
				objects = append(objects, ref(id))
			}
		}
		if len(objects) > 0 {
			n["uco-action:object"] = objects
		}
		before = g.add(n)
		out = append(out, ref(before))
	}
	return out
}
