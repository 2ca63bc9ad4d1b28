"""What a team does to its dashboard: mostly looking again, now and then a service, an export or an upload."""
import json
import random

from . import sheets

WEIGHTS = {"poll": 40, "again": 30, "data": 12, "service": 10, "ledger": 4, "export": 2, "upload": 2}
SMALL = ("poll", "service", "ledger")
READER = {"User-Agent": "bench", "Accept-Encoding": "gzip"}


class Mix:
    """The requests, in an order that is the same each time. Those that look again carry the newest ETag that was seen, as a browser's do."""

    def __init__(self, session, service, only=tuple(WEIGHTS), years=("2025-03-01", "2025-09-30")):
        self.session, self.etags, self.uploads = session, {}, 0
        self.paths = {"poll": "/api/stats", "again": "/api/data", "data": "/api/data", "ledger": "/api/uploads", "export": "/api/export",
                      "service": f"/api/data/{service}?from={years[0]}&to={years[1]}"}
        self.kinds = random.Random(1).choices(only, [WEIGHTS[kind] for kind in only], k=10_000)

    def look_once(self, server):
        """So that looking again is asking whether it changed, from the first time on."""
        for path in ("/api/stats", "/api/data"):
            self.etags[path] = server.get(path, READER)[0]["ETag"]
        return self

    def __call__(self, n):
        kind = self.kinds[n % len(self.kinds)]
        if kind == "upload":
            self.uploads += 1
            return kind, "POST", "/api/upload", self.session, sheets.weekly_text(self.uploads), None
        path = self.paths[kind]
        if kind not in ("poll", "again"):
            return kind, "GET", path, READER, None, None
        known = {"If-None-Match": self.etags[path]} if path in self.etags else {}
        return kind, "GET", path, {**READER, **known}, None, lambda _, found: self.etags.__setitem__(path, found["etag"])


def of_sample_year(server):
    """The whole mix, on a server that gets the sample year for it."""
    server.upload(sheets.sample_year())
    _, body = server.get("/api/data")
    return Mix(server.sign_in(), json.loads(body)["services"][0]["id"]).look_once(server)
