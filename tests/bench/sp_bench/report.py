"""Rows of figures: their goals, the table they are printed as, the file they are kept in, and two such files side by side."""
import json
import operator
import statistics

OPERATORS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def row(what, unit, ours, peer=None, peer_is="", goal=None, ratio=None, note=""):
    """goal: (figure, operator, value), figure being "ratio" or "ours". ratio: given where it is a median of pairs."""
    if ratio is None and peer:
        ratio = ours / peer
    found = {"what": what, "unit": unit, "ours": ours, "peer": peer, "peer_is": peer_is, "ratio": ratio, "goal": "", "met": None, "note": note}
    if goal:
        figure, sign, value = goal
        found["goal"] = f"{'ratio ' if figure == 'ratio' else ''}{sign} {value:g}{'' if figure == 'ratio' else ' ' + unit}"
        found["met"] = OPERATORS[sign](found[figure], value)
    return found


def paired(what, unit, ours, peer, peer_is, goal=None, note=""):
    """Of alternating measurements: the medians, and the median of the ratios."""
    return row(what, unit, statistics.median(ours), statistics.median(peer), peer_is, goal, statistics.median(a / b for a, b in zip(ours, peer)), note)


def skipped(what, why):
    return {"what": what, "unit": "", "ours": None, "peer": None, "peer_is": "", "ratio": None, "goal": "", "met": None, "note": f"not measured: {why}"}


def pairs(count, ours, peer):
    """What the machine does meanwhile meets both, as they are measured in turn."""
    found = [(ours(), peer()) for _ in range(count)]
    return [a for a, _ in found], [b for _, b in found]


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def number(value):
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.2f}" if abs(value) >= 0.1 or value == 0 else f"{value:.4f}"


def verdict(met):
    return {None: "", True: "met", False: "MISSED"}[met]


def print_rows(rows, columns):
    table = [[title for title, _ in columns], *([str(give(r)) for _, give in columns] for r in rows)]
    widths = [max(len(line[i]) for line in table) for i in range(len(columns))]
    for line in table:
        print("  ".join(cell.ljust(width) if i in (0, len(columns) - 1) else cell.rjust(width) for i, (cell, width) in enumerate(zip(line, widths))).rstrip())


def print_machine(machine):
    print(f"{machine['processor']}, {machine['cores']} cores, {machine['memory_mib']} MiB, Linux {machine['kernel']}, {machine['httpd']}, SQLite {machine['sqlite']}, "
          f"load by {machine['generator']}, load average at start {machine['load_at_start']:.1f}")


def beside(r):
    return "; ".join(text for text in (r["peer_is"] and f"peer: {r['peer_is']}", r["note"]) if text)


def print_table(machine, rows):
    print_machine(machine)
    print_rows(rows, [("what", lambda r: r["what"]), ("ours", lambda r: number(r["ours"])), ("peer", lambda r: number(r["peer"])), ("unit", lambda r: r["unit"]),
                      ("ratio", lambda r: number(r["ratio"])), ("goal", lambda r: r["goal"]), ("", lambda r: verdict(r["met"])), ("beside", beside)])


def write(path, machine, rows, **more):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"machine": machine, **more, "results": rows}, indent=1) + "\n", encoding="utf-8")
    print(f"written to {path}")


def change(old, new):
    """Of the ratios where there are any, as the machine was not the same twice."""
    figure = "ratio" if old["ratio"] and new["ratio"] else "ours"
    if old[figure] is None or new[figure] is None or not old[figure]:
        return ""
    return f"{100 * (new[figure] / old[figure] - 1):+.1f} % of {'the ratio' if figure == 'ratio' else 'ours'}"


def compare(path_a, path_b):
    a, b = (json.loads(path.read_text(encoding="utf-8")) for path in (path_a, path_b))
    for name, one in (("A", a), ("B", b)):
        print(f"{name}: ", end="")
        print_machine(one["machine"])
    old, new = ({r["what"]: r for r in one["results"]} for one in (a, b))
    nothing = skipped("", "")
    rows = [{"what": what, "a": old.get(what, nothing), "b": new.get(what, nothing)} for what in dict.fromkeys([*old, *new])]
    print_rows(rows, [("what", lambda r: r["what"]), ("ours A", lambda r: number(r["a"]["ours"])), ("ours B", lambda r: number(r["b"]["ours"])),
                      ("unit", lambda r: r["b"]["unit"] or r["a"]["unit"]), ("ratio A", lambda r: number(r["a"]["ratio"])), ("ratio B", lambda r: number(r["b"]["ratio"])),
                      ("goal", lambda r: r["b"]["goal"] or r["a"]["goal"]), ("A", lambda r: verdict(r["a"]["met"])), ("B", lambda r: verdict(r["b"]["met"])),
                      ("change", lambda r: change(r["a"], r["b"]))])
