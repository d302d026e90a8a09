"""A server that does nothing but answer batches: the floor that delivery is measured against.

A process of its own, so that its work is not charged to whoever is measured. It has the hashes of all entries from a
file beforehand, looks at the numbers in the idempotency key alone, and reads no body.
"""

import socket
import sys
from pathlib import Path
from typing import BinaryIO

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nServer-Time: 2026-03-10T04:00:00.000Z\r\nContent-Length: "


def main() -> None:
    """Print the port, then serve connections one after the other until stdin's owner ends this process."""
    hashes = Path(sys.argv[1]).read_text(encoding="ascii").splitlines()
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        print(listener.getsockname()[1], flush=True)
        while True:
            connection, _ = listener.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with connection, connection.makefile("rb") as stream:
                while (answer := _answer(stream, hashes)) is not None:
                    connection.sendall(answer)


def _answer(stream: BinaryIO, hashes: list[str]) -> bytes | None:
    """The whole answer to the next request, None at the end of the connection."""
    if not stream.readline():
        return None
    length, first, last = 0, 1, 0
    while (line := stream.readline()) not in {b"\r\n", b""}:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
        elif name.lower() == b"idempotency-key":
            first, last = (int(number) for number in value.split(b".")[-2].split(b"-"))
    stream.read(length)
    rows = ",".join(
        f'{{"seq":{seq},"hash":"{hashes[seq - 1]}","result":"accepted","server_ref":"{seq}"}}'
        for seq in range(first, last + 1)
    )
    body = f'{{"results":[{rows}],"ack_seq":{last},"missing":[],"resend":[]}}'.encode()
    return HEAD + str(len(body)).encode() + b"\r\n\r\n" + body


if __name__ == "__main__":
    main()
