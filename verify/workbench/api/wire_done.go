package api

// Done is what an act recorded.
type Done struct {
	Entry int64    `json:"entry"`                // of the ledger, 0 where nothing was to be recorded
	Undo  bool     `json:"undo"`                 // it can be taken back
	Text  string   `json:"text" say:"sentence"`  // what was done, one sentence
	Notes []string `json:"notes" say:"sentence"` // what the person should know beside
}
