"""Delivers a lane's journal without the program: one file, Python's standard library, any version of the journal.

    python drain.py --home DIR [--url URL]

For the day when a journal can be read by no program that is at hand: it was written by a newer one, or ours does not
start. Bodies are sent as they lie there and never parsed; each is signed already. Nothing is written: the program
delivers the same entries again one day, and the centre knows them. The lane must be closed meanwhile.

The request is signed with the lane's own key: out of ``secrets.json``, or where the key is in a keyring by
``pos-client sign-agent``. Exit code 0 when the centre has everything, 1 when not.
"""

import argparse
import base64
import hashlib
import json
import secrets
import shlex
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from datetime import datetime
from pathlib import Path

MOST_ROWS, MOST_BYTES, TRIES, PATH = 200, 160_000, 6, "/v1/journal/batches"
STORED = {"accepted", "conflict", "quarantined", "forked", "duplicate"}

# Ed25519 as in RFC 8032 5.1, in plain Python: 5 ms a signature, and one is made for each batch.
P, Q = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
Y = 4 * pow(5, P - 2, P) % P
X = 15112221349535400772501151409588531511454012693041857206046113283949847762202
BASE = (X, Y, 1, X * Y % P)


def add(one, two):
    """Sum of two points in extended coordinates."""
    a, b = (one[1] - one[0]) * (two[1] - two[0]) % P, (one[1] + one[0]) * (two[1] + two[0]) % P
    c, d = 2 * one[3] * two[3] * D % P, 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    """A multiple."""
    total = (0, 1, 1, 0)
    while number:
        total = add(total, point) if number & 1 else total
        point, number = add(point, point), number >> 1
    return total


def encoded(point):
    """32 bytes of a point."""
    z = pow(point[2], P - 2, P)
    return (point[1] * z % P | (point[0] * z % P & 1) << 255).to_bytes(32, "little")


def ed25519(private, content):
    """64 bytes: the signature of a content by a private key of 32 bytes."""
    digest = hashlib.sha512(private).digest()
    scalar = int.from_bytes(digest[:32], "little") & (2**254 - 8) | 2**254
    public = encoded(times(scalar, BASE))
    nonce = int.from_bytes(hashlib.sha512(digest[32:] + content).digest(), "little") % Q
    head = encoded(times(nonce, BASE))
    challenge = int.from_bytes(hashlib.sha512(head + public + content).digest(), "little") % Q
    return head + ((nonce + challenge * scalar) % Q).to_bytes(32, "little")


def text64(content):
    """In base64url."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def signer(home, device, agent):
    """What signs a request."""
    kept = home / "secrets.json"
    found = json.loads(kept.read_bytes()).get(f"{device}/key") if kept.exists() else None
    if found:
        private = base64.b64decode(found)
        return lambda content: ed25519(private, content)

    def ask(content):
        call = [*shlex.split(agent), "--home", str(home), "sign-agent"]
        line = base64.urlsafe_b64encode(content) + b"\n"
        done = subprocess.run(call, input=line, stdout=subprocess.PIPE, check=False)
        if done.returncode:
            sys.exit(f"drain: the key is in a keyring, and {agent} did not sign")
        return base64.urlsafe_b64decode(done.stdout.strip() + b"==")

    return ask


def batches(rows):
    """Rows of one epoch, as many as the centre takes."""
    taken = []
    for row in rows:
        size = sum(len(one[3]) for one in (*taken, row))
        if taken and (len(taken) == MOST_ROWS or row[0] != taken[0][0] or size > MOST_BYTES):
            yield taken
            taken = []
        taken.append(row)
    yield from [taken] if taken else []


class Centre:
    """The door that takes entries."""

    def __init__(self, url, device, sign, token):
        self.url, self.device, self.sign, self.token, self.skew = url.rstrip("/"), device, sign, token, 0

    def send(self, rows):
        """(status, document) of one batch; status 0 where nobody of ours answered."""
        epoch, last = rows[0][0], rows[-1]
        entries = [{"seq": seq, "body": text64(body), "sig": text64(sig)} for _, seq, _, body, sig in rows]
        head = {"seq": last[1], "hash": last[2].hex()}
        document = {"device": self.device, "epoch": epoch, "first_seq": rows[0][1], "last_seq": last[1], "head": head}
        body = json.dumps(document | {"entries": entries}, separators=(",", ":")).encode()
        request = urllib.request.Request(self.url + PATH, body, self.headers(body, epoch, rows), method="POST")
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return 200, json.loads(answer.read())
        except urllib.error.HTTPError as refused:
            try:
                served = datetime.fromisoformat(refused.headers.get("Server-Time", ""))
                self.skew = served.timestamp() - time.time()
                return refused.code, json.loads(refused.read())
            except ValueError:
                return 0, {"type": f"status {refused.code}, not ours"}
        except (OSError, ValueError) as silent:
            return 0, {"type": str(silent)}

    def headers(self, body, epoch, rows):
        """RFC 9421, RFC 9530. The token stays the same, as after a lost answer: the program goes on with it."""
        digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
        key = f"{self.device}.{epoch}.{rows[0][1]}-{rows[-1][1]}.{hashlib.sha256(body).hexdigest()[:32]}"
        fields = {"content-digest": f"sha-256=:{digest}:", "idempotency-key": key, "x-session-token": self.token}
        names = " ".join(f'"{name}"' for name in ("@method", "@path", "@query", *fields))
        about = f'created={int(time.time() + self.skew)};nonce="{text64(secrets.token_bytes(16))}"'
        params = f'({names});{about};keyid="{self.device}";alg="ed25519"'
        covered = {"@method": "POST", "@path": PATH, "@query": "?"} | fields | {"@signature-params": params}
        lines = [f'"{name}": {value}' for name, value in covered.items()]
        signature = base64.b64encode(self.sign("\n".join(lines).encode())).decode()
        fields |= {"Signature-Input": f"sig1={params}", "Signature": f"sig1=:{signature}:"}
        return fields | {"Content-Type": "application/json", "X-Request-Id": secrets.token_hex(16)}


def deliver(centre, rows, told, stuck):
    """Send rows until each has a result; halve where they are refused together."""
    for attempt in range(TRIES):
        status, document = centre.send(rows)
        reason = str(document.get("type", status)).removeprefix("urn:rdm:")
        if status == 200:
            results = [one for one in document["results"] if one["result"] in STORED]
            told.update(one["result"] for one in results)
            known = {one["seq"] for one in results}
            stuck += [row[:2] for row in rows if row[1] not in known]
            return
        if status in {400, 413, 422, 500} and len(rows) > 1:
            for half in (rows[: len(rows) // 2], rows[len(rows) // 2 :]):
                deliver(centre, half, told, stuck)
            return
        if status in {400, 403, 404, 409, 413, 422} or reason in {"device-unknown", "device-revoked"}:
            print(f"epoch {rows[0][0]}, {rows[0][1]} to {rows[-1][1]}: refused: {reason}", file=sys.stderr)
            break
        time.sleep(0.2 * 2**attempt)
    stuck += [row[:2] for row in rows]


def main():
    """Read the journal, send it, say what became of it."""
    asked = argparse.ArgumentParser(description="Deliver a lane's journal without the program.")
    asked.add_argument("--home", type=Path, required=True)
    asked.add_argument("--url", default="", help="the centre, where it moved")
    asked.add_argument("--agent", default="pos-client", help="the program whose sign-agent knows the key")
    given = asked.parse_args()
    known = json.loads((given.home / "enrolment.json").read_bytes())
    # Read only: this interpreter's SQLite may be one that must not write such a file.
    journal = sqlite3.connect(
        f"file:{urllib.request.pathname2url(str(given.home.absolute() / 'journal.db'))}?mode=ro", uri=True
    )
    columns = {row[1] for row in journal.execute("PRAGMA table_info(entry)")}
    wanted = " WHERE state < 2" if "state" in columns else ""
    rows = journal.execute(f"SELECT epoch, seq, hash, body, sig FROM entry{wanted} ORDER BY epoch, seq").fetchall()
    token = journal.execute("SELECT value FROM meta WHERE key = 'session_token'").fetchone() or ("",)
    device, told, stuck = known["device_id"], Counter(), []
    centre = Centre(given.url or known["server_url"], device, signer(given.home, device, given.agent), token[0])
    for batch in batches(rows):
        deliver(centre, batch, told, stuck)
    print(json.dumps({"device": device, "entries": len(rows), "results": dict(told), "not_delivered": stuck}))
    return 1 if stuck else 0


if __name__ == "__main__":
    sys.exit(main())
