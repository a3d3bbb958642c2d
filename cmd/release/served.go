package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// checkServed starts this machine's program and asks it who it is and for every
// file of the page.
func checkServed(ctx context.Context, r *room, program string, s stamp, page []entry) error {
	out, err := r.run(ctx, nil, ".", program, "version", "--json")
	if err != nil {
		return err
	}
	var says struct {
		Version, Commit, Date string
		Interface             bool
	}
	if err := json.Unmarshal(out, &says); err != nil {
		return fmt.Errorf("read what the program says of itself: %w", err)
	}
	if says.Version != s.version || says.Commit != s.commit || says.Date != s.date() || !says.Interface {
		return fmt.Errorf("the program says of itself %s", bytes.TrimSpace(out))
	}
	ctx, stop := context.WithTimeout(ctx, 2*time.Minute)
	defer stop()
	cmd := exec.CommandContext(ctx, program, "serve", "--open=false")
	cmd.Dir, cmd.Env = filepath.Dir(r.tree), slices.Clone(r.env)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	defer func() { _ = cmd.Wait() }()
	defer stop()
	address, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		return fmt.Errorf("the program says no address to serve at: %w", err)
	}
	return askForPage(ctx, strings.TrimSpace(address), page)
}

// askForPage opens the address, as a browser does, and compares every file.
func askForPage(ctx context.Context, address string, page []entry) error {
	at, err := url.Parse(address)
	if err != nil {
		return err
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return err
	}
	client := &http.Client{Jar: jar}
	if _, err := ask(ctx, client, address); err != nil {
		return err
	}
	var wrong []error
	for _, e := range page {
		if e.name == ".gitkeep" {
			continue
		}
		path, want := "/"+e.name, e.data
		if e.name == "index.html" {
			path = "/"
		}
		got, err := ask(ctx, client, at.Scheme+"://"+at.Host+path)
		if e.name == "index.html" { // before its head the server writes the language
			_, got, _ = bytes.Cut(got, []byte("<head>"))
			_, want, _ = bytes.Cut(want, []byte("<head>"))
		}
		if err == nil && (!bytes.Equal(got, want) || len(want) == 0) {
			err = errors.New("other bytes than were built")
		}
		if err != nil {
			wrong = append(wrong, fmt.Errorf("the program serves %s: %w", e.name, err))
		}
	}
	return errors.Join(wrong...)
}

func ask(ctx context.Context, client *http.Client, address string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	res, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, errors.New(res.Status)
	}
	return io.ReadAll(res.Body)
}
