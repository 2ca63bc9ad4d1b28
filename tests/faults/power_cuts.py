#!/usr/bin/env python3
"""Replays a journal of record_io.c as power cuts: builds what a disk may hold after each, and looks whether what was acknowledged is in it, whole.

power_cuts.py PLAN.json: {journal, folder, database, uploads: [{file, acked, cells: [[service, platform, day, viewers], ...]}, ...], ready, admin, series: [{name, images, admin_checks}, ...],
seed}. "file" is the name of the uploaded file; "acked" the length of the journal when its answer came, or null. Writes one JSON object with the counts of each series.
A series is named for the setting of PRAGMA synchronous it stands for: "full" replays what was recorded; "normal" leaves out the syncs of the log that a commit waits for; "off" leaves
out every sync after "ready".
"""
import bisect
import json
import os
import random
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor

HEADER = struct.Struct("<IIQQII")
SECTOR = 512
WAL_HEADER = 32


class Op:
    __slots__ = ("kind", "tid", "inode", "offset", "name", "data", "end", "begun")


def read_journal(path):
    raw = open(path, "rb").read()
    ops, at = [], 0
    while at + HEADER.size <= len(raw):
        op = Op()
        kind, op.tid, op.inode, op.offset, name_len, data_len = HEADER.unpack_from(raw, at)
        at += HEADER.size
        op.kind, op.name, op.data = chr(kind), raw[at : at + name_len].decode(), raw[at + name_len : at + name_len + data_len]
        at += name_len + data_len
        op.end, op.begun = at, None
        ops.append(op)
    pair_syncs(ops)
    return ops


def pair_syncs(ops):
    """A sync covers what was noted before it began."""
    begun = {}
    for n, op in enumerate(ops):
        if op.kind == "b":
            begun[op.tid] = n
        elif op.kind == "e":
            op.begun = begun.pop(op.tid)


def syncs_of_commits(ops, log_inodes):
    """Numbers of the syncs of a log that SQLite makes only because synchronous is FULL: neither that of a new header nor that before a checkpoint writes to the database."""
    following, found = {}, set()
    for n in range(len(ops) - 1, -1, -1):
        op = ops[n]
        if op.kind == "e" and op.inode in log_inodes[n]:
            before = ops[op.begun]
            last = next((ops[m] for m in range(op.begun - 1, -1, -1) if ops[m].tid == before.tid), None)
            is_header = last is not None and last.kind == "w" and last.offset == 0 and len(last.data) == WAL_HEADER
            after = following.get(op.tid)
            is_checkpoint = after is not None and after.kind in "wt" and after.inode not in log_inodes[n]
            if not is_header and not is_checkpoint:
                found.add(n)
        if op.kind not in "be":
            following[op.tid] = op
    return found


class File:
    """What is on disk for certain, and what may be."""

    def __init__(self):
        self.durable = bytearray()
        self.pending = []

    @staticmethod
    def apply(content, op):
        if op.kind == "t":
            if op.offset < len(content):
                del content[op.offset :]
            else:
                content.extend(bytes(op.offset - len(content)))
            return
        if len(content) < op.offset:
            content.extend(bytes(op.offset - len(content)))
        content[op.offset : op.offset + len(op.data)] = op.data

    def sync(self, until):
        kept = [p for p in self.pending if p[0] >= until]
        for n, op in self.pending:
            if n < until:
                self.apply(self.durable, op)
        self.pending = kept

    def after_cut(self, rng, how):
        content = bytearray(self.durable)
        if how == "none" or not self.pending:
            return content
        if how == "all":
            for _, op in self.pending:
                self.apply(content, op)
            return content
        if how == "prefix":
            cut = rng.randrange(len(self.pending) + 1)
            for _, op in self.pending[:cut]:
                self.apply(content, op)
            if cut < len(self.pending):
                self.tear(content, self.pending[cut][1], rng, rng.random())
            return content
        share = rng.choice((0.02, 0.3, 0.5, 0.7, 0.98))
        for _, op in self.pending:
            self.tear(content, op, rng, share)
        self.grow(content, rng)
        return content

    def tear(self, content, op, rng, share):
        """Each sector of a write gets there or not; an older write of the same sector may be the one that did."""
        if op.kind == "t":
            if rng.random() < share:
                self.apply(content, op)
            return
        at, end = op.offset, op.offset + len(op.data)
        while at < end:
            stop = min(end, (at // SECTOR + 1) * SECTOR)
            if rng.random() < share:
                if len(content) < at:
                    content.extend(bytes(at - len(content)))
                content[at:stop] = op.data[at - op.offset : stop - op.offset]
            at = stop

    def grow(self, content, rng):
        """A file may have its new size before its new content."""
        if rng.random() < 0.5:
            return
        size = max((op.offset + len(op.data) for _, op in self.pending if op.kind == "w"), default=0)
        if len(content) < size:
            content.extend(bytes(size - len(content)))


class Disk:
    def __init__(self, folder):
        self.folder = folder
        self.names, self.pending_names = {}, []
        self.live_names, self.by_inode = {}, {}

    def take(self, n, op, keep_sync):
        if op.kind == "c":
            self.create(n, op)
        elif op.kind in "wt":
            if op.inode in self.by_inode:
                self.by_inode[op.inode].pending.append((n, op))
        elif op.kind == "u":
            self.rename(n, op.name, None)
        elif op.kind in "lr":
            self.rename(n, op.data.decode(), self.live_names.get(op.name))
            if op.kind == "r":
                self.rename(n, op.name, None)
        elif op.kind == "e" and keep_sync:
            self.sync(op)

    def create(self, n, op):
        if op.name == self.folder:
            return
        self.by_inode[op.inode] = File()
        self.rename(n, op.name, self.by_inode[op.inode])

    def rename(self, n, name, file):
        self.live_names.pop(name, None)
        if file:
            self.live_names[name] = file
        self.pending_names.append((n, name, file))

    def sync(self, op):
        if op.inode in self.by_inode:
            self.by_inode[op.inode].sync(op.begun)
            return
        for n, name, file in self.pending_names:
            if n < op.begun:
                self.names[name] = file
        self.pending_names = [p for p in self.pending_names if p[0] >= op.begun]

    def after_cut(self, rng):
        names = dict(self.names)
        how = rng.choice(("all", "none", "prefix", "some", "some", "some"))
        for _, name, file in self.pending_names:
            if how != "none" and (how == "all" or rng.random() < 0.5):
                names[name] = file
        how = rng.choice(("all", "none", "prefix", "prefix", "some", "some", "some", "some"))
        return {name: file.after_cut(rng, how) for name, file in names.items() if file and not name.endswith("-shm")}


def log_inodes_by_op(ops):
    """For each op the inodes that are a log at that time (one number is used again after an unlink)."""
    now, out = frozenset(), []
    for op in ops:
        if op.kind == "c":
            now = now | {op.inode} if op.name.endswith("-wal") else now - {op.inode}
        out.append(now)
    return out


class Judge:
    def __init__(self, plan):
        self.plan = plan
        self.cells = {u["file"]: u["cells"] for u in plan["uploads"]}
        self.acks = sorted((u["acked"], u["file"]) for u in plan["uploads"] if u["acked"] is not None)
        self.ack_positions = [a[0] for a in self.acks]

    def acked(self, position):
        return {file for _, file in self.acks[: bisect.bisect_right(self.ack_positions, position)]}

    def judge(self, path, position):
        """None, or (kind, text): kind is "lost", "half" or "damaged"."""
        wanted = self.acked(position)
        if not os.path.exists(path):
            return ("lost", f"no database, {len(wanted)} uploads acknowledged") if wanted else None
        try:
            return self.look(path, wanted)
        except sqlite3.DatabaseError as e:
            return ("damaged", str(e))

    def look(self, path, wanted):
        db = sqlite3.connect(path)
        try:
            found = db.execute("PRAGMA integrity_check").fetchall()
            if found != [("ok",)]:
                return ("damaged", str(found[:3]))
            files = [f for f, in db.execute("SELECT filename FROM entry WHERE kind = 'upload' ORDER BY id")]
            lost = wanted.difference(files)
            if lost:
                return ("lost", f"{len(lost)} acknowledged uploads are gone: {sorted(lost)[:3]}")
            return self.compare(db, files)
        finally:
            db.close()

    def compare(self, db, files):
        expected = {}
        for file in files:
            for service, platform, day, viewers in self.cells[file]:
                expected[(service, platform, day)] = viewers
        rows = db.execute(
            "SELECT s.name, p.name, n.day, n.viewers FROM number n JOIN service s ON s.id = n.service JOIN platform p ON p.id = n.platform WHERE n.event = 0"
        )
        stored = {(s, p, d): v for s, p, d, v in rows}
        if stored == expected:
            return None
        differs = [k for k in stored.keys() | expected.keys() if stored.get(k) != expected.get(k)]
        return ("half", f"{len(differs)} numbers differ from those of the {len(files)} uploads: {sorted(differs)[:3]}")


def write_image(files, plan, folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.mkdir(folder)
    for name, content in files.items():
        with open(os.path.join(folder, os.path.relpath(name, plan["folder"])), "wb") as out:
            out.write(content)
    return os.path.join(folder, os.path.relpath(plan["database"], plan["folder"]))


def admin_check(plan, path):
    if not os.path.exists(path):
        return None
    run = subprocess.run([plan["admin"], "check", "--db", path], capture_output=True, text=True)
    return None if run.returncode == 0 else ("damaged", f"streampulse-admin check: {run.stdout[-300:]}{run.stderr[-300:]}")


def run_shard(plan, series, images, admin_checks, seed):
    ops = read_journal(plan["journal"])
    name = series["name"]
    ready = next((n for n, op in enumerate(ops) if op.end > plan["ready"]), len(ops))
    skipped = syncs_of_commits(ops, log_inodes_by_op(ops)) if name == "normal" else set()
    rng = random.Random(seed)
    first = 0 if name == "full" else ready
    cuts = sorted(rng.randrange(first, len(ops)) for _ in range(images))
    checked = set(rng.sample(range(images), min(admin_checks, images)))
    judge, disk = Judge(plan), Disk(plan["folder"])
    out = {"images": 0, "lost": 0, "half": 0, "damaged": 0, "checked": 0, "examples": []}
    base = tempfile.mkdtemp(prefix="streampulse-cut-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
    done = 0
    for number, cut in enumerate(cuts):
        for n in range(done, cut + 1):
            disk.take(n, ops[n], n not in skipped and not (name == "off" and n >= ready))
        done = cut + 1
        path = write_image(disk.after_cut(rng), plan, os.path.join(base, "image"))
        position = ops[cut].end
        bad = judge.judge(path, position)
        if bad is None and number in checked:
            out["checked"] += 1
            bad = admin_check(plan, path)
        out["images"] += 1
        if bad:
            out[bad[0]] += 1
            out["examples"] = (out["examples"] + [f"cut after call {cut} of {len(ops)}: {bad[0]}: {bad[1]}"])[:5]
    shutil.rmtree(base, ignore_errors=True)
    return out


def add(total, part):
    for key, value in part.items():
        total[key] = total.get(key, [] if isinstance(value, list) else 0) + value
    return total


def main():
    plan = json.load(open(sys.argv[1]))
    shards = max(1, os.cpu_count() or 1)
    result = {}
    with ProcessPoolExecutor(shards) as pool:
        jobs = []
        for number, series in enumerate(plan["series"]):
            for shard in range(shards):
                share = [series[k] // shards + (shard < series[k] % shards) for k in ("images", "admin_checks")]
                jobs.append((series["name"], pool.submit(run_shard, plan, series, share[0], share[1], f"{plan['seed']}-{number}-{shard}")))
        for name, job in jobs:
            result[name] = add(result.get(name, {}), job.result())
    result["calls"] = len(read_journal(plan["journal"]))
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
