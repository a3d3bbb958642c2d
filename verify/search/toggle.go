package search

import "slices"

// Toggle is the filter with a value of a key asked for, or no longer: what a
// menu does. A value joins the term of its key, any of whose values will do.
func (q Query) Toggle(key, value string) Query {
	out := Query{slices.Clone(q.Terms)}
	at := slices.IndexFunc(out.Terms, func(t Term) bool { return t.Key == key && !t.Not })
	if at < 0 {
		out.Terms = append(out.Terms, Term{Key: key, Values: []string{value}})
		return out
	}
	values := slices.Clone(out.Terms[at].Values)
	if i := slices.Index(values, value); i >= 0 {
		values = slices.Delete(values, i, i+1)
	} else {
		values = append(values, value)
	}
	if len(values) == 0 {
		return out.Without(at)
	}
	out.Terms[at].Values = values
	return out
}

// Chosen says whether the filter asks for a value of a key.
func (q Query) Chosen(key, value string) bool {
	return slices.ContainsFunc(q.Terms, func(t Term) bool { return t.Key == key && !t.Not && slices.Contains(t.Values, value) })
}
