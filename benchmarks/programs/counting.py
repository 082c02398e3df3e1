"""Makes an instrumented module count the probes that it executes: harness/ci_main.c has the counters, and reports them.

Counted are, as the pass writes them (ci-pass, JciProbe, PromotedEmitter and CountdownEmitter):

  checks   branches to a block that commits or fires, on the register of a function or on the countdown of the thread
  commits  stores to the countdown of the thread
  slow     calls of the runtime, with a countdown below zero

Work is on the text, line by line. A module that has probes but none of these is an error.
"""
import re

COUNTERS = {"checks": "jci_test_checks", "commits": "jci_test_commits", "slow": "jci_test_slow"}

COMMIT = re.compile(r"\s+store i64 [^,]+, (?P<pointer>\S+) @jci_countdown\b")
CHECK = re.compile(r"\s+br i1 [^,]+, label %\"?ci\.(commit|fire|fit)\d*\"?, label |\s+br i1 [^,]+, label [^,]+, label %\"?ci\.(commit|fire|fit)\d*\"?")
SLOW = re.compile(r"\s+((tail |musttail |notail )?call|invoke) .*\bjci_fire(_cycles)?(_xmm)?\b")
DECLARATION = re.compile(r"@jci_countdown = (?P<kind>.*thread_local.*) global i64")


def kind_of(line):
    """Which of the counters a line moves; none for most lines."""
    if COMMIT.match(line):
        return "commits"
    if CHECK.match(line):
        return "checks"
    if SLOW.match(line):
        return "slow"
    return None


def increment(counter, serial, pointer):
    """The lines that add one to a counter of the thread."""
    name, at = f"%jci.counted.{serial}", f"{pointer} @{counter}, align 8"
    return [f"  {name} = load i64, {at}", f"  {name}.more = add i64 {name}, 1", f"  store i64 {name}.more, {at}"]


def with_counters(text):
    """The module with its probes counted, and how many places were found of each kind."""
    found = dict.fromkeys(COUNTERS, 0)
    lines, made = text.splitlines(), []
    # Opaque pointers, or the typed ones of old modules.
    pointer = next((m["pointer"] for line in lines if (m := COMMIT.match(line))), "ptr")
    for line in lines:
        kind = kind_of(line)
        if kind:
            found[kind] += 1
            made += increment(COUNTERS[kind], sum(found.values()), pointer)
        made.append(line)
        declared = DECLARATION.match(line)
        if declared:
            made += [f"@{name} = external thread_local(initialexec) global i64, align 8" for name in COUNTERS.values()]
    return "\n".join(made) + "\n", found
