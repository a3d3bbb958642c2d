package c2pa

import (
	"math"
	"reflect"
	"strings"
	"testing"
)

// TestValues reads the corners of CBOR that the assertions of the other tests
// do not have.
func TestValues(t *testing.T) {
	for name, c := range map[string]struct {
		data string
		want string // kind and text
	}{
		"largest integer":      {"\x1b\xff\xff\xff\xff\xff\xff\xff\xff", "18446744073709551615"},
		"lowest integer":       {"\x3b\xff\xff\xff\xff\xff\xff\xff\xff", "-18446744073709551616"},
		"minus one":            {"\x20", "-1"},
		"half":                 {"\xf9\x3e\x00", "1.5"},
		"smallest half":        {"\xf9\x00\x01", "5.96046447753906e-08"},
		"minus infinity":       {"\xf9\xfc\x00", "-Inf"},
		"double":               {"\xfb\x3f\xf1\x99\x99\x99\x99\x99\x9a", "1.1"},
		"text in pieces":       {"\x7f\x62ab\x61c\xff", "abc"},
		"date":                 {"\xc0\x742024-03-01T12:00:00Z", "2024:03:01 12:00:00Z"},
		"seconds":              {"\xc1\x1a\x5e\x0b\xe1\x00", "2020:01:01 00:00:00+00:00"},
		"text that is not":     {"\x62\xff\xfe", "?"},
		"array without length": {"\x9f\x01\x02\xff", ""},
	} {
		vs, err := newValues()
		if err != nil {
			t.Fatal(err)
		}
		v, rest, err := vs.cbor([]byte(c.data))
		if got := v.printed(); err != nil && name != "text that is not" || got != c.want && err == nil || len(rest) > 0 && err == nil {
			t.Errorf("%s: got %q, %v, %d bytes left", name, got, err, len(rest))
		}
	}
	if !math.IsNaN(halfFloat(0x7e00)) {
		t.Error("not a number is a number")
	}
}

// TestNamesOfJSON makes names that ExifTool makes too.
func TestNamesOfJSON(t *testing.T) {
	vs, err := newValues()
	if err != nil {
		t.Fatal(err)
	}
	v, err := vs.json([]byte(`{"b":{"c":[1,{"d":"x"},{"d":"y"}]},"a":1.50,"e":null,"f":true,"9":{"8":"n"}}`))
	if err != nil {
		t.Fatal(err)
	}
	var tags tagger
	tags.jsonTags(&v)
	var got []string
	for _, tag := range tags.tags {
		got = append(got, strings.TrimPrefix(tag.Field, groupJSON)+"="+tag.Value)
	}
	want := []string{"Tag9_8=n", "TagA=1.50", "BC=1", "BCD=x, y", "TagE=null", "TagF=true"} // what ExifTool 12.57 prints
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
