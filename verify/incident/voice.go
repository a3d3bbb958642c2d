package incident

// opinionOf is what one atom says of its event.
func (c *grouping) opinionOf(i int) *opinion {
	o := c.undated(i)
	o.start = c.startOf(i)
	return o
}

// undated is the opinion of an atom without its start, which takes longest to
// work out.
func (c *grouping) undated(i int) *opinion {
	o := &opinion{atoms: []int{i}, place: c.places[i], object: c.objects[i], rate: c.rate[i], reach: c.reaches[i]}
	switch {
	case c.atoms[i].routine:
		o.routine = 1
	case c.isSilent(i):
		o.silent = 1
	}
	return o
}

// dated is the opinion of one atom with its start.
func (o *opinion) dated(c *grouping) *opinion {
	out := *o
	out.start = c.startOf(o.atoms[0])
	return &out
}

// startOf is when an atom's event began, worked out when it is first asked for;
// any number of goroutines may.
func (c *grouping) startOf(i int) *start {
	s := c.starts[i].Load()
	if s == nil && c.atoms[i].moment.known() {
		s = c.newStart(c.atoms[i].moment)
		c.starts[i].Store(s)
	}
	return s
}

// shapeKey tells by what a place was told: a position or a mention.
type shapeKey struct {
	fix      int32 // and one more, 0 for none
	mentions [maxMeanings]int32
}

// shape works out once what a position or a mention says.
func (c *grouping) shape(key shapeKey, work func() belief) belief {
	b, ok := c.shapes[key]
	if !ok {
		b = work()
		c.shapes[key] = b
	}
	return b
}
