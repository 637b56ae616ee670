"""The least server with the command line of the recipe that serves: it answers every question with the same word."""

import argparse
import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

parser = argparse.ArgumentParser()
for name in ("--model", "--host", "--port", "--served-name"):
    parser.add_argument(name, required=True)
args = parser.parse_args()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path != "/health" and not self.allowed():
            return
        self.answer({"status": "ok", "model": args.served_name, "data": [{"id": args.served_name}]})

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"] or 0))
        if not self.allowed():
            return
        self.answer({"choices": [{"message": {"role": "assistant", "content": "synthetic"}}]})

    def allowed(self) -> bool:
        # A place whose own door asks for tokens gives its server none.
        token = os.environ.get("PRECEPTOR_SERVE_TOKEN")
        good = token is None or self.headers["authorization"] == f"Bearer {token}"
        if not good:
            self.send_response(401)
            self.send_header("content-length", "0")
            self.end_headers()
        return good

    def answer(self, value: object) -> None:
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


ThreadingHTTPServer((args.host, int(args.port)), Handler).serve_forever()
