package main

import (
	"bytes"
	"encoding/json"
	"image"
	"image/jpeg"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestSearchAndGalleryFindTheSame asks the command and the gallery for the same
// words, in captions, names, notes, tags and places, in every script.
func TestSearchAndGalleryFindTheSame(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	dir := t.TempDir()
	caseDir := filepath.Join(dir, "case")
	names := []string{"жовтий-автобус.jpg", "IMG_0431.jpg", "صورة-الجسر.jpg"}
	for i, name := range names {
		if err := os.MkdirAll(filepath.Join(dir, "source"), 0o755); err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 64+i, 64)), nil); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "source", name), b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	command(t, "scan", filepath.Join(dir, "source"), "--case", caseDir, "--quiet")
	command(t, "mark", "source/IMG_0431.jpg", "--note", "дим над Старим причалом у Харкові", "--tag", "Пожежа", "--by", "Ada", "--case", caseDir)
	command(t, "mark", "source/"+names[2], "--note", "الجِسْرُ القديم في حلب", "--by", "Ada", "--case", caseDir)
	command(t, "gazetteer", "add", "Старий причал", "--also", "Old Pier", "--at", "46.5,30.7", "--case", caseDir)
	client, home := serving(t, "--case", caseDir)
	var cases struct{ Open []struct{ ID string } }
	if err := json.Unmarshal(fetched(t, client, home+"/api/cases"), &cases); err != nil || len(cases.Open) != 1 {
		t.Fatal(cases, err)
	}
	for filter, want := range map[string]int{
		"автобуса": 0b001, "жовтий автобус": 0b001, "img 0431": 0b010, "пожежі": 0b010, "جسر": 0b100, "الجسر حلب": 0b100, "Aleppo": 0b100,
		"Kharkiv": 0b010, "Old Pier": 0b010, `"Kharkiv"`: 0, "-Kharkiv": 0b101, "tag:пожежа": 0b010, "note:Харьков": 0b010, "jpg": 0b111, "трамвай": 0,
	} {
		var wanted []string
		for i, name := range names {
			if want&(1<<i) != 0 {
				wanted = append(wanted, "source/"+name)
			}
		}
		var byCommand, byGallery []string
		for line := range strings.Lines(command(t, "search", "--case", caseDir, "--json", "--", filter)) {
			var l struct{ Path string }
			if err := json.Unmarshal([]byte(line), &l); err != nil {
				t.Fatal(err)
			}
			byCommand = append(byCommand, l.Path)
		}
		var found struct{ Cards []struct{ Path string } }
		answer := fetched(t, client, home+"/api/case/"+cases.Open[0].ID+"/gallery?"+url.Values{"filter": {filter}}.Encode())
		if err := json.Unmarshal(answer, &found); err != nil {
			t.Fatal(err)
		}
		for _, c := range found.Cards {
			byGallery = append(byGallery, c.Path)
		}
		slices.Sort(wanted)
		slices.Sort(byCommand)
		slices.Sort(byGallery)
		if !slices.Equal(byCommand, wanted) || !slices.Equal(byGallery, wanted) {
			t.Errorf("%s: the command finds %q, the gallery %q, want %q", filter, byCommand, byGallery, wanted)
		}
	}
}
