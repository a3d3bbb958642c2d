package assess

import "testing"

func TestWarningsInTheTextOfAPost(t *testing.T) {
	for text, warns := range map[string]bool{
		"WARNING: Graphic content below":        true,
		"Увага! Чутливий контент":               true,
		"Осторожно, ЖЕСТКИЕ КАДРЫ":              true, // written without ё
		"تحذير: مَشَاهِد قاسيه":                 true, // with harakat, and another last letter
		"Video (18+) from the bridge":           true,
		"":                                      false,
		"A photographic content library":        false,
		"Number 118+ of the series":             false,
		"The bridge is closed, жестяная крыша":  false,
		"graphic design of the content":         false,
		"Smoke over the town, seen from the M4": false,
	} {
		if got := WarnedInText(text); (got != "") != warns {
			t.Errorf("%q warns by %q, want a warning: %v", text, got, warns)
		}
	}
}
