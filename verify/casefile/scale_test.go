package casefile

import (
	"fmt"
	"runtime"
"syscall"
	"testing"
	"time"
	"github.com/firsthand-media/firsthand/verify"
)

func cpu() time.Duration { var r syscall.Rusage; syscall.Getrusage(0, &r); return time.Duration(r.Utime.Nano()+r.Stime.Nano()) }
func TestScale(t *testing.T) {
	f := newCase(t)
	s := beginScan(t, f, "channel")
	start := cpu()
	const n = 20000
	thumb := make([]byte, 60)
	var present []string
	for i := 0; i < n; i += 256 {
		var batch []Result
		for j := i; j < min(n, i+256); j++ {
			r := filled(fmt.Sprintf("dir%d/file-%d.jpg", j%50, j))
			if j%10 == 0 { for len(r.Item.Frames) < 60 { r.Item.Frames = append(r.Item.Frames, r.Item.Frames[0]) } }
			for k := range r.Item.Frames { r.Item.Frames[k].At = time.Duration(k)*time.Second; r.Item.Frames[k].Thumb = thumb }
			r.Item.Media.Error = ""
			present = append(present, r.Sighting.Rel)
			batch = append(batch, r)
		}
		put(t, s, batch...)
	}
	t.Log("put", cpu()-start); start = cpu()
	done(t, s, "channel", present...)
	t.Log("source done", cpu()-start); start = cpu()
	s.End(t.Context(), nil)
	t.Log("end", cpu()-start); start = cpu()
	var m0, m1 runtime.MemStats
	runtime.GC(); runtime.ReadMemStats(&m0)
	w := time.Now(); items := allItems(t, f); t.Log(`wall`, time.Since(w))
	t.Log("items", len(items), cpu()-start); start = cpu()
	runtime.GC(); runtime.ReadMemStats(&m1); t.Log("MB", (m1.HeapAlloc-m0.HeapAlloc)>>20); start = cpu()
	frames := 0
	for fr, err := range f.Frames(t.Context()) { if err != nil { t.Fatal(err) }; frames += len(fr.Frames) }
	t.Log("frames", frames, cpu()-start); start = cpu()
	for i := 0; i < 2000; i++ { if _, err := f.Thumb(t.Context(), items[i].Digest, 0); err != nil { t.Fatal(err) } }
	t.Log("2000 thumbs", cpu()-start); start = cpu()
	for i := 0; i < 2000; i++ { if ok, err := f.Examined(t.Context(), items[i].Digest, "v1"); err != nil || !ok { t.Fatal(err) } }
	t.Log("2000 examined", cpu()-start); start = cpu()
	fs, _ := f.Findings(t.Context())
	t.Log("findings", len(fs), cpu()-start); start = cpu()
	st, _ := f.SourceState(t.Context(), "channel")
	t.Log("state", len(st), cpu()-start); start = cpu()
	f.Counts(t.Context())
	t.Log("counts", cpu()-start); start = cpu()
	mustVerify(t, f)
	t.Log("verify", cpu()-start); start = cpu()
	ms := make([]verify.Match, 100000)
	for i := range ms { ms[i] = verify.Match{A: items[i%n].Sightings[0].Path, B: items[(i+1)%n].Sightings[0].Path, Why: "one sentence about it", RegionA: [][2]float64{{0,0},{1,0},{1,1},{0,1}}} }
	if err := f.ReplaceMatches(t.Context(), ms, nil, RunInfo{}); err != nil { t.Fatal(err) }
	t.Log("replace 100k matches", cpu()-start); start = cpu()
	if err := f.ReplaceMatches(t.Context(), ms, nil, RunInfo{}); err != nil { t.Fatal(err) }
	t.Log("again", cpu()-start); start = cpu()
	f.Matches(t.Context())
	t.Log("matches", cpu()-start); start = cpu()
	for i := 0; i < 100; i++ { f.Decide(t.Context(), verify.Decision{Kind: "confirm", Incident: "i", By: "x"}) }
	t.Log("100 decisions", cpu()-start); start = cpu()
	f = reopen(t, f, nil)
	t.Log("reopen", cpu()-start)
}
