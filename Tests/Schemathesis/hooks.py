"""Gives generated requests what chance alone would not: a key that was not used before, and a tag that may match; and
takes from a GET the body that chance gave it, which the server refuses before it looks at the path."""

import random
import re
import uuid

import schemathesis
from schemathesis.core import NOT_SET

KEY = re.compile(r'([!#-\[\]-~]{1,255}|"[!#-\[\]-~]{1,255}")')


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.method.upper() in {"GET", "HEAD"}:
        case.body = NOT_SET
    headers = case.headers or {}
    key, tag = headers.get("Idempotency-Key"), headers.get("If-Match")
    if isinstance(key, str) and KEY.fullmatch(key):
        headers["Idempotency-Key"] = str(uuid.uuid4())
    if isinstance(tag, str) and re.search(r"[!-~]", tag) and random.random() < 0.7:
        headers["If-Match"] = "*"
