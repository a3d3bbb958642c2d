package search

import "testing"

func TestToggle(t *testing.T) {
	for _, c := range []struct{ filter, key, value, want string }{
		{"", "type", "photo", "type:photo"},
		{"smoke type:photo", "type", "video", "smoke type:photo,video"},
		{"type:photo,video smoke", "type", "photo", "type:video smoke"},
		{"type:photo", "type", "photo", ""},
		{"-type:photo", "type", "photo", "-type:photo type:photo"},
		{"", "source", "phone b", `source:"phone b"`},
	} {
		q, err := Parse(c.filter)
		if err != nil {
			t.Fatal(err)
		}
		if got := q.Toggle(c.key, c.value); got.String() != c.want || q.String() != c.filter {
			t.Errorf("%q with %s:%s is %q, want %q; it was %q", c.filter, c.key, c.value, got, c.want, q)
		}
		if q.Toggle(c.key, c.value).Chosen(c.key, c.value) == q.Chosen(c.key, c.value) {
			t.Errorf("%q: %s:%s stays chosen or not", c.filter, c.key, c.value)
		}
	}
}
