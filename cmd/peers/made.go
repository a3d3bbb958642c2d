package main

import (
	"encoding/csv"
	"fmt"
	"image"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/firsthand-media/firsthand/cmd/acceptance/truth"
	"github.com/firsthand-media/firsthand/fixtures/canvas"
)

// copiesFolders are the photographs and the copies of some of them: those of
// the shared folder and its generator, else the pictures of the exercise, with
// the copies that this file and fixtures/mklikeness make of them.
func (b *bench) copiesFolders() (photos, variants string, err error) {
	// Plain folders side by side, since the peers print paths.
	photos, variants = filepath.Join(b.work, "photos"), filepath.Join(b.work, "variants")
	if b.shared == "" {
		return photos, variants, b.ownCopies(photos, variants)
	}
	if err := os.CopyFS(photos, os.DirFS(filepath.Join(b.shared, "corpus/photos"))); err != nil && !os.IsExist(err) {
		return "", "", err
	}
	if b.variants != "" {
		if b.variants != variants {
			err = os.CopyFS(variants, os.DirFS(b.variants))
		}
		return photos, variants, err
	}
	b.say("making copies of every %d. photograph", b.every)
	cmd := exec.Command("go", "run", ".", "-in", photos, "-out", variants, "-every", strconv.Itoa(b.every))
	cmd.Dir, cmd.Stderr = filepath.Join(b.shared, "bench/mkvariants"), os.Stderr
	return photos, variants, cmd.Run()
}

// hardKinds are those of mklikeness that a person would still call a copy at
// once.
const hardKinds = "screen_photo,stickers,filter_vintage,two_step,diptych,inset5"

// ownCopies takes one picture of each unit of the exercise as a photograph and
// makes copies of every n-th.
func (b *bench) ownCopies(photos, variants string) error {
	names, err := exercisePictures(photos)
	if err != nil {
		return err
	}
	chosen := filepath.Join(b.work, "chosen")
	for i, name := range names {
		if i%b.every == 0 {
			if err := copyInto(chosen, filepath.Join(photos, name), name); err != nil {
				return err
			}
		}
	}
	cmd := exec.Command("go", "run", "./fixtures/mklikeness", "-photos", chosen, "-copies", variants, "-only", hardKinds)
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("make the harder copies: %w", err)
	}
	return easyCopies(chosen, variants)
}

// exercisePictures copies the first picture of each unit of the exercise into
// a folder, with the table of which show one event.
func exercisePictures(photos string) (names []string, err error) {
	rows, err := truth.ReadTable("fixtures/workshop-answers/files.csv")
	if err != nil {
		return nil, fmt.Errorf("the exercise's answers: %w", err)
	}
	table := [][]string{{"file", "scene_group"}}
	seen := map[string]bool{}
	for _, r := range rows {
		end := strings.ToLower(filepath.Ext(r["path"]))
		if end != ".jpg" || r["role"] == "unreadable" || r["role"] == "thumbnail" || r["dup_group"] != "" && seen[r["dup_group"]] {
			continue
		}
		seen[r["dup_group"]] = true
		name := fmt.Sprintf("p%03d.jpg", len(names))
		if err := copyInto(photos, filepath.Join("fixtures/workshop", filepath.FromSlash(r["path"])), name); err != nil {
			return nil, err
		}
		names = append(names, name)
		table = append(table, []string{name, r["incident"]})
	}
	return names, writeTable(filepath.Join(photos, "manifest.csv"), table)
}

// easyKinds are copies as messengers and hurried people make them. The last
// returns the part of the copy that shows the original.
var easyKinds = []struct {
	name    string
	quality int
	make    func(m *image.RGBA) (*image.RGBA, image.Rectangle)
}{
	{"jpeg_q30", 30, func(m *image.RGBA) (*image.RGBA, image.Rectangle) { return m, m.Bounds() }},
	{"resize_50", 85, func(m *image.RGBA) (*image.RGBA, image.Rectangle) {
		return all(canvas.Resized(m, m.Bounds().Dx()/2, m.Bounds().Dy()/2))
	}},
	{"stretch", 85, func(m *image.RGBA) (*image.RGBA, image.Rectangle) {
		return all(canvas.Resized(m, m.Bounds().Dx()*4/5, m.Bounds().Dy()))
	}},
	{"mirror", 85, func(m *image.RGBA) (*image.RGBA, image.Rectangle) {
		w := m.Bounds().Dx()
		return all(moved(m, w, m.Bounds().Dy(), func(x, y int) (int, int) { return w - 1 - x, y }))
	}},
	{"rot90", 85, func(m *image.RGBA) (*image.RGBA, image.Rectangle) {
		w := m.Bounds().Dx()
		return all(moved(m, m.Bounds().Dy(), w, func(x, y int) (int, int) { return y, w - 1 - x }))
	}},
	{"crop_30", 85, func(m *image.RGBA) (*image.RGBA, image.Rectangle) { return all(cropped(m, .837)) }},
	{"crop_50", 85, func(m *image.RGBA) (*image.RGBA, image.Rectangle) { return all(cropped(m, .707)) }},
	{"letterbox", 80, func(m *image.RGBA) (*image.RGBA, image.Rectangle) { return framed(m, 0, .18, color.Black) }},
	{"border", 85, func(m *image.RGBA) (*image.RGBA, image.Rectangle) { return framed(m, .06, .06, color.White) }},
	{"gray", 85, func(m *image.RGBA) (*image.RGBA, image.Rectangle) {
		d := canvas.Clone(m)
		for i := 0; i < len(d.Pix); i += 4 {
			v := uint8((299*int(d.Pix[i]) + 587*int(d.Pix[i+1]) + 114*int(d.Pix[i+2])) / 1000)
			d.Pix[i], d.Pix[i+1], d.Pix[i+2] = v, v, v
		}
		return all(d)
	}},
}

func all(m *image.RGBA) (*image.RGBA, image.Rectangle) { return m, m.Bounds() }

// moved is a picture of w by h whose pixels come from other places of m.
func moved(m *image.RGBA, w, h int, from func(x, y int) (int, int)) *image.RGBA {
	d := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			fx, fy := from(x, y)
			d.SetRGBA(x, y, m.RGBAAt(fx, fy))
		}
	}
	return d
}

// cropped keeps a share of both sides, from a corner that is nobody's.
func cropped(m *image.RGBA, share float64) *image.RGBA {
	w, h := float64(m.Bounds().Dx()), float64(m.Bounds().Dy())
	x, y := int(w*(1-share)/3), int(h*(1-share)*2/3)
	return canvas.Cut(m, image.Rect(x, y, x+int(w*share), y+int(h*share)))
}

// framed sets bars around a picture, as shares of its sides.
func framed(m *image.RGBA, sides, ends float64, c color.Color) (*image.RGBA, image.Rectangle) {
	b := m.Bounds()
	dx, dy := int(sides*float64(b.Dx())), int(ends*float64(b.Dy()))
	d := canvas.Blank(b.Dx()+2*dx, b.Dy()+2*dy, c)
	at := b.Add(image.Pt(dx, dy))
	canvas.Place(d, m, at)
	return d, at
}

// easyCopies makes every easy kind of every photograph and adds the rows to
// the folder's truth.csv.
func easyCopies(photos, variants string) error {
	table, err := os.OpenFile(filepath.Join(variants, "truth.csv"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer table.Close()
	rows := csv.NewWriter(table)
	names, err := filepath.Glob(filepath.Join(photos, "*.jpg"))
	if err != nil {
		return err
	}
	slices.Sort(names)
	for _, path := range names {
		m, err := canvas.Load(path)
		if err != nil {
			return err
		}
		name := filepath.Base(path)
		for _, k := range easyKinds {
			d, at := k.make(m)
			file := strings.TrimSuffix(name, ".jpg") + "__" + k.name + ".jpg"
			if err := canvas.Save(filepath.Join(variants, file), d, k.quality); err != nil {
				return err
			}
			share := func(v, of int) string { return fmt.Sprintf("%.4f", float64(v)/float64(of)) }
			w, h := d.Bounds().Dx(), d.Bounds().Dy()
			_ = rows.Write([]string{file, name, k.name, share(at.Min.X, w), share(at.Min.Y, h), share(at.Max.X, w), share(at.Max.Y, h)})
		}
	}
	rows.Flush()
	return rows.Error()
}

func copyInto(folder, from, name string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, name), data, 0o644)
}

func writeTable(path string, rows [][]string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := csv.NewWriter(f).WriteAll(rows); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
