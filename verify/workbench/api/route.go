package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Route is one thing that the page can ask for. The table of all of them is
// the only source of the page's client (see the command apigen beside this).
type Route struct {
	Method string // GET asks and changes nothing; POST acts
	Path   string // as net/http's ServeMux takes it, without the method
	Name   string // of the function in the client
	Doc    string // one sentence, for who calls it
	In     reflect.Type
	Out    reflect.Type
	serve  func(context.Context, *API, Request) (any, error)
}

// Request is what a route is asked with: the values of its path, its query and
// its body.
type Request struct {
	Path  func(name string) string
	Query url.Values
	Body  io.Reader // JSON, of a POST; the caller bounds it
}

// Serve answers a request; the answer is to be written as JSON.
func (r *Route) Serve(ctx context.Context, a *API, req Request) (any, error) {
	return r.serve(ctx, a, req)
}

// None is what routes take that need nothing, and give that tell nothing.
type None struct{}

// on is a route that is not of one case.
func on[In, Out any](method, path, name, doc string, h func(context.Context, *API, In) (Out, error)) Route {
	return Route{
		Method: method, Path: path, Name: name, Doc: doc, In: reflect.TypeFor[In](), Out: reflect.TypeFor[Out](),
		serve: func(ctx context.Context, a *API, req Request) (any, error) {
			in, err := read[In](req)
			if err != nil {
				return nil, err
			}
			return h(ctx, a, in)
		},
	}
}

// onCase is a route of one case: its path begins with /api/case/{case}, and
// its In need not name it.
func onCase[In, Out any](method, path, name, doc string, h func(context.Context, *Case, In) (Out, error)) Route {
	return Route{
		Method: method, Path: "/api/case/{case}" + path, Name: name, Doc: doc, In: reflect.TypeFor[In](), Out: reflect.TypeFor[Out](),
		serve: func(ctx context.Context, a *API, req Request) (any, error) {
			in, err := read[In](req)
			if err != nil {
				return nil, err
			}
			c, err := a.Case(req.Path("case"))
			if err != nil {
				return nil, err
			}
			c.work.touch(time.Now())
			return h(ctx, c, in)
		},
	}
}

// read makes a route's In: fields with the tag in:"path" or in:"query" come
// from there under their JSON names, all others from the body.
func read[In any](req Request) (In, error) {
	var in In
	v := reflect.ValueOf(&in).Elem()
	if v.Kind() != reflect.Struct {
		return in, fmt.Errorf("a route takes a struct, not %s", v.Type())
	}
	if req.Body != nil {
		text, err := io.ReadAll(req.Body)
		if err != nil {
			return in, refused("the request cannot be read: %w", err)
		}
		if len(bytes.TrimSpace(text)) > 0 {
			d := json.NewDecoder(bytes.NewReader(text))
			d.DisallowUnknownFields()
			if err := d.Decode(&in); err != nil {
				return in, refused("the request is not understood: %w", err)
			}
		}
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		var texts []string
		switch f.Tag.Get("in") {
		case "path":
			texts = []string{req.Path(name)}
		case "query":
			texts = req.Query[name]
		}
		if len(texts) == 0 {
			continue
		}
		if err := set(v.Field(i), texts); err != nil {
			return in, refused("%s: %w", name, err)
		}
	}
	return in, nil
}

// set reads a value of a path or a query.
func set(v reflect.Value, texts []string) error {
	switch v.Kind() {
	case reflect.String:
		v.SetString(texts[0])
	case reflect.Bool:
		b, err := strconv.ParseBool(texts[0])
		if err != nil {
			return fmt.Errorf("%q is neither true nor false", texts[0])
		}
		v.SetBool(b)
	case reflect.Int, reflect.Int64:
		n, err := strconv.ParseInt(texts[0], 10, 64)
		if err != nil {
			return fmt.Errorf("%q is no whole number", texts[0])
		}
		v.SetInt(n)
	case reflect.Float64:
		x, err := strconv.ParseFloat(texts[0], 64)
		if err != nil {
			return fmt.Errorf("%q is no number", texts[0])
		}
		v.SetFloat(x)
	case reflect.Slice:
		list := reflect.MakeSlice(v.Type(), len(texts), len(texts))
		for i := range texts {
			if err := set(list.Index(i), texts[i:i+1]); err != nil {
				return err
			}
		}
		v.Set(list)
	default:
		return fmt.Errorf("a %s cannot stand in an address", v.Type())
	}
	return nil
}
