package casefile

import (
	"encoding/json"

	"github.com/firsthand-media/firsthand/verify/custody"
)

// byBody makes of a function of an event's body what a [checkedTable] follows
// that kind of event by.
func byBody[Body any](follow func(rows *wantedRows, event custody.Event, body Body)) func(*wantedRows, custody.Event) error {
	return func(rows *wantedRows, event custody.Event) error {
		var body Body
		if err := json.Unmarshal(event.Body, &body); err != nil {
			return err
		}
		follow(rows, event, body)
		return nil
	}
}

// exerciseTables follow what the ledger says of the exercise of a case.
func exerciseTables() []checkedTable {
	type following = map[string]func(*wantedRows, custody.Event) error
	return []checkedTable{
		{name: "exercise", columns: []string{"seq", "pack", "document"}, key: 1, follow: following{
			exerciseBegan: byBody(func(rows *wantedRows, event custody.Event, b exerciseBeganBody) {
				rows.put(event.Seq, event.Seq, b.Pack, hashedBytes(b.Document))
			}),
		}},
		{name: "exercise_answers", columns: []string{"task", "subject", "seq"}, key: 2, follow: following{
			exerciseAnswered: byBody(func(rows *wantedRows, event custody.Event, b exerciseAnsweredBody) {
				if b.Answer.Blank() {
					rows.drop(b.Answer.Task, b.Answer.Subject)
					return
				}
				rows.put(event.Seq, b.Answer.Task, b.Answer.Subject, event.Seq)
			}),
		}},
		{name: "exercise_hints", columns: []string{"task", "taken", "seq"}, key: 2, follow: following{
			exerciseHint: byBody(func(rows *wantedRows, event custody.Event, b exerciseHintBody) {
				rows.put(event.Seq, b.Task, b.Taken, event.Seq)
			}),
		}},
		{name: "exercise_hand_ins", columns: []string{"seq", "name", "minutes"}, key: 1, follow: following{
			exerciseHandedIn: byBody(func(rows *wantedRows, event custody.Event, b exerciseHandedInBody) {
				rows.put(event.Seq, event.Seq, b.Name, b.Minutes)
			}),
		}},
		{name: "exercise_key", columns: []string{"seq", "document"}, key: 1, follow: following{
			exerciseKey: byBody(func(rows *wantedRows, event custody.Event, b exerciseKeyBody) {
				rows.put(event.Seq, event.Seq, hashedBytes(b.Document))
			}),
		}},
	}
}
