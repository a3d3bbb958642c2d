package source

import (
	"strings"
	"testing"
)

// A null byte hides neither a table that was not understood nor what else a
// sidecar says, and goes into no record.
func TestNullBytesHideNothing(t *testing.T) {
	inv := read(t, tree(t, map[string]string{
		"a/photo_1.jpg":       "\xff\xd8\x00",
		"a/photo_1.info.json": `{"id":"photo_1","extractor":"x","title":"be\u0000fore","description":"a\u0000b","uploader":"w\u0000","webpage_url":"https://example.org/1","timestamp":1656157336,"ext":"jpg"}`,
		"b/captions.csv":      "file,caption\nx.jpg,nul\x00inside\n",
	}))
	equal(t, "findings", codes(inv), []string{"b/captions.csv sidecar-unknown"})
	records := 0
	for _, f := range inv.Files {
		for _, r := range f.Records {
			records++
			for _, said := range []string{r.Text, r.Account, r.PostID, r.URL} {
				if strings.ContainsRune(said, 0) {
					t.Errorf("%s: a null byte in %q", f.Rel, said)
				}
			}
			if !strings.Contains(r.Text, "\ufffd") {
				t.Errorf("%s: %q does not show where the null byte stood", f.Rel, r.Text)
			}
		}
	}
	if records != 1 {
		t.Errorf("%d records", records)
	}
}
