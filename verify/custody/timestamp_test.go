package custody

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// authority is a time-stamping authority of our own, played by openssl: a root
// and a certificate for time-stamping under it.
type authority struct {
	t    *testing.T
	dir  string
	root []byte // PEM
}

const authorityConfig = `
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
[tsa]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[server]
basicConstraints = critical,CA:false
extendedKeyUsage = serverAuth
[policy]
dir = .
serial = serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ordering = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`

func newAuthority(t *testing.T) *authority {
	t.Helper()
	stock(t, "openssl")
	a := &authority{t: t, dir: t.TempDir()}
	for name, text := range map[string]string{"c.cnf": authorityConfig, "serial": "01\n"} {
		if err := os.WriteFile(filepath.Join(a.dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	a.run("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "root.key", "-out", "root.pem",
		"-subj", "/CN=Test Root", "-days", "3650", "-config", "c.cnf", "-extensions", "root")
	for _, use := range []string{"tsa", "server"} {
		a.run("req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", use+".key", "-out", use+".csr", "-subj", "/CN=Test "+use, "-config", "c.cnf")
		a.run("x509", "-req", "-in", use+".csr", "-CA", "root.pem", "-CAkey", "root.key", "-set_serial", "7", "-out", use+".pem",
			"-days", "3650", "-extfile", "c.cnf", "-extensions", use)
	}
	a.root = a.read("root.pem")
	return a
}

func (a *authority) run(args ...string) string {
	a.t.Helper()
	cmd := exec.Command("openssl", args...)
	cmd.Dir = a.dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		a.t.Fatalf("openssl %s: %v: %s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

func (a *authority) read(name string) []byte {
	a.t.Helper()
	b, err := os.ReadFile(filepath.Join(a.dir, name))
	if err != nil {
		a.t.Fatal(err)
	}
	return b
}

func (a *authority) write(name string, b []byte) {
	a.t.Helper()
	if err := os.WriteFile(filepath.Join(a.dir, name), b, 0o600); err != nil {
		a.t.Fatal(err)
	}
}

// stamp answers a request.
func (a *authority) stamp(request []byte) []byte {
	a.t.Helper()
	a.write("request.tsq", request)
	a.run("ts", "-reply", "-config", "c.cnf", "-section", "policy", "-queryfile", "request.tsq", "-signer", "tsa.pem", "-inkey", "tsa.key", "-out", "answer.tsr")
	return a.read("answer.tsr")
}

func TestTimestamp(t *testing.T) {
	a := newAuthority(t)
	c := testCheckpoint(t)
	request, err := TimestampRequest(c)
	if err != nil {
		t.Fatal(err)
	}
	response := a.stamp(request)
	stamp, err := ParseTimestamp(response, a.root)
	if err != nil {
		t.Fatal(err)
	}
	if !stamp.Of(c) || stamp.Authority != "CN=Test tsa" || stamp.Root != "CN=Test Root" || time.Since(stamp.At).Abs() > time.Minute {
		t.Errorf("got %+v", stamp)
	}
	if stamp, err := ParseTimestamp(response, nil); err != nil || stamp.Root != "" {
		t.Errorf("without a trusted certificate: got %+v, %v", stamp, err)
	}
	countersigned, err := Countersign(c, "Max", testKey(2), time.Unix(1, 0))
	if err != nil {
		t.Fatal(err)
	}
	if stamp.Of(countersigned) {
		t.Error("taken for another note")
	}
	other := newAuthority(t)
	if stamp, err := ParseTimestamp(response, other.root); err == nil {
		t.Errorf("accepted by another root: %+v", stamp)
	}

	// openssl accepts what is written, and refuses a changed checkpoint
	a.write(CheckpointFile, c.Note)
	a.write("checkpoint.tsr", response)
	a.run("ts", "-verify", "-data", CheckpointFile, "-in", "checkpoint.tsr", "-CAfile", "root.pem")
	a.write(CheckpointFile, bytes.Replace(c.Note, []byte("\n5\n"), []byte("\n6\n"), 1))
	cmd := exec.Command("openssl", "ts", "-verify", "-data", CheckpointFile, "-in", "checkpoint.tsr", "-CAfile", "root.pem")
	cmd.Dir = a.dir
	if out, err := cmd.CombinedOutput(); err == nil {
		t.Errorf("openssl accepted a changed checkpoint: %s", out)
	}

	// no byte of the answer may change unseen, but for those outside the token
	missed := 0
	for at := range response {
		bad := bytes.Clone(response)
		bad[at] ^= 1
		if again, err := ParseTimestamp(bad, a.root); err == nil && (again.At != stamp.At || !again.Of(c) || again.Root != stamp.Root) {
			t.Errorf("byte %d changed: accepted as %+v", at, again)
		} else if err == nil {
			missed++
		}
	}
	t.Logf("%d of %d bytes say nothing", missed, len(response))
}

// A certificate that is not for time-stamping does not make a timestamp, even
// when the authority that is trusted gave it out.
func TestTimestampByAnotherCertificate(t *testing.T) {
	a := newAuthority(t)
	c := testCheckpoint(t)
	request, err := TimestampRequest(c)
	if err != nil {
		t.Fatal(err)
	}
	a.write("request.tsq", request)
	cmd := exec.Command("openssl", "ts", "-reply", "-config", "c.cnf", "-section", "policy", "-queryfile", "request.tsq", "-signer", "server.pem", "-inkey", "server.key", "-out", "answer.tsr")
	cmd.Dir = a.dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("openssl itself refuses to: %s", out)
	}
	if stamp, err := ParseTimestamp(a.read("answer.tsr"), a.root); err == nil {
		t.Errorf("accepted %+v", stamp)
	}
}

func FuzzParseTimestamp(f *testing.F) {
	for _, s := range []string{"", "\x30\x03\x02\x01\x02", "\x30\x80\x00\x00", "\x30\x84\xff\xff\xff\xff"} {
		f.Add([]byte(s))
	}
	answer, err := os.ReadFile(filepath.Join("testdata", "answer.tsr")) // of an authority as newAuthority makes them
	if err != nil {
		f.Fatal(err)
	}
	f.Add(answer)
	f.Fuzz(func(t *testing.T, response []byte) {
		stamp, err := ParseTimestamp(response, nil)
		if err == nil && (len(stamp.Hash) != 32 || stamp.Authority == "") {
			t.Errorf("accepted %+v", stamp)
		}
	})
}
