package exchange

import (
	"path"
	"strings"
)

// find gives the file of the bag that a manifest means: by the name with its
// escapes undone, by the name as written, else by one that some file system
// takes for the same.
func (b *Bag) find(written string) (name string, alike, ok bool) {
	for _, name := range []string{path.Clean(b.version.unescape(written)), path.Clean(written)} {
		if _, ok := b.files.files[name]; ok {
			return name, false, true
		}
	}
	want := foldedName(path.Clean(b.version.unescape(written)))
	for _, name := range b.folded()[want] {
		return name, true, true
	}
	return "", false, false
}

// folded is the files of the bag by their folded names.
func (b *Bag) folded() map[string][]string {
	if b.byFolded == nil {
		b.byFolded = map[string][]string{}
		for _, name := range b.files.names() {
			b.byFolded[foldedName(name)] = append(b.byFolded[foldedName(name)], name)
		}
	}
	return b.byFolded
}

// checkManifest compares every file that a manifest lists.
func (b *Bag) checkManifest(m manifest) {
	for _, f := range m.files {
		name, alike, ok := b.find(f.name)
		switch {
		case !ok && leftBySystem(f.name):
			b.lost[f.name] = true
			b.warn("%s: %q is not there; systems make and delete such files by themselves", m.name, f.name)
			continue
		case !ok:
			b.fail("%s: %q is not in the bag", m.name, f.name)
			continue
		case alike:
			b.warn("%s: %q is in the bag as %q", m.name, f.name, name)
		}
		if leftBySystem(name) {
			b.warn("%s: %q is a file of an operating system", m.name, name)
		}
		if have, ok := b.sums[name]; ok && have[m.algorithm] != f.sum {
			b.fail("%s: %q has another checksum: it was changed, or the manifest was", m.name, name)
		}
	}
}

// leftBySystem are names that file managers write beside people's files.
func leftBySystem(name string) bool {
	base := path.Base(name)
	return base == ".DS_Store" || strings.HasPrefix(base, "._") || strings.EqualFold(base, "Thumbs.db") || strings.EqualFold(base, "desktop.ini")
}

// checkListed looks for payload that no manifest lists; from version 1.0 on
// each manifest lists all.
func (b *Bag) checkListed(payload []manifest) {
	lists := make([]map[string]bool, len(payload))
	for i, m := range payload {
		lists[i] = map[string]bool{}
		for _, f := range m.files {
			if name, _, ok := b.find(f.name); ok {
				lists[i][name] = true
			}
		}
	}
	for _, name := range b.Payload {
		in := 0
		for i := range lists {
			if lists[i][name] {
				in++
			} else if b.version.atLeast(1, 0) {
				b.fail("%s does not list %q", payload[i].name, name)
			}
		}
		if in == 0 && !b.version.atLeast(1, 0) {
			b.fail("no manifest lists %q", name)
		}
	}
}

// checkInfo reads the description of the bag and compares its Payload-Oxum.
func (b *Bag) checkInfo() {
	name := "bag-info.txt"
	if _, ok := b.files.files[name]; !ok && !b.version.atLeast(0, 96) {
		name = "package-info.txt" // as it was called
	}
	if _, ok := b.files.files[name]; !ok {
		return
	}
	text, err := b.tagFile(name, maxBagInfo)
	if err != nil {
		b.fail("%s: %v", name, err)
		return
	}
	var faults []string
	b.Info, faults = parseInfo(text)
	for _, f := range faults {
		b.fail("%s: %s", name, f)
	}
	for _, line := range b.Info {
		if strings.EqualFold(line[0], "Payload-Oxum") {
			b.checkOxum(line[1])
		}
	}
}

func (b *Bag) checkOxum(written string) {
	size, files, err := parseOxum(written)
	if err != nil {
		b.fail("%v", err)
		return
	}
	var have int64
	for _, name := range b.Payload {
		have += b.files.files[name].size
	}
	lost := int64(len(b.lost))
	if int64(len(b.Payload))+lost != files || have > size || have < size && lost == 0 {
		b.fail("the payload is %d bytes in %d files, and Payload-Oxum says %d in %d", have, len(b.Payload), size, files)
	}
}
