"""The least server with the command line of the recipe that serves: it answers every question with the same word."""

import argparse
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

parser = argparse.ArgumentParser()
for name in ("--model", "--host", "--port", "--served-name"):
    parser.add_argument(name, required=True)
args = parser.parse_args()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.answer({"status": "ok", "model": args.served_name, "data": [{"id": args.served_name}]})

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"] or 0))
        self.answer({"choices": [{"message": {"role": "assistant", "content": "synthetic"}}]})

    def answer(self, value: object) -> None:
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


ThreadingHTTPServer((args.host, int(args.port)), Handler).serve_forever()
