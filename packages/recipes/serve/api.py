"""The HTTP face: requests and answers in the shapes of the OpenAI chat completions API."""

import hmac
import json
import time
import uuid
from collections.abc import Iterator
from typing import Any, Literal

from fastapi import Depends, FastAPI, Header, HTTPException, Request as HttpRequest
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, Field

from generation import Generator, PromptTooLong, Request, Usage


class Message(BaseModel):
    role: Literal["system", "developer", "user", "assistant"]
    content: str = Field(max_length=200_000)


class StreamOptions(BaseModel):
    include_usage: bool = False


class ChatCompletion(BaseModel):
    model: str
    messages: list[Message] = Field(min_length=1, max_length=1000)
    max_tokens: int | None = Field(None, ge=1)
    max_completion_tokens: int | None = Field(None, ge=1)
    temperature: float = Field(0.0, ge=0, le=2)
    top_p: float = Field(1.0, gt=0, le=1)
    stop: str | list[str] | None = None
    seed: int | None = None
    stream: bool = False
    stream_options: StreamOptions | None = None
    n: Literal[1] = 1


def refusal(status: int, message: str, code: str, param: str | None = None) -> JSONResponse:
    kind = "invalid_request_error" if status < 500 else "server_error"
    return JSONResponse({"error": {"message": message, "type": kind, "param": param, "code": code}}, status)


def counted(usage: Usage) -> dict[str, int]:
    return {"prompt_tokens": usage.prompt_tokens, "completion_tokens": usage.completion_tokens,
            "total_tokens": usage.prompt_tokens + usage.completion_tokens}


def event(value: object) -> str:
    return f"data: {json.dumps(value)}\n\n"


def application(generator: Generator, served_name: str, token: str | None = None) -> FastAPI:
    app, started = FastAPI(title="openai-serve", docs_url=None, redoc_url=None, openapi_url=None), int(time.time())

    @app.exception_handler(RequestValidationError)
    async def not_valid(_: HttpRequest, error: RequestValidationError) -> JSONResponse:
        # The message says where and what is wrong, and never repeats what was sent.
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"][1:] if isinstance(part, str) or len(first["loc"]) > 2)
        return refusal(400, f"{where or 'body'}: {first['msg']}", "invalid_value", where or None)

    def allowed(authorization: str = Header("")) -> None:
        if token and not hmac.compare_digest(authorization.encode(), f"Bearer {token}".encode()):
            raise HTTPException(401)

    @app.exception_handler(401)
    async def not_allowed(_: HttpRequest, __: Exception) -> JSONResponse:
        return refusal(401, "only the gateway may ask this server", "invalid_token")

    @app.exception_handler(404)
    async def not_found(_: HttpRequest, __: Exception) -> JSONResponse:
        return refusal(404, "no such route", "not_found")

    @app.exception_handler(Exception)
    async def failed(_: HttpRequest, __: Exception) -> JSONResponse:
        return refusal(500, "the model could not answer", "internal_error")

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok", "model": served_name}

    @app.get("/v1/models", dependencies=[Depends(allowed)])
    def models() -> dict[str, Any]:
        model = {"id": served_name, "object": "model", "created": started, "owned_by": "preceptor"}
        return {"object": "list", "data": [model]}

    @app.post("/v1/chat/completions", response_model=None, dependencies=[Depends(allowed)])
    def complete(body: ChatCompletion) -> dict[str, Any] | JSONResponse | StreamingResponse:
        if body.model != served_name:
            return refusal(404, "this server does not serve that model", "model_not_found", "model")
        stop = [body.stop] if isinstance(body.stop, str) else body.stop or []
        request = Request(
            messages=[message.model_dump() for message in body.messages],
            max_tokens=body.max_completion_tokens or body.max_tokens or 128,
            temperature=body.temperature, top_p=body.top_p, stop=[word for word in stop if word], seed=body.seed,
        )
        try:
            usage, pieces = generator.start(request)
        except PromptTooLong as error:
            return refusal(400, str(error), "context_length_exceeded", "messages")
        head = {"id": f"chatcmpl-{uuid.uuid4().hex}", "created": int(time.time()), "model": served_name}
        if body.stream:
            with_usage = bool(body.stream_options and body.stream_options.include_usage)
            return StreamingResponse(streamed(head, usage, pieces, with_usage), media_type="text/event-stream")
        message = {"role": "assistant", "content": "".join(pieces)}
        return {**head, "object": "chat.completion", "usage": counted(usage),
                "choices": [{"index": 0, "message": message, "finish_reason": usage.finish_reason}]}

    return app


def streamed(head: dict[str, Any], usage: Usage, pieces: Iterator[str], with_usage: bool) -> Iterator[str]:
    def chunk(delta: dict[str, str], finish_reason: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
        return event({**head, "object": "chat.completion.chunk", "choices": [choice]})

    yield chunk({"role": "assistant", "content": ""})
    for piece in pieces:
        yield chunk({"content": piece})
    yield chunk({}, usage.finish_reason)
    if with_usage:
        yield event({**head, "object": "chat.completion.chunk", "choices": [], "usage": counted(usage)})
    yield "data: [DONE]\n\n"
