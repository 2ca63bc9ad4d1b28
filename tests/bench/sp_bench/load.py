"""An open loop of requests: each is sent at its time whatever became of the others, and its latency counts from that time."""
import asyncio
import contextlib
import time

LIMIT_BYTES = 1 << 16


class Broken(Exception):
    """The connection ended before an answer."""


class Client:
    """Keeps connections open as browsers do, the last one used first. One retry, on a new connection, for a GET whose connection was refused or broke; none for anything else."""

    def __init__(self, port, keep_alive=True, timeout=60):
        self.port, self.keep_alive, self.timeout = port, keep_alive, timeout
        self.idle = []

    async def connection(self, fresh):
        while self.idle and not fresh:
            reader, writer = self.idle.pop()
            if not reader.at_eof() and not writer.is_closing():
                return reader, writer
            writer.close()
        return await asyncio.open_connection("127.0.0.1", self.port, limit=LIMIT_BYTES)

    async def send(self, method, path, headers, body):
        """(status, headers, retried)"""
        tries = 2 if method == "GET" else 1
        for attempt in range(tries):
            try:
                status, found = await asyncio.wait_for(self.once(method, path, headers, body, fresh=attempt > 0), self.timeout)
                return status, found, attempt > 0
            except (OSError, Broken, asyncio.IncompleteReadError):
                if attempt + 1 == tries:
                    raise
        raise AssertionError("unreachable")

    async def once(self, method, path, headers, body, fresh):
        reader, writer = await self.connection(fresh)
        try:
            lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *(f"{name}: {value}" for name, value in headers.items())]
            if body is not None:
                lines.append(f"Content-Length: {len(body)}")
            if not self.keep_alive:
                lines.append("Connection: close")
            writer.write("\r\n".join([*lines, "", ""]).encode() + (body or b""))
            status, found = await read_head(reader)
            await read_body(reader, status, found)
        except BaseException:
            writer.close()
            raise
        if self.keep_alive and found.get("connection", "").lower() != "close":
            self.idle.append((reader, writer))
        else:
            writer.close()
        return status, found

    def close(self):
        for _, writer in self.idle:
            with contextlib.suppress(OSError):
                writer.close()


async def read_head(reader):
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        raise Broken from error
    status, *lines = head.decode("latin-1").split("\r\n")
    return int(status.split()[1]), {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}


async def read_body(reader, status, headers):
    if status in (204, 304):
        return
    if headers.get("transfer-encoding") == "chunked":
        while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
            await skip(reader, size + 2)
        await reader.readuntil(b"\r\n")
    else:
        await skip(reader, int(headers.get("content-length", 0)))


async def skip(reader, size):
    while size > 0:
        got = await reader.read(min(size, LIMIT_BYTES))
        if not got:
            raise asyncio.IncompleteReadError(b"", size)
        size -= len(got)


class Told:
    """What became of the requests."""

    def __init__(self):
        self.latencies_ms, self.failures, self.retried, self.sent = [], [], 0, 0
        self.by_kind = {}

    def answered(self, kind, ms, retried):
        self.latencies_ms.append(ms)
        self.by_kind.setdefault(kind, []).append(ms)
        self.retried += retried

    def success(self):
        return 100 * len(self.latencies_ms) / self.sent if self.sent else 0.0


async def open_loop(client, make, rate, seconds, told, good=(200, 201, 304)):
    """make(n) gives (kind, method, path, headers, body, then); then(status, headers) is called with the answer."""
    began, pending = time.perf_counter(), set()
    for n in range(int(rate * seconds)):
        due = began + n / rate
        await asyncio.sleep(max(0, due - time.perf_counter()))
        task = asyncio.create_task(one_request(client, make(n), due, told, good))
        pending.add(task)
        task.add_done_callback(pending.discard)
    await asyncio.gather(*pending)
    return told


async def one_request(client, request, due, told, good):
    kind, method, path, headers, body, then = request
    told.sent += 1
    try:
        status, found, retried = await client.send(method, path, headers, body)
    except (OSError, Broken, asyncio.IncompleteReadError, asyncio.TimeoutError) as error:
        told.failures.append(f"{kind}: {type(error).__name__} {error}")
        return
    if status not in good:
        told.failures.append(f"{kind}: {status}")
        return
    told.answered(kind, 1000 * (time.perf_counter() - due), retried)
    if then:
        then(status, found)


def run(port, make, rate, seconds, beside=None, keep_alive=True):
    """The load, with the coroutine function `beside` next to it until it ends."""
    async def both():
        client, told = Client(port, keep_alive), Told()
        other = asyncio.create_task(beside(seconds)) if beside else None
        await open_loop(client, make, rate, seconds, told)
        if other:
            await other
        client.close()
        return told
    return asyncio.run(both())
