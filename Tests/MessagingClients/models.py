"""Drives the lab of language models with Anthropic's and OpenAI's own SDKs: tools asked for and answered, and what is
refused."""
import json
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request

import anthropic
import openai

TOOL = "look_up"
SCHEMA = {
    "type": "object", "required": ["about"],
    "properties": {"about": {"type": "string", "enum": ["balance", "service"]}}}


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Lab:
    def __init__(self, program):
        self.address = f"http://127.0.0.1:{free_port()}"
        self.process = subprocess.Popen(
            [program, "lab", "model", "--port", self.address.rsplit(":", 1)[1]], stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while True:
            try:
                urllib.request.urlopen(self.address).close()
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)

    def tell(self, **fields):
        data = urllib.parse.urlencode(fields).encode()
        urllib.request.urlopen(f"{self.address}/lab/faults", data).close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        assert self.process.wait(10) == 0


def refused(kind, work):
    try:
        work()
    except kind as error:
        return error
    raise AssertionError(f"not refused with {kind.__name__}")


def drive_anthropic(lab):
    def client(key="sk-lab"):
        return anthropic.Anthropic(api_key=key, base_url=lab.address, max_retries=0)

    def ask(messages, model="lab-1", key="sk-lab"):
        return client(key).messages.create(
            model=model, max_tokens=200, system="Responda.", messages=messages,
            tools=[{"name": TOOL, "description": "Looks up.", "input_schema": SCHEMA}])

    question = [{"role": "user", "content": "¿cuánto debo?"}]
    first = ask(question)
    call = next(block for block in first.content if block.type == "tool_use")
    assert first.stop_reason == "tool_use" and call.name == TOOL and call.input == {"about": "balance"}
    assert first.usage.input_tokens > 0 and first.usage.output_tokens == 40
    # A call without its result is refused.
    refused(anthropic.BadRequestError, lambda: ask(question + [
        {"role": "assistant", "content": first.content}, {"role": "user", "content": "¿y?"}]))
    last = ask(question + [
        {"role": "assistant", "content": first.content},
        {"role": "user", "content": [{"type": "tool_result", "tool_use_id": call.id, "content": "$300.00"}]}])
    assert last.stop_reason == "end_turn" and "$300.00" in last.content[-1].text
    refused(anthropic.AuthenticationError, lambda: ask(question, key="otra"))
    refused(anthropic.NotFoundError, lambda: ask(question, model="claude-3-haiku"))
    for code, kind in [(429, anthropic.RateLimitError), (529, anthropic.APIStatusError)]:
        lab.tell(code=code, count=1)
        assert refused(kind, lambda: ask(question)).status_code == code


def drive_openai(lab):
    def ask(messages, model="lab-1", key="sk-lab"):
        return openai.OpenAI(api_key=key, base_url=f"{lab.address}/v1", max_retries=0).chat.completions.create(
            model=model, messages=messages,
            tools=[{"type": "function", "function": {"name": TOOL, "description": "Looks up.", "parameters": SCHEMA}}])

    question = [{"role": "system", "content": "Responda."}, {"role": "user", "content": "¿cuál es mi plan?"}]
    first = ask(question).choices[0]
    call = first.message.tool_calls[0]
    assert first.finish_reason == "tool_calls" and json.loads(call.function.arguments) == {"about": "service"}
    last = ask(question + [
        first.message.model_dump(exclude_none=True), {"role": "tool", "tool_call_id": call.id, "content": "8 megas"}])
    assert last.choices[0].finish_reason == "stop" and "8 megas" in last.choices[0].message.content
    assert last.usage.total_tokens == last.usage.prompt_tokens + last.usage.completion_tokens
    refused(openai.AuthenticationError, lambda: ask(question, key="otra"))
    refused(openai.NotFoundError, lambda: ask(question, model="gpt-4"))
    lab.tell(code=429, count=1)
    refused(openai.RateLimitError, lambda: ask(question))


def main():
    begun = time.monotonic()
    with Lab(sys.argv[1]) as lab:
        drive_anthropic(lab)
        drive_openai(lab)
    print(f"  models: anthropic {anthropic.__version__}, openai {openai.__version__}, {time.monotonic() - begun:.1f} s")


main()
