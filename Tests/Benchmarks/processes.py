"""The programs a benchmark starts: their life, their processor time and memory, and what they answer."""

import http.client
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


class Failed(Exception):
    """A contender that cannot be measured, and why."""


def run(command: list[str], timeout: float = 60, **options) -> str:
    """What a command prints, or its complaint."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, **options)
    except subprocess.TimeoutExpired:
        raise Failed(f"{command[0]} was not done after {timeout:.0f} s") from None
    if done.returncode != 0:
        raise Failed(f"{' '.join(command[:3])} ended with {done.returncode}: {(done.stderr or done.stdout).strip()[-600:]}")
    return done.stdout


def family(pid: int) -> list[int]:
    """A process and all below it that live."""
    members = [pid]
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            children = Path(f"/proc/{pid}/task/{task}/children").read_text().split()
            members += [member for child in children for member in family(int(child))]
    except (FileNotFoundError, ProcessLookupError):
        pass
    return members


def processor_seconds(pid: int) -> float:
    """User and system time of a process, of those below it, and of those that it has outlived."""
    ticks = 0
    for member in family(pid):
        try:
            fields = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(int(field) for field in fields[11:15])
        except (FileNotFoundError, ProcessLookupError):
            pass
    return ticks / TICKS


def resident_megabytes(pid: int) -> float:
    kilobytes = 0
    for member in family(pid):
        for line in Path(f"/proc/{member}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                kilobytes += int(line.split()[1])
    return kilobytes / 1024


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A program that answers HTTP on a port of 127.0.0.1, for the tenant "uno"."""

    def __init__(self, name: str, command: list[str], port: int, log: Path, environment: dict[str, str] | None = None):
        self.name, self.port, self.log = name, port, log
        self.host = f"uno.localhost:{port}"
        self.output = open(log, "ab", buffering=0)
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=self.output, stderr=self.output,
            env={**os.environ, **(environment or {})}, start_new_session=True)

    def request(self, method: str, path: str, headers: dict[str, str] | None = None, body: str | None = None):
        """Status, headers and body of one answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request(method, path, body, {"Host": self.host, **(headers or {})})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            raise Failed(f"{self.name} does not answer {path}: {error}\n{self.last_words()}") from None
        finally:
            connection.close()

    def get(self, path: str, headers: dict[str, str]) -> str:
        status, _, body = self.request("GET", path, headers)
        if status != 200:
            raise Failed(f"{self.name} answers {status} to {path}: {body[:300]}\n{self.last_words()}")
        return body

    def await_answer(self, path: str, within: float = 20) -> float:
        """Seconds from the start of the program to its first 200."""
        while time.monotonic() - self.started < within:
            if self.process.poll() is not None:
                raise Failed(f"{self.name} ended by itself:\n{self.last_words()}")
            try:
                if self.request("GET", path)[0] == 200:
                    return time.monotonic() - self.started
            except Failed:
                pass
            time.sleep(0.001)
        raise Failed(f"{self.name} did not answer {path} within {within} s:\n{self.last_words()}")

    def last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])

    def forget_log(self):
        """An access log of a few million lines is of no use afterwards."""
        os.truncate(self.log, 0)

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait(5)
        self.output.close()
