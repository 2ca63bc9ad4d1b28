#!/usr/bin/env python3
"""Writes the held-out corpora of the insights' check, insight-heldout-1.jsonl to insight-heldout-3.jsonl, about the facts in insight-facts.jsonl.

The rules were not made with these sentences: the unit test prints their figures apart from those of insight-sentences.jsonl. In each line: the sentence, whether it is true, and its class;
"asked" is what the prompt asks a model for, "free" what people write who never saw it, every other class is false. Names are invented.
"""
import importlib
import json
import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))
SLUGS = {"s": "sunday-gathering", "m": "midweek-study", "f": "friday-prayer", "c": "campus-north"}
NAMES = {"s": "Sunday Gathering", "m": "Midweek Study", "f": "Friday Prayer", "c": "Campus North"}
PARTS = ["summary", "highlights", "platform_analysis", "alerts", "recommendation"]
KEPT = tuple(NAMES.values()) + ("[", "Youtube", "Facebook", "Instagram", "Twitch", "Harvest", "Watch", "First Saturday", "Ten Days", "Pastors")
FORECASTS = {"s": "2026-02-01 2026-02-08", "m": "2026-02-03 2026-02-10", "f": "2026-02-06 2026-02-13", "c": "2026-02-01 2026-02-08"}
# Additions that are true of some sentences.
BORNE_OUT = re.compile(r"(average|mean|event).* on average$|(began|started|first).* for the first time$|event.* per day$|streak.*(again|more)$|(xpect|orecast).* as expected$|Sunday Gathering.* in first place$")
FIELDS = {"from", "to", "low", "high", "period", "service", "platform", "event"}


def reference(letter, match):
    """{O:kind@platform.field} as [[kind.service.platform.field]]."""
    other, kind, platform, rest = match.groups()
    letter = "smfc"["smfc".index(letter) - 3] if other else letter
    parts = [kind, SLUGS[letter]] + ([platform] if platform else [])
    for part in (rest or "").split(".")[1:]:
        parts.append(part if part in FIELDS else FORECASTS[letter].split()[int(part) - 1])
    return "[[" + ".".join(parts) + "]]"


def told(template, letter):
    text = re.sub(r"\{(O:)?([a-z_]+)(?:@([a-z-]+))?((?:\.\w+)*)\}", lambda m: reference(letter, m), template)
    return text.replace("<N>", NAMES[letter]).replace("<ON>", NAMES["smfc"["smfc".index(letter) - 3]])


def told_all(templates):
    return [told(template, letter) for letters, template in templates for letter in (letters or "s")]


def spoilt(true, tails, fronts):
    """True sentences with an addition that no fact bears out; each addition at three of them, spread over the list."""
    rows = []
    for i, tail in enumerate(tails):
        chosen = [true[(i * 7 + k * 41) % len(true)] for k in range(3)]
        rows += [(part, text[:-1] + tail + ".") for part, text in chosen if not BORNE_OUT.search(text + tail)]
    for i, front in enumerate(fronts):
        chosen = [true[(i * 11 + k * 53) % len(true)] for k in range(3)]
        rows += [(part, front + (text if text.startswith(KEPT) else text[0].lower() + text[1:])) for part, text in chosen]
    return rows


def write(number):
    true = importlib.import_module(f"insight_heldout_true{number}")
    false = importlib.import_module(f"insight_heldout_false{number}")
    asked = [(part, text) for part in PARTS for text in told_all(getattr(true, part.upper()))]
    rows = [(part, text, True, "asked") for part, text in asked] + [(None, text, True, "free") for text in told_all(true.FREE)]
    for name in [name for name in vars(false) if name.isupper() and name not in ("TAILS", "FRONTS")]:
        rows += [("recommendation" if name == "FUTURE" else None, text, False, name.lower()) for text in told_all(getattr(false, name))]
    rows += [(part, text, False, "addition") for part, text in spoilt(asked, false.TAILS, false.FRONTS)]
    seen = set()
    with open(os.path.join(HERE, f"insight-heldout-{number}.jsonl"), "w", encoding="utf-8") as out:
        for part, text, is_true, why in rows:
            if text not in seen:
                seen.add(text)
                row = {"text": text, "true": is_true, "why": why} | ({"part": part} if part else {})
                out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    write(1)
    write(2)
    write(3)
