// Package api is what the page asks of the program: the shapes that travel
// between them, and how each question is answered from a case.
//
// Start at [Routes], the table of all questions; [API] answers them for the
// cases that are open, and [Case] is one of them. Each screen has a file of
// its own. It promises: a question changes nothing; every act goes through the
// code that the commands use and into the ledger, under a person's name; what
// an answer shows of a review keeps to what its asker may see; errors say what
// failed, what is safe and what to do. It knows no HTTP: the server in
// verify/workbench does.
package api

import (
	"errors"
	"fmt"
	"net/http"
)

// Error is an answer that could not be given.
type Error struct {
	Status int    `json:"-"`                    // of HTTP
	What   string `json:"error" say:"sentence"` // what failed, one sentence
	Hint   string `json:"hint" say:"sentence"`  // what to do, "" where nothing can be done
	Safe   string `json:"safe" say:"sentence"`  // what was kept or is unharmed, "" where nothing was at stake
	cause  error
}

func (e *Error) Error() string { return e.What }

// Unwrap gives the error behind it.
func (e *Error) Unwrap() error { return e.cause }

// refused is a request that cannot be meant.
func refused(format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	return &Error{Status: http.StatusBadRequest, What: err.Error(), cause: errors.Unwrap(err)}
}

// missing is a request for something that is not there.
func missing(format string, args ...any) *Error {
	return &Error{Status: http.StatusNotFound, What: fmt.Sprintf(format, args...)}
}

// clash is an act that what was decided before does not allow.
func clash(hint, format string, args ...any) *Error {
	return &Error{Status: http.StatusConflict, What: fmt.Sprintf(format, args...), Hint: hint, Safe: "nothing was changed"}
}

// Routes is the table of everything that the page can ask for.
func Routes() []Route {
	var all []Route
	for _, of := range [][]Route{
		sessionRoutes(), caseRoutes(), overviewRoutes(), importRoutes(), galleryRoutes(), mediaRoutes(), compareRoutes(),
		clusterRoutes(), incidentRoutes(), checklistRoutes(), reportRoutes(), actRoutes(), workshopRoutes(), trainerRoutes(),
	} {
		all = append(all, of...)
	}
	return all
}
