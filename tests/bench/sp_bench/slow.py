"""Clients that take their time: each holds a connection with as little as the server lets it, and comes back when it is thrown out."""
import asyncio
import multiprocessing
import resource
import socket

STEP_SECONDS = 1.0
BACK_SECONDS = 0.2
BODY_BYTES = 200_000
KINDS = ("header", "body", "read")


def lines(method, path, **headers):
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: localhost", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()), ""]).encode()


async def slow_header(number, reader, writer, session):
    writer.write(lines("GET", "/api/stats"))
    while not reader.at_eof():
        writer.write(b"X-Slow: 1\r\n"[:1 + number % 3])
        await writer.drain()
        await asyncio.sleep(STEP_SECONDS)


async def slow_body(number, reader, writer, session):
    """A sign-in, an upload without one, and one of somebody who is signed in."""
    head = (lines("POST", "/api/auth", Content_Type="application/json", Content_Length=1000), lines("POST", "/api/upload", Content_Type="text/csv", Content_Length=BODY_BYTES),
            lines("POST", "/api/upload", Content_Length=BODY_BYTES, **session))[number % 3]
    writer.write(head + b"\r\n")
    while not reader.at_eof():
        writer.write(b"service,"[:1 + number % 8])
        await writer.drain()
        await asyncio.sleep(STEP_SECONDS)


async def slow_read(number, reader, writer, session):
    writer.write(lines("GET", "/api/export", **({"Accept-Encoding": "gzip"} if number % 2 else {})) + b"\r\n")
    while await reader.read(64):
        await asyncio.sleep(STEP_SECONDS)


CLIENTS = {"header": slow_header, "body": slow_body, "read": slow_read}


def small_socket():
    """Its buffer takes little, so that the answer stays with the server."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.setblocking(False)
    return connection


async def one_client(kind, number, port, session, held):
    while True:
        connection = small_socket()
        writer = None
        try:
            await asyncio.get_running_loop().sock_connect(connection, ("127.0.0.1", port))
            reader, writer = await asyncio.open_connection(sock=connection, limit=128)
            with held:
                await CLIENTS[kind](number, reader, writer, session)
        except OSError:
            pass
        finally:
            writer.close() if writer else connection.close()
        await asyncio.sleep(BACK_SECONDS)


class Held:
    """How many are connected, for the process that asked for them."""

    def __init__(self, shared):
        self.shared = shared

    def __enter__(self):
        self.shared.value += 1

    def __exit__(self, *_):
        self.shared.value -= 1


async def all_clients(kind, count, port, session, shared):
    await asyncio.gather(*(one_client(kind, number, port, session, Held(shared)) for number in range(count)))


def work(kind, count, port, session, shared):
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    asyncio.run(all_clients(kind, count, port, session, shared))


class SlowClients:
    """In a process of their own, so that they are in nobody's way here."""

    def __init__(self, kind, count, port, session):
        self.held = multiprocessing.Value("i", 0, lock=False)
        self.process = multiprocessing.get_context("fork").Process(target=work, args=(kind, count, port, session, self.held), daemon=True)

    def __enter__(self):
        self.process.start()
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.join()
