#!/usr/bin/env python3
"""Holds the tree to its own rules: layers, contract, directives, queries, names. One line per guard; exit status 1 when one fails."""
import argparse
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCE = ROOT / "mod_streampulse"
sys.path.insert(0, str(ROOT / "scripts"))
sys.dont_write_bytecode = True
import gen_queries  # noqa: E402

INCLUDES_FROM = {  # layer -> the layers it may include
    "core": {"core"},
    "store": {"store", "core"},
    "ai": {"ai", "core"},
    "insight": {"insight", "ai", "store", "core"},
    "httpd": {"httpd", "insight", "store", "core", "ai"},
    "httpd/api": {"httpd", "store", "core"},
    "cli": {"cli", "store", "core"},
    ".": {"httpd", "httpd/api", "store", "core"},
}
HTTPD_HEADER = re.compile(r"^(httpd|http_\w+|ap_\w+|util_\w+|mod_\w+|mpm_common|scoreboard|unixd)\.h$")
SQL_HEADER = re.compile(r"^(sqlite3|apr_dbd|libpq-fe|libpq/.*)\.h$|^sqlite3\.h$|^apr_dbd\.h$")
BANNED = re.compile(r"(?<![\w.>])(sprintf|vsprintf|strcpy|strcat|strtok|atoi|atol|gets|localtime|gmtime)\s*\(")
GENERATED = {"queries.h": "store"}
MAX_LINES = 600


def c_files():
    return sorted(p for p in SOURCE.rglob("*") if p.suffix in (".c", ".h"))


def layer_of(path):
    return path.parent.relative_to(SOURCE).as_posix()


def relative(path):
    return path.relative_to(ROOT).as_posix()


def read(path):
    return path.read_text(encoding="utf-8")


def without_comments(text):
    def blank(match):
        return match.group(0) if match.group(0).startswith('"') else re.sub(r"[^\n]", " ", match.group(0))
    return re.sub(r'"(?:\\.|[^"\\\n])*"|/\*.*?\*/|//[^\n]*', blank, text, flags=re.S)


def includes_of(path):
    return re.findall(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', read(path), flags=re.M)


# --- each guard yields what is wrong -------------------------------------------------------------------------------------------------

def layers_by_includes():
    homes = {p.name: layer_of(p) for p in c_files()}
    homes.update(GENERATED)
    for path in c_files():
        layer = layer_of(path)
        for kind, name in includes_of(path):
            if kind == '"':
                name = name.rsplit("/", 1)[-1]
                home = homes.get(name)
                if home is None:
                    yield f"{relative(path)} includes \"{name}\", which is nowhere"
                elif home == "httpd/api" and layer == "httpd/api" and name != "api.h":
                    yield f"{relative(path)}: resources do not include each other ({name})"
                elif home not in INCLUDES_FROM[layer] and not (home == layer == "httpd/api") and (path.name, name) != ("routes.c", "api.h"):
                    yield f"{relative(path)}: {layer} may not include {home} ({name})"
            elif HTTPD_HEADER.match(name) and layer not in ("httpd", "httpd/api", "."):
                yield f"{relative(path)}: only httpd/ includes <{name}>"
            elif SQL_HEADER.match(name) and layer not in ("store", "httpd"):
                yield f"{relative(path)}: {layer} may not include <{name}>"


def undefined_symbols(build):
    text = subprocess.run(["nm", "-A", "-u", str(build / "libstreampulse.a")], check=True, capture_output=True, text=True).stdout
    for line in text.splitlines():
        found = re.match(r".*?:([^:]+\.o):.*\bU (\S+)$", line)
        if found:
            yield found.group(1), found.group(2)


def layers_by_symbols(build):
    layers = {p.with_suffix(".o").name: layer_of(p) for p in c_files() if p.suffix == ".c"}
    for member, symbol in undefined_symbols(build):
        if symbol.startswith("ap_"):
            yield f"{member} needs {symbol}: the library knows no httpd"
        if layers.get(member) == "core" and re.match(r"sqlite3_|apr_dbd|PQ", symbol):
            yield f"{member} needs {symbol}: core knows no SQL"
        if symbol.startswith("curl_"):
            yield f"{member} needs {symbol}: libcurl is loaded where it is needed, by ai/curl_library.c, and not linked"


def module_exports_one_symbol(build):
    text = subprocess.run(["nm", "-D", "--defined-only", str(build / "mod_streampulse.so")], check=True, capture_output=True, text=True).stdout
    names = {line.split()[-1] for line in text.splitlines()}
    if names != {"streampulse_module"}:
        yield f"the module exports {sorted(names)}, not streampulse_module alone"


# Only tests and benchmarks look at these, which measure what cannot be seen from outside: memory, and how long the write lock is held.
MEASURED = {"sp_cache_bytes", "sp_db_lock_held"}


def symbols_of(build):
    """Of each object of the product: its source, what it defines for others, and what it needs of others."""
    for path in c_files():
        if path.suffix == ".c":
            folder = "mod" if layer_of(path) in (".", "httpd", "httpd/api") else "lib"
            text = subprocess.run(["nm", "-P", str(build / folder / path.relative_to(SOURCE).with_suffix(".o"))], check=True, capture_output=True, text=True).stdout
            kinds = [line.split()[:2] for line in text.splitlines()]
            yield path, {name for name, kind in kinds if kind.isupper() and kind not in "UW"}, {name for name, kind in kinds if kind == "U"}


def nothing_is_exported_in_vain(build):
    objects = list(symbols_of(build))
    needed = set.union(*(needs for _, _, needs in objects))
    tests = "\n".join(read(p) for p in sorted((ROOT / "tests").glob("*/*.[ch]")))
    for path, defines, _ in objects:
        text = without_comments(read(path))
        for name in sorted(n for n in defines - needed - MEASURED if n.startswith("sp_")):
            if len(re.findall(rf"\b{name}\b", text)) < 2:
                yield f"{relative(path)}: nothing but tests needs {name}, if they do"
            elif not re.search(rf"\b{name}\b", tests):
                yield f"{relative(path)}: {name} is for this file alone: make it static"


def contract():
    return yaml.safe_load(read(ROOT / "schema/openapi.yaml"))


def resolve(doc, node):
    while isinstance(node, dict) and "$ref" in node:
        target = doc
        for part in node["$ref"][2:].split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


def operations(doc):
    for path, item in doc["paths"].items():
        for method, operation in item.items():
            if method in ("get", "post", "put", "patch", "delete"):
                parameters = [resolve(doc, p) for p in item.get("parameters", []) + operation.get("parameters", [])]
                query = {p["name"] for p in parameters if p["in"] == "query"}
                yield (method.upper(), path), operation, query


def parameter_lists(text):
    for name, body in re.findall(r"static const char \*const (\w+)\[\]\s*=\s*\{([^}]*)\}", text):
        yield name, set(re.findall(r'"([^"]*)"', body))


def routes():
    """(method, pattern) -> (role, from, handler, parameters)."""
    text = without_comments(read(SOURCE / "httpd/routes.c"))
    lists = dict(parameter_lists(text))
    row = r'\{\s*"([A-Z]+)",\s*"([^"]+)",\s*(SP_ROLE_\w+),\s*(SP_LEAST_\w+),\s*(\w+)\s*(?:,\s*(\w+))?\s*(?:,\s*(\w+))?\s*(?:,\s*\.\w+\s*=\s*\w+)*\s*,?\s*\}'
    found = {}
    for method, pattern, role, source, handler, parameters, _ in re.findall(row, text):
        found[method, pattern] = (role[8:].lower(), source, handler, lists.get(parameters, set()))
    return found


def routes_follow_the_contract():
    table, doc = routes(), contract()
    if not table:
        yield "httpd/routes.c: no route found"
    promised = {}
    for key, operation, query in operations(doc):
        promised[key] = (operation, query)
    for key in sorted(table.keys() - promised.keys()):
        yield f"{' '.join(key)}: a route that the contract does not have"
    for key in sorted(promised.keys() - table.keys()):
        yield f"{' '.join(key)}: in the contract, but no route"
    for key in sorted(table.keys() & promised.keys()):
        role, _, _, parameters = table[key]
        operation, query = promised[key]
        if operation.get("x-least-role") != role:
            yield f"{' '.join(key)}: role {role}, the contract says {operation.get('x-least-role')}"
        if parameters != query:
            yield f"{' '.join(key)}: parameters {sorted(parameters)}, the contract says {sorted(query)}"


def test_texts():
    return "\n".join(read(p) for p in sorted((ROOT / "tests").glob("integration/*.mjs")) + sorted((ROOT / "tests").glob("e2e/*.mjs")))


def routes_are_tested():
    text = test_texts()
    for method, pattern in routes():
        if f"{method} {pattern}" not in text:
            yield f"no test names {method} {pattern}"


def directives():
    return re.findall(r'AP_INIT_\w+\(\s*"(StreamPulse\w*)"', read(SOURCE / "httpd/directives.c"))


def directives_are_documented():
    places = {"conf/streampulse.conf": read(ROOT / "conf/streampulse.conf"), "README.md": read(ROOT / "README.md"), "a test": test_texts() + read(ROOT / "tests/integration/lib/server.mjs")}
    for name in directives():
        for place, text in places.items():
            if not re.search(rf"\b{name}\b", text):
                yield f"{name} is not in {place}"
    known = set(directives())
    for place in ("conf/streampulse.conf", "README.md"):
        for name in sorted(set(re.findall(r"\bStreamPulse[A-Z]\w+", places[place])) - known):
            yield f"{place} names {name}, which is no directive"


def shortened_names_are_of_react():
    """terser shortens these names of fields wherever they stand: in ours, or in an answer of the API, they would no longer be what they are called."""
    found = re.search(r"REACT_FIELDS = .*?\[(.*?)\]\.join", read(ROOT / "htdocs/vite.config.ts"), re.S)
    names = re.compile(r"\b(?:" + "|".join(re.findall(r"'([^']+)'", found[1])) + r")\b")
    for path in [ROOT / "schema/openapi.yaml", *sorted((ROOT / "htdocs/src").rglob("*.ts*"))]:
        for match in names.finditer(read(path)):
            yield f"{relative(path)}: {match[0]} is a name that vite.config.ts has shortened"


def metrics_are_documented():
    """README has each family's name, or its end behind three dots."""
    readme = read(ROOT / "README.md")
    ends = re.findall(r"`\.\.\.(_\w+)`", readme)
    shows = [text for text in (without_comments(read(path)) for path in c_files()) if "sp_exposition_family" in text]
    families = [name for text in shows for name in re.findall(r'"(streampulse_[a-z0-9_]+)"', text)]
    for name in families:
        if not re.search(rf"\b{name}\b", readme) and not any(name.endswith(end) for end in ends):
            yield f"the metric {name} is not in README.md"
    for name in sorted(set(families)):
        if families.count(name) > 1:
            yield f"the metric {name} is begun more than once"
    for name in sorted(set(re.findall(r"\bstreampulse_[a-z0-9_]*[a-z0-9]\b", readme)) - set(families) - {name + "_bucket" for name in families} - {"streampulse_module"}):
        yield f"README.md names {name}, which is no metric"


def queries_prepare():
    db = sqlite3.connect(":memory:")
    for migration in sorted((ROOT / "schema/sqlite").glob("*.sql")):
        db.executescript(read(migration))
    db.execute("CREATE TEMP TABLE incoming (a, b, c, d, e, f, data)")  # the connection's own, see store/db.h
    db.create_function("incoming_number", 2, lambda d, n: None)
    for name, engine, line, lines in gen_queries.blocks(ROOT / "schema/queries.sql"):
        if engine == "postgresql":
            continue
        sql = gen_queries.text_for_sqlite("\n".join(lines).strip().rstrip(";"))
        numbers = [int(n) for n in re.findall(r"\?(\d+)", sql)]
        try:
            db.execute("EXPLAIN " + sql, [None] * max(numbers, default=0))
        except sqlite3.Error as error:
            yield f"schema/queries.sql:{line}: {name}: {error}"
        if set(numbers) != set(range(1, max(numbers, default=0) + 1)):
            yield f"schema/queries.sql:{line}: {name}: parameters are not $1 to $n"


def queries_are_used():
    text = "\n".join(read(p) for p in c_files())
    for name, _, line, _ in gen_queries.blocks(ROOT / "schema/queries.sql"):
        if f"SP_Q_{name.upper()}" not in text:
            yield f"schema/queries.sql:{line}: nothing runs {name}"


def file_names_are_unique():
    seen = {}
    for path in c_files() + sorted((ROOT / "tests/unit").glob("*.[ch]")) + sorted((ROOT / "tests/fuzz").glob("*.[ch]")):
        if path.name in seen:
            yield f"{relative(path)} and {relative(seen[path.name])} have the same name"
        seen[path.name] = path


def log_tags_are_unique():
    seen = {}
    for path in c_files():
        for tag in re.findall(r'"(SP\d{4})\b', read(path)):
            if tag in seen:
                yield f"{tag} is in {relative(path)} and in {relative(seen[tag])}"
            seen[tag] = path
    if not seen:
        yield "no log tag found"


def log_lines_are_tagged():
    for path in c_files():
        text = without_comments(read(path))
        for match in re.finditer(r"\bap_log_(?:error|rerror|cerror|perror)\s*\(", text):
            call = text[match.start():match.start() + 400]
            if not re.search(r'"(SP\d{4})\b|SP_LOG|\btag\b', call):
                yield f"{relative(path)}:{text.count(chr(10), 0, match.start()) + 1}: a log line without a tag"


def no_banned_functions():
    for path in c_files():
        text = without_comments(read(path))
        for match in BANNED.finditer(re.sub(r'"(?:\\.|[^"\\\n])*"', '""', text)):
            yield f"{relative(path)}: {match.group(1)}"


def test_files():
    """Those that people write."""
    folders = ("bench", "data", "e2e", "faults", "fuzz", "guards", "integration", "peer", "unit")
    return sorted(p for folder in folders for p in (ROOT / "tests" / folder).rglob("*") if p.suffix in (".c", ".h", ".mjs", ".py"))


def files_are_short():
    for path in c_files() + test_files():
        lines = read(path).count("\n")
        if lines > MAX_LINES:
            yield f"{relative(path)} has {lines} lines, more than {MAX_LINES}"


def files_say_what_they_do():
    for path in c_files():
        if not re.match(r"/\* \S.*", read(path)):
            yield f"{relative(path)} does not begin by saying what it does"


# What each may import of: shared knows nobody, and no feature another. Only app knows them all.
MAY_IMPORT = {"shared": {"shared"}, "charts": {"charts", "shared"}, "features": {"charts", "shared"}, "app": {"app", "features", "charts", "shared"}}
PAGE_FORBIDS = {
    r"dangerouslySetInnerHTML|\binnerHTML\b|\bouterHTML\b|insertAdjacentHTML|document\.write": "markup from text",
    r"\bstyle=\{|setAttribute\(\s*['\"]style": "an inline style, which the policy of the page refuses",
    r"\beval\(|new Function\(": "text that is run",
}
ASKS = re.compile(r"\bfetch\(|new XMLHttpRequest|new EventSource|new WebSocket|sendBeacon")


def page_files():
    return [path for path in sorted((ROOT / "htdocs/src").rglob("*.ts*")) if path.name != "schema.d.ts"]


def imports_of(path):
    for name in re.findall(r"(?:\bfrom|\bimport)\s*\(?\s*'(\.{1,2}/[^']+)'", read(path)):
        yield pathlib.PurePath(os.path.relpath((path.parent / name).resolve(), ROOT / "htdocs/src")).parts


def page_imports_go_one_way():
    for path in page_files():
        own = path.relative_to(ROOT / "htdocs/src").parts
        for to in imports_of(path) if len(own) > 1 else ():
            if to[0] not in MAY_IMPORT[own[0]] and not (own[0] == to[0] == "features" and own[1] == to[1]):
                yield f"{relative(path)} imports {'/'.join(to)}"


def page_is_safe():
    for path in page_files():
        text = read(path)
        for pattern, what in PAGE_FORBIDS.items():
            if re.search(pattern, text):
                yield f"{relative(path)} has {what}"
        if "shared/api/" not in path.as_posix() and not path.name.endswith(".test.ts") and ASKS.search(text):
            yield f"{relative(path)} asks a server, which only shared/api does"
        if "charts/" not in path.as_posix() and re.search(r"from 'd3-|from 'uplot", text):
            yield f"{relative(path)} draws, which only charts/ does"


def page_files_are_short():
    for path in page_files():
        lines = read(path).count("\n")
        if lines > MAX_LINES:
            yield f"{relative(path)} has {lines} lines, more than {MAX_LINES}"
        if not path.name.endswith((".test.ts", ".d.ts")) and not re.match(r"/\* \S", read(path)):
            yield f"{relative(path)} does not begin by saying what it does"


def error_codes_agree():
    listed = dict(re.findall(r'X\(\w+,\s*"(\w+)",\s*(\d+)\)', read(SOURCE / "core/error.h")))
    doc = contract()
    code = resolve(doc, resolve(doc, doc["components"]["schemas"]["Error"])["properties"]["code"])
    promised = set(code["enum"])
    for name in sorted(listed.keys() - promised):
        yield f"{name} is in core/error.h, but not in the contract"
    for name in sorted(promised - listed.keys()):
        yield f"{name} is in the contract, but not in core/error.h"


def error_codes_are_tested():
    text = test_texts() + "\n".join(read(p) for p in sorted((ROOT / "tests/unit").glob("*.c")))
    for symbol, name in re.findall(r'X\((\w+),\s*"(\w+)",', read(SOURCE / "core/error.h")):
        if not re.search(rf"\b{name}\b|\bSP_E_{symbol}\b", text):
            yield f"no test meets the error {name}"


def sample_data_is_generated():
    made = {
        "make_sample.py": ["sample-year.csv", "sample-year.expected.json"],
        "make_insight_sentences.py": ["insight-sentences.jsonl"],
        "make_insight_heldout.py": [f"insight-heldout-{n}.jsonl" for n in (1, 2, 3)],
    }
    with tempfile.TemporaryDirectory() as folder:
        for source in (ROOT / "tests/data").glob("*.py"):
            shutil.copy(source, folder)
        for script, names in made.items():
            subprocess.run([sys.executable, script], cwd=folder, check=True)
            for name in names:
                if (pathlib.Path(folder) / name).read_bytes() != (ROOT / "tests/data" / name).read_bytes():
                    yield f"tests/data/{name} is not what {script} writes"


def guards(build):
    return [
        ("layers, by what is included", layers_by_includes),
        ("layers, by what the library needs", lambda: layers_by_symbols(build)),
        ("the module exports its record only", lambda: module_exports_one_symbol(build)),
        ("nothing is exported that nobody needs", lambda: nothing_is_exported_in_vain(build)),
        ("routes follow the contract", routes_follow_the_contract),
        ("each route is named by a test", routes_are_tested),
        ("directives are in conf/, README and a test", directives_are_documented),
        ("names that are shortened are React's", shortened_names_are_of_react),
        ("metrics are in README", metrics_are_documented),
        ("queries prepare on a fresh schema", queries_prepare),
        ("each query is used", queries_are_used),
        ("names of files are unique", file_names_are_unique),
        ("log tags are unique", log_tags_are_unique),
        ("log lines have a tag", log_lines_are_tagged),
        ("no banned function", no_banned_functions),
        (f"no file over {MAX_LINES} lines", files_are_short),
        ("files say what they do", files_say_what_they_do),
        ("the page's imports go one way", page_imports_go_one_way),
        ("the page has no markup from text, no inline style, one way to the server", page_is_safe),
        ("files of the page are short and say what they do", page_files_are_short),
        ("error codes agree with the contract", error_codes_agree),
        ("each error is met by a test", error_codes_are_tested),
        ("sample data is what its generators write", sample_data_is_generated),
    ]


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--build", default="build", help="the build folder")
    build = (ROOT / options.parse_args().build).resolve()
    failed = 0
    listed = guards(build)
    for title, guard in listed:
        try:
            wrong = list(guard())
        except (OSError, KeyError, ValueError, subprocess.CalledProcessError, yaml.YAMLError) as error:
            wrong = [f"could not look: {error!r}"]
        print(f"  {'ok    ' if not wrong else 'FAILED'}  {title}")
        for line in wrong:
            print(f"            {line}")
        failed += bool(wrong)
    if os.environ.get("SP_COUNTS"):
        pathlib.Path(os.environ["SP_COUNTS"]).write_text(f"{len(listed) - failed} {failed}\n", encoding="utf-8")
    print(f"guards: {len(listed) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
