package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path"
	"strings"
	"sync"
	"syscall"
	"time"
)

// served is a workbench that runs, asked as its page asks it.
type served struct {
	cmd    *exec.Cmd
	client *http.Client
	home   string // http://127.0.0.1:PORT
	id     string // of the case
	tmp    string // where its temporary files go

	mu   sync.Mutex
	said bytes.Buffer // on stderr
	done chan struct{}
}

// serve starts the workbench on a case; more are settings of its environment.
func serve(program, folder, tmp string, more ...string) (*served, error) {
	s := &served{cmd: exec.Command(program, "serve", "--case", folder, "--open=false"), tmp: tmp, done: make(chan struct{})}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	s.client = &http.Client{Jar: jar, Timeout: 10 * time.Minute}
	s.cmd.Env = append(append(os.Environ(), "TMPDIR="+tmp), more...)
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	told, err := s.cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	go s.listen(told)
	address, err := bufio.NewReader(out).ReadString('\n')
	if err == nil {
		err = s.enter(strings.TrimSpace(address))
	}
	if err != nil {
		_ = s.cmd.Process.Kill()
		return nil, fmt.Errorf("serve: %w: %s", err, s.stderr())
	}
	return s, nil
}

func (s *served) listen(told io.Reader) {
	defer close(s.done)
	lines := bufio.NewScanner(told)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		s.mu.Lock()
		s.said.Write(append(lines.Bytes(), '\n'))
		s.mu.Unlock()
	}
}

// stderr is what the program said since it was last asked.
func (s *served) stderr() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	text := s.said.String()
	s.said.Reset()
	return text
}

// enter opens the printed address, which leads to the case.
func (s *served) enter(address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return err
	}
	s.home = u.Scheme + "://" + u.Host
	resp, err := s.client.Get(address)
	if err != nil {
		return err
	}
	resp.Body.Close()
	if s.id = path.Base(resp.Request.URL.Path); resp.StatusCode != http.StatusOK {
		return fmt.Errorf("the address answers %s", resp.Status)
	}
	return nil
}

// refusal is an answer that is none.
type refusal struct {
	status int
	what   string
}

func (r *refusal) Error() string { return fmt.Sprintf("%d: %s", r.status, r.what) }

// fetch gives the bytes of an address; of one of the case where it does not
// begin with a slash.
func (s *served) fetch(address string) ([]byte, error) {
	if !strings.HasPrefix(address, "/") {
		address = "/api/case/" + s.id + "/" + address
	}
	resp, err := s.client.Get(s.home + address)
	return answered(address, resp, err)
}

func answered(what string, resp *http.Response, err error) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode/100 != 2 {
		err = &refusal{resp.StatusCode, what + ": " + string(body[:min(len(body), 300)])}
	}
	return body, err
}

// ask is fetch of an answer in JSON.
func (s *served) ask(address string, into any) error {
	body, err := s.fetch(address)
	if err != nil {
		return err
	}
	return json.Unmarshal(body, into)
}

// act posts to a route of the case.
func (s *served) act(route string, in, into any) error {
	text, err := json.Marshal(in)
	if err != nil {
		return err
	}
	resp, err := s.client.Post(s.home+"/api/case/"+s.id+"/"+route, "application/json", bytes.NewReader(text))
	body, err := answered(route+" "+string(text[:min(len(text), 200)]), resp, err)
	if err != nil || into == nil {
		return err
	}
	return json.Unmarshal(body, into)
}

// end stops the workbench as Ctrl-C does.
func (s *served) end() error {
	if err := s.cmd.Process.Signal(syscall.SIGINT); err != nil {
		return err
	}
	<-s.done
	return s.cmd.Wait()
}

// isRefusal says that the workbench would not do what it was asked, which is no
// failure of its own.
func isRefusal(err error) bool {
	var r *refusal
	return errors.As(err, &r) && r.status < http.StatusInternalServerError
}
