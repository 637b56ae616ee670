"""Serves one model behind an OpenAI-compatible API: health, models and chat completions.

    python main.py --model DIR --host 127.0.0.1 --port N --served-name NAME

It knows no keys and no quotas: the gateway in front of it does. Where PRECEPTOR_SERVE_TOKEN is set, only who sends it as a bearer is answered,
so that nobody on the same machine goes around the gateway.
"""

import argparse
import logging
import os
import sys
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="folder with config, tokenizer and safetensors weights")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--served-name", required=True, help="the name that requests give as `model`")
    parser.add_argument("--max-tokens-limit", type=int, default=512, help="most tokens one answer may have")
    args = parser.parse_args()
    for file in ("config.json", "tokenizer.json", "model.safetensors"):
        if not (args.model / file).is_file() and not (file == "model.safetensors" and any(args.model.glob("*.safetensors"))):
            print(f"error: --model holds no {file}: {args.model}", file=sys.stderr, flush=True)
            sys.exit(2)

    import uvicorn

    from api import application
    from generation import Generator

    generator = Generator(args.model, args.max_tokens_limit)
    # No access log: a path says nothing worth keeping, and a body must never reach a log.
    logging.getLogger("uvicorn.access").disabled = True
    print(f"serving {args.served_name} on {args.host}:{args.port}", flush=True)
    uvicorn.run(application(generator, args.served_name, os.environ.get("PRECEPTOR_SERVE_TOKEN")), host=args.host, port=args.port,
                log_level="warning", access_log=False, timeout_graceful_shutdown=2)


if __name__ == "__main__":
    main()
