package verify

import "testing"

func TestWhere(t *testing.T) {
	for want, box := range map[string][4]float64{
		"nearly the whole":         {0, 0.02, 1, 0.97},
		"a strip along the bottom": {0, 0.9, 1, 1},
		"the lower quarter":        {0.02, 0.75, 0.98, 1},
		"the upper third":          {0, 0, 1, 0.33},
		"the left half":            {0, 0, 0.5, 1},
		"the right part":           {0.25, 0, 1, 1},
		"a band across the middle": {0, 0.4, 1, 0.6},
		"the upper left corner":    {0.02, 0.03, 0.2, 0.2},
		"the lower right corner":   {0.7, 0.7, 0.99, 0.99},
		"the lower right":          {0.5, 0.6, 0.85, 0.85},
		"the middle":               {0.4, 0.4, 0.6, 0.6},
		"the upper middle":         {0.4, 0.1, 0.6, 0.2},
		"the middle left":          {0.05, 0.4, 0.2, 0.6},
		"most":                     {0.1, 0.1, 0.9, 0.9},
	} {
		if got := Where(box); got != want {
			t.Errorf("%v: %q, want %q", box, got, want)
		}
	}
}
