"""Conditional requests (RFC 9110 section 13): the same answer is not sent twice."""

from fastapi import Request, Response


def quoted(tag: str) -> str:
    """A strong entity tag."""
    return f'"{tag}"'


def not_modified(request: Request, tag: str) -> Response | None:
    """304 where the caller holds that very version."""
    held = [part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")]
    return Response(status_code=304, headers={"ETag": tag}) if tag in held else None
