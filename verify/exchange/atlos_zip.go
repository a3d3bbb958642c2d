package exchange

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"time"
)

const atlosReadme = `This archive has the form of a full export of Atlos (atlosdotorg/atlos).

project.json     the project and its attributes
SLUG/            one folder an incident: metadata.json, updates.json
SLUG/SLUG-N/     its source material: metadata.json with the SHA-256 of each file, and the files

It was written by Firsthand. An incident that nobody has confirmed is a candidate.
`

// exportAtlosZIP writes the incidents with their files. In the public form the
// case has no files.
func exportAtlosZIP(ctx context.Context, c *Case, opt Options, out *Output) error {
	list := c.atlosIncidents(out, false)
	c.withholdFiles(opt, out)
	return out.Write("", func(w io.Writer) error {
		z := &atlosArchive{c.newArchive(w, "atlos-export-"+c.Now.UTC().Format(time.DateOnly)+"/"), out, opt.Public}
		if err := z.write(ctx, list); err != nil {
			return err
		}
		return z.w.Close()
	})
}

type atlosArchive struct {
	*archive
	out    *Output
	public bool
}

func (z *atlosArchive) write(ctx context.Context, list []atlosExport) error {
	if err := z.text("README.txt", []byte(atlosReadme)); err != nil {
		return err
	}
	project := z.project(list)
	if err := z.json("project.json", project); err != nil {
		return err
	}
	folders := map[string]bool{}
	for i := range list {
		folder := safeName(list[i].slug)
		for n := 2; folders[foldedName(folder)]; n++ {
			folder = fmt.Sprintf("%s-%d", safeName(list[i].slug), n)
		}
		folders[foldedName(folder)] = true
		if err := z.incident(ctx, &list[i], folder, project); err != nil {
			return err
		}
	}
	return nil
}

// project describes the attributes that the incidents use.
func (z *atlosArchive) project(list []atlosExport) *atlosProject {
	code := z.c.Code
	if code == "" {
		code = "FH"
	}
	p := &atlosProject{Name: z.c.Title, Code: code, Color: "#808080", ID: z.c.ID, Active: true, Attributes: []atlosAttributeKind{}}
	labels, values := map[string]bool{}, map[string][]string{}
	for i := range list {
		for label, list := range list[i].attributes {
			labels[label] = true
			for _, v := range list {
				values[label] = appendNew(values[label], v)
			}
		}
	}
	for _, label := range atlosLabels(labels) {
		kind := atlosAttributeKind{Name: label, Type: "multi_select", Options: values[label]}
		if !slices.Contains([]string{atlosIncidentType, atlosImpact, atlosEquipment}, label) {
			kind.Type, kind.Options = "text", []string{}
		}
		p.Attributes = append(p.Attributes, kind)
	}
	return p
}

// incident writes one, its files in their order: each under the address that it
// was published at.
func (z *atlosArchive) incident(ctx context.Context, a *atlosExport, folder string, project *atlosProject) error {
	versions := z.versions(a)
	for i := range versions {
		if err := z.material(ctx, &versions[i], folder); err != nil {
			return err
		}
	}
	doc := a.json()
	doc.Project, doc.Versions, doc.Material = project, versions, versions
	if err := z.json(folder+"/metadata.json", doc); err != nil {
		return err
	}
	return z.json(folder+"/updates.json", []any{})
}

// versions are the source material of an incident: its addresses in order, each
// with the files that come from it, then the files that come from none.
func (z *atlosArchive) versions(a *atlosExport) []atlosVersion {
	list := []atlosVersion{}
	byURL := map[string]int{}
	add := func(url string) int {
		v := atlosVersion{
			ScopedID: len(list) + 1, Status: "complete", UploadType: "user_provided", Visibility: "visible",
			InsertedAt: a.insertedAt, Metadata: json.RawMessage("{}"), IncidentID: a.slug, Artifacts: []atlosArtifact{},
		}
		v.ID = fmt.Sprintf("%s-%d", a.slug, v.ScopedID)
		if url != "" {
			v.SourceURL, v.UploadType = &url, "direct"
		}
		list = append(list, v)
		return len(list) - 1
	}
	for _, url := range a.sources {
		byURL[url] = add(url)
	}
	for _, d := range a.items {
		it := z.items[d]
		if it == nil || z.public {
			continue
		}
		at := -1
		for _, url := range postsOf(it) {
			if i, ok := byURL[url]; ok && at < 0 {
				at = i
			}
		}
		if at < 0 {
			at = add("")
		}
		list[at].Artifacts = append(list[at].Artifacts, atlosArtifact{
			ID: string(d), SHA256: d, Size: it.Size, MIME: it.Media.MediaType, Hashes: json.RawMessage(`{"computed":[]}`), Type: "upload",
		})
	}
	return list
}

// material writes source material: the files first, for one that cannot be read
// is left out of its description.
func (z *atlosArchive) material(ctx context.Context, v *atlosVersion, folder string) error {
	name := fmt.Sprintf("%s-%d", folder, v.ScopedID)
	kept := []atlosArtifact{}
	for _, a := range v.Artifacts {
		file := fmt.Sprintf("upload_%s%s", name, safeExtension(z.items[a.SHA256].Path()))
		if len(v.Artifacts) > 1 { // Atlos itself gives all of them one name
			file = fmt.Sprintf("upload_%s_%d%s", name, len(kept)+1, safeExtension(z.items[a.SHA256].Path()))
		}
		switch err := z.original(ctx, a.SHA256, path.Join(folder, name, file)); {
		case errors.Is(err, ErrGone), errors.Is(err, ErrChanged):
			z.out.Lose(z.items[a.SHA256].Path(), "%v", err)
		case err != nil:
			return err
		default:
			kept = append(kept, a)
		}
	}
	v.Artifacts = kept
	return z.json(path.Join(folder, name, "metadata.json"), v)
}
