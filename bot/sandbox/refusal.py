"""What a platform answers when it does not do what was asked."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """An answer with ok:false. `code` is error_code and HTTP status, `parameters` e.g. {"retry_after": 3}."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        self.code = code
        self.description = description
        self.parameters = parameters
        super().__init__(f"{code} {description}")

    def as_json(self) -> dict[str, Any]:
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad(description: str, **parameters: Any) -> ApiError:
    """400 with the prefix that every such answer has."""
    return ApiError(400, f"Bad Request: {description}", **parameters)
