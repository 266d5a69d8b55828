"""Gives generated requests what chance alone would not: a key that was not used before, and a tag that may match."""

import random
import re
import uuid

import schemathesis

KEY = re.compile(r'([!#-\[\]-~]{1,255}|"[!#-\[\]-~]{1,255}")')


@schemathesis.hook
def before_call(context, case, kwargs):
    headers = case.headers or {}
    key, tag = headers.get("Idempotency-Key"), headers.get("If-Match")
    if isinstance(key, str) and KEY.fullmatch(key):
        headers["Idempotency-Key"] = str(uuid.uuid4())
    if isinstance(tag, str) and re.search(r"[!-~]", tag) and random.random() < 0.7:
        headers["If-Match"] = "*"
