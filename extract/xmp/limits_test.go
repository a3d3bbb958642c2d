package xmp

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// repeat makes n pieces of text from a pattern with one number in it.
func repeat(n int, pattern string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, pattern, i)
	}
	return b.String()
}

func TestLimits(t *testing.T) {
	lim := Limits{Bytes: 1 << 16, Depth: 8, Properties: 500, ListItems: 5, ValueBytes: 100}
	tests := []struct {
		name  string
		data  string
		limit string // in the problem's message, "" if none is due
	}{
		{"bytes", packet(`xmp:Label="kept"`, strings.Repeat(" ", 1<<16)), "65536 bytes"},
		{"depth", packet(`xmp:Label="kept"`, strings.Repeat("<dc:a>", 50)+strings.Repeat("</dc:a>", 50)), "8 levels"},
		{"properties", packet(`xmp:Label="kept"`, repeat(600, "<dc:p%d/>")), "500 elements"},
		{"items of a list", packet(`xmp:Label="kept"`, "<dc:subject><rdf:Bag>"+repeat(6, "<rdf:li>%d</rdf:li>")+"</rdf:Bag></dc:subject>"), "5 items"},
		{"items of a list of structures", packet(`xmp:Label="kept"`, "<xmpMM:History><rdf:Seq>"+repeat(6, `<rdf:li stEvt:action="%d"/>`)+"</rdf:Seq></xmpMM:History>"), "5 items"},
		{"long value", packet(`xmp:Label="kept"`, "<dc:format>"+strings.Repeat("ä", 100)+"</dc:format>"), "100 bytes"},
		{"none", packet(`xmp:Label="kept"`, repeat(5, "<dc:p%d>x</dc:p0>")), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := Decode([]byte(tt.data), lim)
			if err != nil {
				t.Fatal(err)
			}
			if p.Get("XMP-xmp", "Label") != "kept" {
				t.Error("what stood before the limit is lost")
			}
			said := false
			for _, problem := range p.Problems {
				said = said || problem.Code == "limit" && strings.Contains(problem.Message, tt.limit)
			}
			if said != (tt.limit != "") {
				t.Errorf("problems %v", p.Problems)
			}
			checkLimits(t, p, lim)
		})
	}
}

// A list that is too long does not cost what follows it.
func TestLongListIsPassedOver(t *testing.T) {
	data := packet("", "<photoshop:DocumentAncestors><rdf:Bag>"+repeat(100_000, "<rdf:li>xmp.did:%d</rdf:li>")+"</rdf:Bag></photoshop:DocumentAncestors><xmp:Label>kept</xmp:Label>")
	p := decode(t, data)
	if n := len(p.Values("XMP-photoshop", "DocumentAncestors")); n != 1000 {
		t.Errorf("%d items, want 1000", n)
	}
	if p.Get("XMP-xmp", "Label") != "kept" {
		t.Error("what follows the list is lost")
	}
	if len(p.Problems) != 1 || p.Problems[0].Field != "XMP:XMP-photoshop:DocumentAncestors" {
		t.Errorf("problems %v", p.Problems)
	}
}

// Packets made to cost more than they weigh are read within bounds.
func TestHostilePacketsStaySmall(t *testing.T) {
	const n = 200_000
	tests := []struct {
		name, data string
		says       string // in a problem's message
	}{
		{"attributes", packet(repeat(n, `xmp:a%d="" `), ""), "8192 attributes"},
		{"nested", packet("", strings.Repeat("<dc:a>", n)), "64 levels"},
		{"ampersands", packet("", "<dc:format>"+strings.Repeat("&", n)+"</dc:format>"), "131072 characters"},
		{"bad characters", packet("", "<dc:format>"+strings.Repeat("\x01", n)+"</dc:format>"), "131072 characters"},
		{"comments", packet("", strings.Repeat("<!--", n)), "ends in the middle"},
		{"open brackets", packet("", strings.Repeat("<", n)), "is damaged"},
		{"packet in packet", strings.Repeat("<x:xmpmeta", n/10), "is damaged"},
		{"many packets", strings.Repeat("<rdf:RDF/>", n), "16 root elements"},
		{"processing instructions", "<rdf:RDF>" + strings.Repeat("<?a?>", 3*n), "50000 elements"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := decode(t, tt.data)
			checkLimits(t, p, DefaultLimits())
			for _, problem := range p.Problems {
				if strings.Contains(problem.Message, tt.says) {
					return
				}
			}
			t.Errorf("nothing is said of %q: %v", tt.says, p.Problems)
		})
	}
}

// Names add up along a path, so that a few long ones around many elements
// would weigh more than the packet.
func TestNamesStayShort(t *testing.T) {
	long := name{"dc", strings.Repeat("n", maxName)}
	path := slices.Repeat([]name{long}, DefaultLimits().Depth)
	if n := len(standardSchema().resolve(path).name); n > 2*maxName {
		t.Errorf("a name of %d bytes", n)
	}
	p := decode(t, packet("", "<dc:"+strings.Repeat("a", 5000)+">"+repeat(100, "<dc:b%d/>")))
	checkLimits(t, p, DefaultLimits())
}

// checkLimits tells whether a packet keeps within its limits, whatever was in
// it.
func checkLimits(t *testing.T, p *Packet, lim Limits) {
	t.Helper()
	if len(p.Tags) > lim.Properties {
		t.Errorf("%d tags", len(p.Tags))
	}
	seen := map[string]bool{}
	for _, tag := range p.Tags {
		if seen[tag.Field] {
			t.Errorf("%s is there twice", tag.Field)
		}
		seen[tag.Field] = true
		if !strings.HasPrefix(tag.Field, "XMP:") || len(tag.Field) > 2*maxName+len("XMP:XMP-:") {
			t.Errorf("field %.300q", tag.Field)
		}
		for _, value := range append(tag.List, tag.Value) {
			if tag.List == nil && len(value) > lim.ValueBytes+100 {
				t.Errorf("%s is %d bytes long", tag.Field, len(value))
			}
		}
		if len(tag.List) == 1 || tag.List != nil && strings.Join(tag.List, ", ") != tag.Value {
			t.Errorf("%s: list %q, value %q", tag.Field, tag.List, tag.Value)
		}
	}
	for _, problem := range p.Problems {
		if problem.Code == "" || problem.Message == "" || problem.Field == "" || strings.HasSuffix(problem.Message, ".") {
			t.Errorf("problem %+v", problem)
		}
	}
}

func TestSameResultEveryTime(t *testing.T) {
	data := packet(`xmlns:prism="http://prismstandard.org/namespaces/basic/9.9/" prism:x="1"`, repeat(50, `<dc:p%d/>`))
	first := decode(t, data)
	for range 10 {
		if again := decode(t, data); !reflect.DeepEqual(first.Tags, again.Tags) {
			t.Fatal("tags differ")
		}
	}
}
