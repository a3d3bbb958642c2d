package main

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify/exercise"
	"github.com/firsthand-media/firsthand/verify/workbench/api"
)

func TestClientIsNotStale(t *testing.T) {
	want, err := generate(api.Routes())
	if err != nil {
		t.Fatal(err)
	}
	have, err := os.ReadFile(filepath.Join("..", "ui", "src", "api.gen.ts"))
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != want {
		t.Error("ui/src/api.gen.ts is not what the table of routes gives: go run ./verify/workbench/apigen")
	}
}

type inner struct {
	At   time.Time   `json:"at"`
	Note source.Text `json:"note"`
}

type sample struct {
	inner
	List   []*inner          `json:"list"`
	Pair   [2]float64        `json:"pair"`
	Names  map[string]string `json:"names"`
	Left   string            `json:"left,omitempty"`
	Secret string            `json:"-"`
	Of     string            `json:"of" in:"path"`
	Page   int               `json:"page" in:"query"`
}

func TestTypesAndFunctions(t *testing.T) {
	route := api.Route{Method: "GET", Path: "/api/case/{case}/of/{of}", Name: "look", Doc: "Looks.", In: reflect.TypeFor[struct{}](), Out: reflect.TypeFor[sample]()}
	if _, err := generate([]api.Route{route}); err == nil {
		t.Error("a struct without a name gets through")
	}
	type query struct {
		Of   string `json:"of" in:"path"`
		Page int    `json:"page" in:"query"`
	}
	route.In = reflect.TypeFor[query]()
	text, err := generate([]api.Route{route})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"  at: string;\n  note: string | null;\n  list: (inner | null)[];\n  pair: [number, number];\n  names: Record<string, string>;\n  left?: string;\n",
		"/** Looks. */\n  look: (p: { case: string } & Pick<query, \"of\"> & Partial<query>, o?: CallOptions) =>\n",
		"call<sample>(\"GET\", `/api/case/${part(p.case)}/of/${part(p.of)}`, { page: p.page }, undefined, o),",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "Secret") {
		t.Error("what is left out of JSON is in the client")
	}
	for name, broken := range map[string]api.Route{
		"a value that GET cannot send":    {Method: "GET", Path: "/api/x", Name: "x", In: reflect.TypeFor[inner](), Out: reflect.TypeFor[inner]()},
		"a part of the path nobody fills": {Method: "GET", Path: "/api/{y}", Name: "x", In: reflect.TypeFor[api.None](), Out: reflect.TypeFor[inner]()},
		"what has no form in JSON":        {Method: "GET", Path: "/api/x", Name: "x", In: reflect.TypeFor[api.None](), Out: reflect.TypeFor[struct{ F func() }]()},
	} {
		if _, err := generate([]api.Route{broken}); err == nil {
			t.Errorf("%s gets through", name)
		}
	}
	if _, err := generate([]api.Route{route, route}); err == nil {
		t.Error("two routes of one name get through")
	}
}

type twoTimes struct {
	Answered exercise.When `json:"answered"`
	Claimed  api.When      `json:"claimed"`
}

// Of two structs of one name that of the API keeps it, whichever is met first.
func TestBareNamesAreOfTheAPI(t *testing.T) {
	route := api.Route{Method: "GET", Path: "/api/times", Name: "times", Doc: "Tells.", In: reflect.TypeFor[api.None](), Out: reflect.TypeFor[twoTimes]()}
	text, err := generate([]api.Route{route})
	if err != nil {
		t.Fatal(err)
	}
	if want := "  answered: ExerciseWhen;\n  claimed: When;\n"; !strings.Contains(text, want) {
		t.Errorf("the names are others than %q in\n%s", want, text)
	}
}
