package casefile

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/firsthand-media/firsthand/verify"
)

// The kinds of event that replace a set of results as a whole.
const (
	matchesFound      = "matches-found"
	incidentsProposed = "incidents-proposed"
	findingsReported  = "findings-reported"
)

// resultsBody is the body of the event about a set of results: what made it
// and the digests of the rows as stored.
type resultsBody struct {
	Model    string          `json:"model"`
	Params   json.RawMessage `json:"params"`
	Count    int             `json:"count"`
	Result   string          `json:"result"`
	Clusters string          `json:"clusters,omitempty"`
	Origin   string          `json:"origin,omitempty"` // of findings

	Parts map[string]string `json:"parts,omitempty"` // of incidents: digests of what the run left
}

// The stored forms carry what the output contract leaves out of JSON.
type (
	storedMatch struct {
		Match       verify.Match  `json:"match"`
		DigestA     verify.Digest `json:"digest_a"`
		DigestB     verify.Digest `json:"digest_b"`
		WholeOfBoth bool          `json:"whole_of_both"`
	}
	storedCluster struct {
		Cluster verify.Cluster  `json:"cluster"`
		Digests []verify.Digest `json:"digests"`
	}
	storedIncident struct {
		Incident verify.Incident `json:"incident"`
		Digests  []verify.Digest `json:"digests"`            // of the members, in order
		Possible []verify.Digest `json:"possible,omitempty"` // of the possible members, in order
	}
)

// rowsDigest is the SHA-256 over rows, each preceded by its length as a
// big-endian uint64.
func rowsDigest(rows [][]byte) string {
	h := sha256.New()
	for _, r := range rows {
		h.Write(number(int64(len(r))))
		h.Write(r)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// replaceRows puts JSON rows in place of all rows of a table and returns
// their digest.
func replaceRows[T any](t *txn, table string, values []T) (string, error) {
	rows := make([][]byte, len(values))
	for i, v := range values {
		var err error
		if rows[i], err = json.Marshal(v); err != nil {
			return "", fmt.Errorf("%s, number %d: %w", table, i, err)
		}
	}
	if _, err := t.exec("DELETE FROM " + table); err != nil {
		return "", err
	}
	for i, r := range rows {
		if _, err := t.exec("INSERT INTO "+table+" (ord, doc) VALUES (?, ?)", i, string(r)); err != nil {
			return "", err
		}
	}
	return rowsDigest(rows), nil
}

// readRows gives the JSON rows that a query selects, decoded.
func readRows[T any](ctx context.Context, f *File, query string, args ...any) ([]T, error) {
	rows, err := f.query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []T
	for rows.Next() {
		var text []byte
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		var v T
		if err := json.Unmarshal(text, &v); err != nil {
			return nil, fmt.Errorf("stored row: %w", err)
		}
		list = append(list, v)
	}
	return list, rows.Err()
}

// ReplaceMatches puts the matches and clusters of one run in place of those
// of the run before, in one transaction.
func (f *File) ReplaceMatches(ctx context.Context, matches []verify.Match, clusters []verify.Cluster, run RunInfo) error {
	storedM := make([]storedMatch, len(matches))
	for i, m := range matches {
		storedM[i] = storedMatch{m, m.DigestA, m.DigestB, m.WholeOfBoth}
	}
	storedC := make([]storedCluster, len(clusters))
	for i, c := range clusters {
		storedC[i] = storedCluster{c, c.Digests}
	}
	err := f.locked(ctx, func(t *txn) error {
		body := resultsBody{Model: run.Model, Params: run.Params, Count: len(matches)}
		var err error
		if body.Result, err = replaceRows(t, "matches", storedM); err != nil {
			return err
		}
		if body.Clusters, err = replaceRows(t, "clusters", storedC); err != nil {
			return err
		}
		_, err = t.event(matchesFound, nil, body)
		return err
	})
	if err != nil {
		return fmt.Errorf("store matches: %w", err)
	}
	return nil
}

// Matches gives the matches of the last run, in the order they were given.
func (f *File) Matches(ctx context.Context) ([]verify.Match, error) {
	stored, err := readRows[storedMatch](ctx, f, "SELECT doc FROM matches ORDER BY ord")
	if err != nil {
		return nil, fmt.Errorf("read matches: %w", err)
	}
	list := make([]verify.Match, len(stored))
	for i, s := range stored {
		list[i] = s.Match
		list[i].DigestA, list[i].DigestB, list[i].WholeOfBoth = s.DigestA, s.DigestB, s.WholeOfBoth
	}
	return list, nil
}

// Clusters gives the clusters of the last run, in the order they were given.
func (f *File) Clusters(ctx context.Context) ([]verify.Cluster, error) {
	stored, err := readRows[storedCluster](ctx, f, "SELECT doc FROM clusters ORDER BY ord")
	if err != nil {
		return nil, fmt.Errorf("read clusters: %w", err)
	}
	list := make([]verify.Cluster, len(stored))
	for i, s := range stored {
		list[i] = s.Cluster
		list[i].Digests = s.Digests
	}
	return list, nil
}

// ReplaceIncidents puts the candidates of one run in place of those of the
// run before, in one transaction. Decisions are not touched: they are kept
// apart, and who reads incidents lays the decisions over them.
func (f *File) ReplaceIncidents(ctx context.Context, incidents []verify.Incident, run RunInfo) error {
	stored := make([]storedIncident, len(incidents))
	for i, in := range incidents {
		stored[i] = storedIncident{Incident: in, Digests: digests(in.Members), Possible: digests(in.Possible)}
	}
	err := f.locked(ctx, func(t *txn) error {
		result, err := replaceRows(t, "incidents", stored)
		if err != nil {
			return err
		}
		parts, err := putParts(t, run.Parts)
		if err != nil {
			return err
		}
		_, err = t.event(incidentsProposed, nil, resultsBody{Model: run.Model, Params: run.Params, Count: len(incidents), Result: result, Parts: parts})
		return err
	})
	if err != nil {
		return fmt.Errorf("store incidents: %w", err)
	}
	return nil
}

// Incidents gives the candidates of the last run, in the order they were
// given and with the status they were given.
func (f *File) Incidents(ctx context.Context) ([]verify.Incident, error) {
	rows, err := f.rawRows(ctx, "SELECT doc FROM incidents ORDER BY ord")
	if err != nil {
		return nil, fmt.Errorf("read incidents: %w", err)
	}
	list, err := decodeIncidents(rows)
	if err != nil {
		return nil, fmt.Errorf("read incidents: %w", err)
	}
	return list, nil
}

// decodeIncidents reads incidents as stored, on all processors.
func decodeIncidents(rows [][]byte) ([]verify.Incident, error) {
	list := make([]verify.Incident, len(rows))
	errs := make([]error, len(rows))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(rows)) {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(rows)); i = next.Add(1) - 1 {
				list[i], errs[i] = decodeIncident(rows[i])
			}
		})
	}
	wg.Wait()
	return list, errors.Join(errs...)
}

func decodeIncident(row []byte) (verify.Incident, error) {
	var s storedIncident
	if err := json.Unmarshal(row, &s); err != nil {
		return verify.Incident{}, fmt.Errorf("stored row: %w", err)
	}
	in := s.Incident
	if len(s.Digests) != len(in.Members) || len(s.Possible) != len(in.Possible) {
		return verify.Incident{}, fmt.Errorf("incident %s is damaged", in.ID)
	}
	for j := range in.Members {
		in.Members[j].Digest = s.Digests[j]
	}
	for j := range in.Possible {
		in.Possible[j].Digest = s.Possible[j]
	}
	if in.Possible == nil { // stored by an older version
		in.Possible = []verify.Member{}
	}
	return in, nil
}

func digests(members []verify.Member) []verify.Digest {
	out := make([]verify.Digest, len(members))
	for i, m := range members {
		out[i] = m.Digest
	}
	return out
}
