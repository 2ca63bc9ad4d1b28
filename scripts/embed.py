#!/usr/bin/env python3
"""Writes texts as C arrays: migrations (with their numbers) or one file.

embed.py migrations OUT.c FILE.sql...   -> const sp_migration_t sp_migrations_sqlite[]
embed.py insight OUT.c PROMPT.md SCHEMA.json -> what a language model is told, sp_insight_prompt_text, and the schema of its answer as compact JSON, sp_insight_schema_text
embed.py openapi OUT.c openapi.yaml     -> the contract as compact JSON, sp_openapi_json and its length; the names of the views, sp_openapi_views
"""
import json
import os
import sys


def c_bytes(data):
    lines = [data[i:i + 20] for i in range(0, len(data), 20)]
    return "\n".join("    " + ",".join(str(b if b < 128 else b - 256) for b in line) + "," for line in lines)


def migrations(out, files):
    out.write('#include "migrations.h"\n\n')
    rows = []
    for path in files:
        number = int(os.path.basename(path)[:3])
        with open(path, "rb") as source:
            out.write(f"static const char sql_{number:03d}[] = {{\n{c_bytes(source.read())}\n    0}};\n\n")
        rows.append(number)
    if rows != list(range(1, len(rows) + 1)):
        sys.exit(f"migrations are not numbered 1 to n: {rows}")
    out.write("const sp_migration_t sp_migrations_sqlite[] = {\n")
    out.writelines(f"    {{{n}, sql_{n:03d}}},\n" for n in rows)
    out.write("    {0, 0},\n};\n")


def openapi(out, files):
    import yaml
    with open(files[0], encoding="utf-8") as source:
        contract = yaml.safe_load(source)
    data = json.dumps(contract, ensure_ascii=False, separators=(",", ":"), default=str).encode()
    out.write('#include "openapi.h"\n\n')
    out.write(f"const char sp_openapi_json[] = {{\n{c_bytes(data)}\n    0}};\nconst unsigned long sp_openapi_json_len = {len(data)};\n\n")
    views = contract["components"]["schemas"]["View"]["enum"]
    out.write("const char *const sp_openapi_views[] = {" + ", ".join(json.dumps(view) for view in views) + ", 0};\n")


def insight(out, files):
    with open(files[0], encoding="utf-8") as source:
        prompt = source.read()
    with open(files[1], encoding="utf-8") as source:
        schema = json.dumps(json.load(source), separators=(",", ":"))
    out.write('#include "insight_texts.h"\n\n')
    for name, text in (("prompt", prompt), ("schema", schema)):
        out.write(f"const char sp_insight_{name}_text[] = {{\n{c_bytes(text.encode())}\n    0}};\n\n")


if __name__ == "__main__":
    with open(sys.argv[2], "w", encoding="utf-8") as target:
        {"insight": insight, "migrations": migrations, "openapi": openapi}[sys.argv[1]](target, sys.argv[3:])
