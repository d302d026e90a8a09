"""A network camera for tests that speaks HTTP: motion JPEG as ``multipart/x-mixed-replace``, as cheap cameras do."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import cv2

from pos_client.scanner.frame import Pixels


@contextmanager
def mjpeg_camera(picture: Pixels, count: int = 1_000_000) -> Iterator[int]:
    """Serve a picture 20 times a second, ``count`` times, on a free port of loopback; the port."""
    good, coded = cv2.imencode(".jpg", picture)
    assert good
    part = b"--cut\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n%s\r\n" % (coded.size, coded.tobytes())
    ended = threading.Event()

    class Visit(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=cut")
            self.end_headers()
            left = count
            try:
                while left and not ended.wait(0.05):
                    self.wfile.write(part)
                    left -= 1
            except OSError:
                self.close_connection = True

        def log_message(self, *said: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Visit)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server.server_port
    finally:
        ended.set()
        server.shutdown()
        server.server_close()
        thread.join()
