package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// askTSA sends a request to a time-stamping authority (RFC 3161 section 3.4) and
// gives its answer, unchecked. It goes where the person said and nowhere else:
// redirections are not followed.
func askTSA(ctx context.Context, address string, request []byte) ([]byte, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return nil, usagef("%q is not the address of an authority: want https://…", address)
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(request))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/timestamp-query")
	r.Header.Set("User-Agent", "firsthand")
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s answered %s", u.Host, answer.Status)
	}
	b, err := io.ReadAll(io.LimitReader(answer.Body, maxProofFile+1))
	if err != nil {
		return nil, fmt.Errorf("read the answer of %s: %w", u.Host, err)
	}
	if len(b) > maxProofFile {
		return nil, fmt.Errorf("the answer of %s is larger than %d bytes", u.Host, maxProofFile)
	}
	return b, nil
}
