#!/usr/bin/env python3
"""A second checker of the ledger of a case, written from README.md alone.

    check.py DIR...    each with events.jsonl and checkpoints.txt

Prints one line for each folder: "ok SIZE ROOT", or "fault: ..." with the first
one found. Exit status 0 when all are ok, else 3.
"""
import base64
import hashlib
import json
import os
import re
import sys
from datetime import datetime, timezone

KEYS = {"v", "case", "seq", "at", "clock_back", "actor", "machine", "tool",
        "kind", "subjects", "body", "prev_root"}


class Fault(Exception):
    pass


def want(condition, what):
    if not condition:
        raise Fault(what)


# RFC 8785: canonical JSON

def pairs(list_of_pairs):
    keys = [k for k, _ in list_of_pairs]
    want(len(set(keys)) == len(keys), "a key stands twice")
    return dict(list_of_pairs)


def constant(word):
    raise Fault(word + " is no JSON")


def number(text):
    """As ECMAScript prints a double."""
    f = float(text)
    want(f - f == 0, "a number does not fit a double")
    if f == 0:
        return "0"
    sign = "-" if f < 0 else ""
    mantissa, exponent = ("%r" % abs(f)), 0
    if "e" in mantissa:
        mantissa, e = mantissa.split("e")
        exponent = int(e)
    whole, _, part = mantissa.partition(".")
    digits = (whole + part).lstrip("0")
    point = len(whole) + exponent - (len(whole + part) - len(digits))
    digits = digits.rstrip("0")
    k, n = len(digits), point
    if k <= n <= 21:
        return sign + digits + "0" * (n - k)
    if 0 < n <= 21:
        return sign + digits[:n] + "." + digits[n:]
    if -6 < n <= 0:
        return sign + "0." + "0" * -n + digits
    e = "e%+d" % (n - 1)
    return sign + digits[0] + ("." + digits[1:] if k > 1 else "") + e


class Number:
    def __init__(self, text):
        self.text = number(text)


SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def string(s):
    return '"' + "".join(SHORT.get(c) or (c if c >= " " else "\\u%04x" % ord(c)) for c in s) + '"'


def canonical(v, depth=0):
    want(depth <= 64, "nested too deep")
    if v is None:
        return "null"
    if v is True:
        return "true"
    if v is False:
        return "false"
    if isinstance(v, Number):
        return v.text
    if isinstance(v, str):
        return string(v)
    if isinstance(v, list):
        return "[" + ",".join(canonical(x, depth + 1) for x in v) + "]"
    return "{" + ",".join(string(k) + ":" + canonical(v[k], depth + 1)
                          for k in sorted(v, key=lambda k: k.encode("utf-16-be"))) + "}"


# RFC 6962: Merkle tree

class Tree:
    def __init__(self):
        self.size, self.edges = 0, []

    def add(self, entry):
        node, n = hashlib.sha256(b"\0" + entry).digest(), self.size
        while n & 1:
            node = hashlib.sha256(b"\1" + self.edges.pop() + node).digest()
            n >>= 1
        self.edges.append(node)
        self.size += 1

    def root(self):
        if not self.edges:
            return base64.b64encode(hashlib.sha256(b"").digest()).decode()
        node = self.edges[-1]
        for left in reversed(self.edges[:-1]):
            node = hashlib.sha256(b"\1" + left + node).digest()
        return base64.b64encode(node).decode()


# RFC 8032: Ed25519

P = 2 ** 255 - 19
Q = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def recover(y, odd):
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - x2) % P or x == 0 and odd:
        return None
    return P - x if x & 1 != odd else x


def point(b):
    y = int.from_bytes(b, "little")
    odd, y = y >> 255, y & (1 << 255) - 1
    x = recover(y, odd) if y < P else None
    return None if x is None else (x, y, 1, x * y % P)


def plus(a, b):
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    return ((f - e) * (h - g) % P, (h + g) * (f + e) % P, (h - g) * (h + g) % P, (f - e) * (f + e) % P)


def times(n, a):
    out = (0, 1, 1, 0)
    while n:
        if n & 1:
            out = plus(out, a)
        a, n = plus(a, a), n >> 1
    return out


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = recover(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def signed(public, message, signature):
    a, r, s = point(public), point(signature[:32]), int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or a is None or r is None or s >= Q:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % Q
    left, right = times(s, BASE), plus(r, times(h, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# The ledger

def instant(text):
    m = re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{0,8}[1-9])?Z", text)
    want(m, "at is not a time")
    try:
        whole = datetime.strptime(m[1], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=timezone.utc)
    except ValueError:
        raise Fault("at is not a time")
    return (whole, (m[2] or ".")[1:].ljust(9, "0"))


def parse(line):
    want(len(line) <= 64 << 20, "too long")
    try:
        text = line.decode("utf-8")
        event = json.loads(text, object_pairs_hook=pairs, parse_float=Number, parse_int=Number, parse_constant=constant)
        want(isinstance(event, dict) and canonical(event).encode("utf-8") == line, "not in canonical form")
    except (ValueError, RecursionError):
        raise Fault("not JSON")
    want(set(event) == KEYS, "keys missing or more")
    want(isinstance(event["v"], Number) and event["v"].text == "1", "v is not 1")
    for key in ("case", "at", "machine", "tool", "kind", "prev_root"):
        want(isinstance(event[key], str), key + " is not text")
    want(event["case"] and event["kind"], "case or kind is empty")
    want(isinstance(event["seq"], Number) and re.fullmatch(r"\d{1,16}", event["seq"].text), "seq is no position")
    want(isinstance(event["clock_back"], bool), "clock_back is not true or false")
    actor = event["actor"]
    want(isinstance(actor, dict) and set(actor) == {"key", "name"} and all(isinstance(v, str) for v in actor.values()), "actor")
    want(isinstance(event["subjects"], list) and
         all(isinstance(s, str) and re.fullmatch("[0-9a-f]{64}", s) for s in event["subjects"]), "subjects")
    want(isinstance(event["body"], dict), "body is not an object")
    return event


def verifier(text):
    """Name, key hash and public key of a C2SP verifier key."""
    m = re.fullmatch(r"([^+\s]+)\+([0-9a-f]{8})\+(.+)", text)
    want(m, "a key that cannot be read")
    raw = base64.b64decode(m[3], validate=True)
    want(len(raw) == 33 and raw[0] == 1, "a key that is not Ed25519")
    want(hashlib.sha256(m[1].encode() + b"\n" + raw).hexdigest()[:8] == m[2], "a key with another hash")
    return m[1], bytes.fromhex(m[2]), raw[1:]


def checkpoints(text):
    """Size, case, root, text and signature lines of each note."""
    out = []
    while text:
        m = re.match(r"((firsthand/[^\n]+)\n(0|[1-9]\d*)\n([A-Za-z0-9+/]{43}=)\n)\n((?:— \S+ [A-Za-z0-9+/=]+\n)+)\n", text)
        want(m, "checkpoints.txt: not a checkpoint, or one that was not written to its end")
        out.append((int(m[3]), m[2], m[4], m[1], m[5].splitlines()))
        text = text[m.end():]
    return out


def check_note(note, keys):
    size, origin, _, text, lines = note
    good = False
    for line in lines:
        _, name, encoded = line.split(" ")
        raw = base64.b64decode(encoded, validate=True)
        for seq, key_name, key_hash, public in keys:
            if name == key_name == origin and raw[:4] == key_hash and seq < size:
                want(signed(public, text.encode(), raw[4:]), "checkpoint at %d: signature" % size)
                good = True
    want(good, "checkpoint at %d: signed by no key named by then" % size)


def check(folder):
    with open(os.path.join(folder, "events.jsonl"), "rb") as f:
        lines = f.read().split(b"\n")
    want(lines.pop() == b"", "events.jsonl does not end in a line end")
    with open(os.path.join(folder, "checkpoints.txt"), "rb") as f:
        notes = checkpoints(f.read().decode("utf-8"))
    tree, roots, keys, case, before = Tree(), {}, [], None, None
    for seq, line in enumerate(lines):
        roots[seq] = tree.root()
        try:
            event = parse(line)
            want(event["seq"].text == str(seq), "position " + event["seq"].text)
            want(case in (None, event["case"]), "case")
            want(event["prev_root"] == roots[seq], "previous root")
            at = instant(event["at"])
            want(event["clock_back"] == (before is not None and at < before), "flag of a clock that went back")
            want(seq > 0 or event["kind"] == "case-created", "kind")
            if event["kind"] in ("case-created", "key-added"):
                keys.append((seq, *verifier(event["body"]["key"])))
        except Fault as fault:
            raise Fault("entry %d: %s" % (seq, fault))
        case, before = event["case"], at
        tree.add(line)
    roots[len(lines)] = tree.root()
    last = -1
    for note in notes:
        size, origin, root = note[:3]
        want(size > last, "checkpoint at %d: order" % size)
        want(origin == "firsthand/%s" % case, "checkpoint at %d: case" % size)
        want(size <= len(lines), "entries are missing at the end: %d of %d" % (len(lines), size))
        want(roots[size] == root, "checkpoint at %d: root" % size)
        check_note(note, keys)
        last = size
    return "ok %d %s" % (len(lines), tree.root())


def main():
    status = 0
    for folder in sys.argv[1:]:
        try:
            print(check(folder))
        except (Fault, ValueError, KeyError, TypeError) as fault:
            print("fault: %s" % str(fault).replace("\n", " "))
            status = 3
    sys.exit(status)


if __name__ == "__main__":
    main()
