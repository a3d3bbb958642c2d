package casefile

import (
	"reflect"
	"testing"

	"github.com/firsthand-media/firsthand/verify/gazetteer"
)

func TestPlaces(t *testing.T) {
	f := newCase(t)
	ctx := t.Context()
	saltivka := gazetteer.Own{Name: "Saltivka", Variants: []string{"Салтівка"}, Lat: 50.029, Lon: 36.339, RadiusM: 4000, Note: "north-east"}
	depot := gazetteer.Own{Name: "Depot", Lat: -1, Lon: 2, RadiusM: 100}
	if n, err := f.SetPlaces(ctx, []gazetteer.Own{saltivka, depot}); n != 2 || err != nil {
		t.Fatalf("%d entered, %v", n, err)
	}
	before := f.log.Size()
	if n, err := f.SetPlaces(ctx, []gazetteer.Own{saltivka}); n != 0 || err != nil || f.log.Size() != before {
		t.Errorf("entered again: %d changed, %v", n, err)
	}
	saltivka.RadiusM = 3000
	if n, err := f.SetPlaces(ctx, []gazetteer.Own{saltivka}); n != 1 || err != nil {
		t.Errorf("%d changed, %v", n, err)
	}
	// One that is wrong keeps all of them out.
	if n, err := f.SetPlaces(ctx, []gazetteer.Own{{Name: "New", Lat: 1, Lon: 1}, {Name: "Wrong", Lat: 91}}); n != 0 || err == nil {
		t.Errorf("%d entered, %v", n, err)
	}
	if err := f.Set(ctx, "zone", "Europe/Kyiv"); err != nil {
		t.Fatal(err)
	}

	f = reopen(t, f, nil)
	if got, err := f.Places(ctx); err != nil || !reflect.DeepEqual(got, []gazetteer.Own{depot, saltivka}) {
		t.Errorf("got %+v, %v", got, err)
	}
	g, err := f.Gazetteer(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if m := g.Find("обстріл Салтівки"); len(m) != 1 || m[0].Places[0].RadiusM != 3000 {
		t.Errorf("the place of the case is not found: %+v", m)
	}
	if was, err := f.RemovePlace(ctx, "Depot"); !was || err != nil {
		t.Errorf("taken out: %v, %v", was, err)
	}
	if was, err := f.RemovePlace(ctx, "Depot"); was || err != nil {
		t.Errorf("taken out twice: %v, %v", was, err)
	}
	mustVerify(t, f)

	// A place that is changed behind the ledger's back shows.
	if _, err := f.writer.ExecContext(ctx, `UPDATE settings SET value = replace(value, '3000', '9000')`); err != nil {
		t.Fatal(err)
	}
	if _, err := f.VerifyCustody(ctx); err == nil {
		t.Error("a changed place went unnoticed")
	}
}
