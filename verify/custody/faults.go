package custody

import (
	"errors"
	"fmt"
)

// maxFaults bounds how many faults are kept: more are only counted.
const maxFaults = 1000

// Faults is everything that a check found wrong, in the order it was found. As
// an error it reads as the first of them and says how many there are; errors.As
// finds each [BrokenError].
type Faults struct {
	List []*BrokenError
	More int // found beyond those in List
}

// Add notes a fault.
func (f *Faults) Add(b *BrokenError) {
	if len(f.List) == maxFaults {
		f.More++
		return
	}
	f.List = append(f.List, b)
}

// AddError notes err when it is a [BrokenError] or [Faults] and gives back any
// other: what could not be checked at all.
func (f *Faults) AddError(err error) error {
	var all *Faults
	if errors.As(err, &all) {
		for _, b := range all.List {
			f.Add(b)
		}
		f.More += all.More
		return nil
	}
	var broken *BrokenError
	if !errors.As(err, &broken) {
		return err
	}
	f.Add(broken)
	return nil
}

// Count is how many faults were found.
func (f *Faults) Count() int { return len(f.List) + f.More }

// Err is nil when nothing was found.
func (f *Faults) Err() error {
	if f.Count() == 0 {
		return nil
	}
	return f
}

func (f *Faults) Error() string {
	if f.Count() == 1 {
		return f.List[0].Error()
	}
	return fmt.Sprintf("%v (and %d more)", f.List[0], f.Count()-1)
}

// Unwrap gives each fault to errors.As.
func (f *Faults) Unwrap() []error {
	list := make([]error, len(f.List))
	for i, b := range f.List {
		list[i] = b
	}
	return list
}
