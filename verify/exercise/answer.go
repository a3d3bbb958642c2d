package exercise

import "time"

// Answer is what one learner says of one subject of a task. The fields that the
// task's form does not ask for are empty.
type Answer struct {
	Task    string   `json:"task"`
	Subject string   `json:"subject"`
	Chosen  []string `json:"chosen"` // options, without repetition
	When    *When    `json:"when"`
	Where   *Where   `json:"where"`
	Reasons []string `json:"reasons"`
}

// When is an interval of instants, both ends included.
type When struct {
	Earliest time.Time `json:"earliest"` // UTC
	Latest   time.Time `json:"latest"`
}

// Where is a circle on the map.
type Where struct {
	Latitude  float64 `json:"latitude"` // degrees, WGS 84
	Longitude float64 `json:"longitude"`
	RadiusM   float64 `json:"radius_m"` // within which the place surely lies
}

// HandIn is the one small file that a learner gives to the trainer. It holds
// nothing else of the learner's laptop.
type HandIn struct {
	Format   int            `json:"format"`
	Exercise string         `json:"exercise"`
	Pack     string         `json:"pack"` // SHA-256 of the pack that was answered, hexadecimal
	Name     string         `json:"name"` // chosen by the learner
	Minutes  int            `json:"minutes"`
	Hints    map[string]int `json:"hints"` // how many were opened, by task
	Answers  []Answer       `json:"answers"`
	Ledger   Head           `json:"ledger"`
}

// Head is how far the ledger of the learner's case had come.
type Head struct {
	Size int64  `json:"size"` // entries
	Root string `json:"root"` // of the Merkle tree over them, hexadecimal
}
