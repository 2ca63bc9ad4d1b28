#!/usr/bin/env python3
"""Turns schema/queries.sql into queries.h (an enum) and queries.c (a table of texts for each engine)."""
import re
import sys

HEAD = re.compile(r"--\s*:name\s+([a-z][a-z0-9_]*)(?:\s+:engine\s+(sqlite|postgresql))?\s*$")


def blocks(path):
    current, found = None, []
    with open(path, encoding="utf-8") as source:
        for number, line in enumerate(source, 1):
            head = HEAD.match(line.strip())
            if head:
                current = [head.group(1), head.group(2), number, []]
                found.append(current)
            elif line.lstrip().startswith("--"):
                continue
            elif current is not None:
                current[3].append(line.rstrip())
            elif line.strip():
                sys.exit(f"{path}:{number}: text before the first -- :name")
    return found


def text_for_sqlite(sql):
    return re.sub(r"\$(\d+)", r"?\1", sql)


def c_string(sql):
    escaped = sql.replace("\\", "\\\\").replace('"', '\\"')
    return "\n        ".join(f'"{line}\\n"' for line in escaped.splitlines())


def main(path, header, source):
    names, texts = [], {}
    for name, engine, number, lines in blocks(path):
        sql = "\n".join(line for line in lines if line.strip()).rstrip().rstrip(";")
        if not sql:
            sys.exit(f"{path}:{number}: {name} is empty")
        if name not in names:
            names.append(name)
        if (name, engine) in texts:
            sys.exit(f"{path}:{number}: {name} is there twice")
        texts[name, engine] = sql
    with open(header, "w", encoding="utf-8") as out:
        out.write("/* Generated from schema/queries.sql: every statement, by name. */\n#ifndef SP_QUERIES_H\n#define SP_QUERIES_H\n\ntypedef enum {\n")
        out.writelines(f"    SP_Q_{name.upper()},\n" for name in names)
        out.write("    SP_Q_COUNT\n} sp_query_e;\n\ntypedef struct {\n    const char *name;\n    const char *sqlite;\n    const char *postgresql;\n} sp_query_text_t;\n\n")
        out.write("extern const sp_query_text_t sp_queries[SP_Q_COUNT];\n\n#endif\n")
    with open(source, "w", encoding="utf-8") as out:
        out.write('#include "queries.h"\n\nconst sp_query_text_t sp_queries[SP_Q_COUNT] = {\n')
        for name in names:
            common = texts.get((name, None))
            sqlite = texts.get((name, "sqlite"), common)
            postgresql = texts.get((name, "postgresql"), common)
            if sqlite is None or postgresql is None:
                sys.exit(f"{path}: {name} has no text for one of the engines")
            out.write(f'    {{"{name}",\n        {c_string(text_for_sqlite(sqlite))},\n        {c_string(postgresql)}}},\n')
        out.write("};\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
