package desk

import (
	"context"

	"github.com/firsthand-media/firsthand/verify"
)

// Confirm records that an incident is one, with the members it has now.
func (d *Desk) Confirm(ctx context.Context, w Word, incident string) (Made, error) {
	return d.rule(ctx, w, incident, verify.Confirm)
}

// Reject records that a candidate is none; later scans remember it.
func (d *Desk) Reject(ctx context.Context, w Word, incident string) (Made, error) {
	return d.rule(ctx, w, incident, verify.Reject)
}

func (d *Desk) rule(ctx context.Context, w Word, incident, kind string) (Made, error) {
	inc, err := d.Incident(incident)
	if err != nil {
		return Made{}, err
	}
	return d.record(ctx, w, []verify.Decision{{Kind: kind, Incident: inc.ID, Subjects: shownIn(inc)}})
}
