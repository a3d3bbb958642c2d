package workshop

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestNamesThatLeadOut(t *testing.T) {
	b := bagOf(t, packed(t, flood()))
	for _, name := range []string{
		"../evil", "../../evil", "/evil", "//server/share/evil", `\\server\share\evil`, `..\evil`, `C:\evil`, "C:evil", "c:/evil", "~/evil", "~root/evil",
		"the-flood/../evil", "the-flood/../../evil", "the-flood/data/../../../evil", `the-flood\data\media\x`, `the-flood/data/media/..\..\..\evil`,
		"the-flood/./evil", "the-flood//evil", "./the-flood/evil", "evil", "other/evil", "the-flood/data/media/a\x00b", "", "the-flood/..",
		strings.Repeat("the-flood/", 500) + "evil",
	} {
		t.Run(fmt.Sprintf("%.40q", name), func(t *testing.T) {
			wantRefused(t, zipped(t, append(b.entries("the-flood/"), entry{name: name, text: []byte("evil")})...), "")
			evil := entry{name: name, text: []byte("evil")}
			wantRefused(t, zipped(t, append([]entry{evil}, b.entries("the-flood/")...)...), "")
		})
	}
}

// A member whose name is the plain one only when it is tidied up is refused: two
// programs would lay it at two places.
func TestNamesThatAreNotPlain(t *testing.T) {
	b := bagOf(t, packed(t, flood()))
	for _, name := range []string{"the-flood/data/./key.age", "the-flood//data/key.age", "the-flood/data/media/../key.age", "./the-flood/data/key.age"} {
		entries := b.entries("the-flood/")
		for i := range entries {
			if entries[i].name == "the-flood/data/key.age" {
				entries[i].name = name
			}
		}
		want := "plain form"
		if strings.Contains(name, "..") {
			want = "leads out"
		}
		wantRefused(t, zipped(t, entries...), want)
	}
}

// Names that lead out or meet another on some system are refused also where the
// manifest and the exercise list them as they are.
func TestListedNamesThatLeadOut(t *testing.T) {
	for _, name := range []string{
		"camera/../../evil", "../evil", `camera\evil`, `camera/..\evil`, "camera/C:evil", "~/evil", "camera/nul", "camera/com1.jpg", "camera/trail.", "camera/ space",
		"camera/bell\a", "camera/\u202egpj.exe", "camera/zero\u200bwidth", "CAMERA/BRIDGE.JPG", "camera/bridge.jpg/inside", "lonely", "camera/.firsthand-part", "camera/star*",
		"camera/" + strings.Repeat("long", 100),
	} {
		t.Run(fmt.Sprintf("%.40q", name), func(t *testing.T) {
			wantRefused(t, zipped(t, withFile(t, name).sealed().entries("the-flood/")...), "")
		})
	}
	fine := withFile(t, "camera/Міст (2) – копія.jpg") // so that it is the name that the others are refused for
	if _, err := Open(onDisk(t, zipped(t, fine.sealed().entries("the-flood/")...))); err != nil {
		t.Error(err)
	}
}

func TestTwoNamesForOneFile(t *testing.T) {
	for _, twin := range []string{"the-flood/data/media/camera/BRIDGE.jpg", "the-flood/data/media/camera/100% ДНІПРО [1].jpg", "the-flood/data/media/camera/bridge.jpg"} {
		b := bagOf(t, packed(t, flood()))
		entries := append(b.entries("the-flood/"), entry{name: twin, text: []byte("the other")})
		wantRefused(t, zipped(t, entries...), "")
	}
	// й as one character and as two
	b := bagOf(t, packed(t, flood()))
	b["data/media/camera/\u0439.jpg"], b["data/media/camera/\u0438\u0306.jpg"] = []byte("one"), []byte("two")
	wantRefused(t, zipped(t, b.sealed().entries("the-flood/")...), "one file to some systems")
}

func TestEntriesThatAreNoFiles(t *testing.T) {
	b := bagOf(t, packed(t, flood()))
	for _, mode := range []fs.FileMode{fs.ModeSymlink | 0o777, fs.ModeNamedPipe | 0o600, fs.ModeDevice | 0o600, fs.ModeDevice | fs.ModeCharDevice | 0o600, fs.ModeSocket | 0o600} {
		var h zip.FileHeader
		h.SetMode(mode)
		t.Run(mode.String(), func(t *testing.T) {
			wantRefused(t, zipped(t, append(b.entries("the-flood/"), entry{"the-flood/link", []byte("/etc/passwd"), h})...), "never followed")
			instead := b.entries("the-flood/")
			for i := range instead {
				if strings.HasSuffix(instead[i].name, "/bridge.jpg") {
					instead[i].header = h
				}
			}
			wantRefused(t, zipped(t, instead...), "never followed")
		})
	}
}

func TestBombs(t *testing.T) {
	b := bagOf(t, packed(t, flood()))
	const bridge = "the-flood/data/media/camera/bridge.jpg"
	zeros := make([]byte, 64<<20)
	t.Run("ratio", func(t *testing.T) {
		wantRefused(t, zipped(t, append(b.entries("the-flood/"), entry{name: "the-flood/zeros", text: zeros})...), "promises more than 100 times")
	})
	t.Run("ratio of a listed file", func(t *testing.T) {
		b := maps.Clone(b)
		b["data/media/camera/bridge.jpg"] = zeros
		wantRefused(t, zipped(t, b.sealed().entries("the-flood/")...), "promises more than 100 times")
	})
	plain := zipped(t, b.entries("the-flood/")...)
	spoil := func(change func(directory []byte)) []byte {
		raw := bytes.Clone(plain)
		change(raw[directoryOf(t, raw, bridge):])
		return raw
	}
	t.Run("more than there is room for", func(t *testing.T) {
		raw := spoil(func(d []byte) {
			binary.LittleEndian.PutUint32(d[20:], 0xfffffff0)
			binary.LittleEndian.PutUint32(d[24:], 0xfffffff0)
		})
		wantRefused(t, raw, "")
	})
	t.Run("many members that promise much", func(t *testing.T) {
		raw := bytes.Clone(plain)
		for _, e := range b.entries("the-flood/") {
			binary.LittleEndian.PutUint32(raw[directoryOf(t, raw, e.name)+24:], 0xfffffff0)
		}
		wantRefused(t, raw, "it promises more than 4160 MB")
	})
	t.Run("length too short", func(t *testing.T) {
		wantRefused(t, spoil(func(d []byte) { binary.LittleEndian.PutUint32(d[24:], 3) }), "")
	})
	t.Run("length too long", func(t *testing.T) {
		wantRefused(t, spoil(func(d []byte) { binary.LittleEndian.PutUint32(d[24:], 1<<19) }), "")
	})
	t.Run("one member on another", func(t *testing.T) {
		other := binary.LittleEndian.Uint32(plain[directoryOf(t, plain, "the-flood/data/media/telegram/photos/photo 1.jpg")+42:])
		wantRefused(t, spoil(func(d []byte) { binary.LittleEndian.PutUint32(d[42:], other) }), "lie on one another")
	})
	t.Run("offset beyond the end", func(t *testing.T) {
		wantRefused(t, spoil(func(d []byte) { binary.LittleEndian.PutUint32(d[42:], 0x7fffffff) }), "")
	})
	t.Run("encrypted", func(t *testing.T) {
		wantRefused(t, spoil(func(d []byte) { d[8] |= 1 }), "encrypted")
	})
	t.Run("unknown compression", func(t *testing.T) {
		wantRefused(t, spoil(func(d []byte) { binary.LittleEndian.PutUint16(d[10:], 99) }), "method 99")
	})
	t.Run("too many members", func(t *testing.T) {
		entries := b.entries("the-flood/")
		for i := range mostFiles {
			entries = append(entries, entry{name: fmt.Sprintf("the-flood/data/media/x/%d", i)})
		}
		wantRefused(t, zipped(t, entries...), "more than 10100 members")
	})
	t.Run("a directory that is a bomb", func(t *testing.T) {
		entries := b.entries("the-flood/")
		for i := range 300 {
			entries = append(entries, entry{name: fmt.Sprintf("the-flood/%d/%s", i, strings.Repeat("x", 60_000)), header: zip.FileHeader{Comment: strings.Repeat("y", 60_000)}})
		}
		wantRefused(t, zipped(t, entries...), "members")
	})
}

func TestTruncatedPack(t *testing.T) {
	raw, err := os.ReadFile(packed(t, flood()))
	must(t, err)
	for n := 0; n < len(raw); n += 1 + len(raw)/97 {
		wantRefused(t, raw[:n], "")
	}
	wantRefused(t, raw[1:], "")
	wantRefused(t, append(bytes.Clone(raw), raw...)[len(raw)/2:len(raw)+len(raw)/2], "")
}

func TestFolderOfThePack(t *testing.T) {
	b := bagOf(t, packed(t, flood()))
	wantRefused(t, zipped(t, b.entries("another/")...), "its folder is")
	wantRefused(t, zipped(t, b.entries("")...), "lies beside the bag")
	wantRefused(t, zipped(t, b.entries("the-flood/the-flood/")...), "bagit.txt")
	wantRefused(t, zipped(t), "empty")
	wantRefused(t, []byte("no zip at all"), "zip")
	wantRefused(t, nil, "zip")
	if _, err := Open(t.TempDir()); !errors.Is(err, ErrNoPack) {
		t.Errorf("a folder: %v", err)
	}
	if _, err := Open(filepath.Join(t.TempDir(), "gone.zip")); !errors.Is(err, fs.ErrNotExist) || errors.Is(err, ErrNoPack) {
		t.Errorf("a file that is not there: %v", err)
	}
}
