"""The results of measure: as numbers, as Markdown and as plots."""
from dataclasses import dataclass, field
from math import exp, log
from statistics import median

import plots

PERCENTILES = [1, 10, 50, 90, 99]


class Histogram:
    """How often values of a range occurred, as harness/intervals.h writes it."""

    def __init__(self):
        self.buckets = {}
        self.largest = 0

    @staticmethod
    def read(file):
        """The histograms of a file, of all its threads together: those of "ir" and of "cycles"."""
        histograms = {"ir": Histogram(), "cycles": Histogram()}
        for line in file.read_text().splitlines():
            _, unit, *numbers = line.split()
            histogram = histograms[unit]
            if numbers[0] == "largest":
                histogram.largest = max(histogram.largest, int(numbers[1]))
            else:
                lowest, highest, count = map(int, numbers)
                histogram.buckets[lowest, highest] = histogram.buckets.get((lowest, highest), 0) + count
        return histograms

    @property
    def count(self):
        return sum(self.buckets.values())

    def percentile(self, percent):
        """The value that so many percent of the values do not exceed."""
        rank, seen = max(1.0, self.count * percent / 100), 0
        for (lowest, highest), count in sorted(self.buckets.items()):
            seen += count
            if seen >= rank:
                return min((lowest + highest) // 2, self.largest)
        return None

    def summary(self):
        return {"count": self.count} | {f"p{p}": self.percentile(p) for p in PERCENTILES} \
            | {"max": self.largest if self.count else None}


@dataclass
class ModeResult:
    """One program in one mode; times in seconds."""
    without_handler: list = field(default_factory=list)
    with_handler: list = field(default_factory=list)
    fired: int | None = None
    clock: int | None = None
    code_size: int | None = None
    probes: int | None = None
    intervals: dict = field(default_factory=dict)


@dataclass
class Measurement:
    """One program: the plain one, and its modes."""
    name: str
    code_size: int
    clock: int | None = None
    plain: list = field(default_factory=list)
    modes: dict = field(default_factory=dict)

    def mode(self, name):
        return self.modes.setdefault(name, ModeResult())

    def ratio(self, mode, kind):
        """Median user time against that of the plain program, with half the distance of the quartiles of the single runs."""
        times = getattr(self.modes[mode], kind) if mode in self.modes else []
        if not times or not self.plain or not median(self.plain) or not median(times):
            return None
        return median(times) / median(self.plain), spread([t / p for t, p in zip(times, self.plain) if p])

    def counting_error(self, mode):
        """How far the clock is from that of mode exact, in percent."""
        clock = self.modes[mode].clock if mode in self.modes else None
        return 100 * (clock - self.clock) / self.clock if clock and self.clock else None

    def growth(self, mode):
        size = self.modes[mode].code_size if mode in self.modes else None
        return size / self.code_size if size and self.code_size else None


def spread(values):
    """Half of the distance between the quartiles."""
    ordered = sorted(values)

    def at(fraction):
        position = fraction * (len(ordered) - 1)
        below = int(position)
        above = min(below + 1, len(ordered) - 1)
        return ordered[below] + (ordered[above] - ordered[below]) * (position - below)

    return (at(0.75) - at(0.25)) / 2


def geometric_mean(values):
    return exp(sum(log(v) for v in values) / len(values)) if values else None


def table(head, rows):
    """A Markdown table; the first column is text, the others are numbers."""
    lines = [head, [":--"] + ["--:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(str(c) for c in line) + " |" for line in lines) + "\n"


def number(value):
    return "" if value is None else f"{value:,}"


class Report:
    """What measure found."""

    def __init__(self, settings, measured):
        self.settings = settings
        self.measured = measured
        self.modes = settings["modes"]

    def ratios(self, mode, kind):
        """The ratios of all programs, by name."""
        pairs = ((m.name, m.ratio(mode, kind)) for m in self.measured)
        return {name: ratio[0] for name, ratio in pairs if ratio}

    def unit(self, mode):
        """What a mode keeps even: its unit, and how much of it was asked for."""
        return ("cycles", self.settings["cycles"]) if mode == "ci-cycles" else ("ir", self.settings["interval"])

    def accuracy(self, mode):
        """How many programs keep the interval."""
        unit, target = self.unit(mode)
        summaries = [m.modes[mode].intervals[unit].summary() for m in self.measured
                     if mode in m.modes and m.modes[mode].intervals]
        summaries = [s for s in summaries if s["count"]]
        return {"unit": unit, "target": target, "programs": len(summaries),
                "p50 within 2 %": sum(abs(s["p50"] / target - 1) <= 0.02 for s in summaries),
                "p90 within 10 %": sum(abs(s["p90"] / target - 1) <= 0.10 for s in summaries),
                "p99 within 2x": sum(s["p99"] <= 2 * target for s in summaries)}

    def overhead(self, kind):
        rows = []
        for m in self.measured:
            cells = [f"{median(m.plain):.3f}" if m.plain else ""]
            for mode in self.modes:
                ratio = m.ratio(mode, kind)
                cells.append(f"{ratio[0]:.3f} ±{ratio[1]:.3f}" if ratio else "")
            rows.append([m.name, *cells])
        for name, of in (("**geometric mean**", geometric_mean), ("**worst**", max)):
            columns = [list(self.ratios(mode, kind).values()) for mode in self.modes]
            rows.append([name, ""] + [f"**{of(column):.3f}**" if column else "" for column in columns])
        return table(["program", "plain, s", *self.modes], rows)

    def counting(self):
        rows = []
        for m in self.measured:
            errors = [m.counting_error(mode) for mode in self.modes]
            rows.append([m.name, number(m.clock), *("" if e is None else f"{e:+.2f}" for e in errors)])
        columns = [self.errors(mode) for mode in self.modes]
        for name, of in (("**median**", median), ("**worst**", max)):
            rows.append([name, ""] + [f"**{of(c):.2f}**" if c else "" for c in columns])
        return table(["program", "clock, IR instructions", *self.modes], rows)

    def errors(self, mode):
        """The counting errors of all programs, without sign."""
        return [abs(error) for m in self.measured if (error := m.counting_error(mode)) is not None]

    def sizes(self):
        rows = []
        for m in self.measured:
            cells = []
            for mode in self.modes:
                growth = m.growth(mode)
                cells.append(f"{growth:.2f} ({number(m.modes[mode].probes)})" if growth else "")
            rows.append([m.name, number(m.code_size), *cells])
        columns = [[g for m in self.measured if (g := m.growth(mode))] for mode in self.modes]
        rows.append(["**geometric mean**", ""] + [f"**{geometric_mean(c):.2f}**" if c else "" for c in columns])
        return table(["program", "plain, bytes", *self.modes], rows)

    def intervals(self, mode):
        head = [f"p{p}" for p in PERCENTILES] + ["max"]
        rows = []
        for m in self.measured:
            histograms = m.modes[mode].intervals if mode in m.modes else None
            if histograms:
                ir, cycles = histograms["ir"].summary(), histograms["cycles"].summary()
                rows.append([m.name, number(ir["count"])] + [number(ir[p]) for p in head] + [number(cycles[p]) for p in head])
        return table(["program", "intervals", *(f"IR {h}" for h in head), *(f"cycles {h}" for h in head)], rows)

    def markdown(self):
        s = self.settings
        accuracy = [[mode, a["unit"], number(a["target"])] + [f"{a[k]} of {a['programs']}" for k in
                                                             ("p50 within 2 %", "p90 within 10 %", "p99 within 2x")]
                    for mode, a in ((mode, self.accuracy(mode)) for mode in self.modes)]
        parts = [
            f"clang {s['llvm']} -O{s['level']}; {s['machine']}; {s['date']}. User time against the plain program: ratio of the medians of "
            f"{s['runs']} interleaved runs, ± half the distance between the quartiles of the runs' ratios."
            + (f" Options: `{' '.join(s['jci_options'])}`." if s["jci_options"] else ""),
            "## Probes only, no handler registered\n\n" + self.overhead("without_handler"),
            f"## Empty handler, every {s['interval']:,} IR instructions (ci-cycles: {s['cycles']:,} cycles)\n\n"
            + self.overhead("with_handler"),
            "## Programs that keep the interval asked for\n\n"
            + table(["mode", "unit", "target", "p50 within 2 %", "p90 within 10 %", "p99 within 2x"], accuracy),
            "## Counting error: the clock against that of mode exact, in percent\n\n" + self.counting(),
            "## Code size against the plain program (probes)\n\n" + self.sizes(),
            *(f"## Handler intervals, mode {mode}\n\n" + self.intervals(mode) for mode in self.modes),
        ]
        return "\n".join(part if part.endswith("\n") else part + "\n" for part in parts)

    def numbers(self):
        """Everything, for other programs to read."""
        programs = {}
        for m in self.measured:
            programs[m.name] = {"code_size": m.code_size, "clock": m.clock, "plain": m.plain, "modes": {
                mode: {"probes_only": {"seconds": r.without_handler, "ratio": first(m.ratio(mode, "without_handler"))},
                       "firing": {"seconds": r.with_handler, "ratio": first(m.ratio(mode, "with_handler")), "fired": r.fired},
                       "clock": r.clock, "counting_error_percent": m.counting_error(mode), "code_size": r.code_size, "probes": r.probes,
                       "intervals": {unit: h.summary() for unit, h in r.intervals.items()}}
                for mode, r in m.modes.items()}}
        summary = {mode: {
            kind: {"geometric_mean": geometric_mean(list(ratios.values())), "worst": max(ratios.values(), default=None),
                   "worst_program": max(ratios, key=ratios.get, default=None)}
            for kind, ratios in (("probes_only", self.ratios(mode, "without_handler")), ("firing", self.ratios(mode, "with_handler")))}
            | {"accuracy": self.accuracy(mode), "counting_error_percent": {
                "median": median(self.errors(mode)) if self.errors(mode) else None, "worst": max(self.errors(mode), default=None)}}
            for mode in self.modes}
        return {"settings": self.settings, "summary": summary, "programs": programs}

    def draw(self, folder):
        """Writes overhead.svg and intervals.svg."""
        folder.mkdir(parents=True, exist_ok=True)
        names = [m.name for m in self.measured]
        bars = {mode: self.ratios(mode, "without_handler") for mode in self.modes}
        (folder / "overhead.svg").write_text(
            plots.bars("User time with probes, no handler registered, against the plain program", names, bars))
        ranges = {}
        for mode in self.modes:
            unit, target = self.unit(mode)
            summaries = {m.name: m.modes[mode].intervals[unit].summary() for m in self.measured
                         if mode in m.modes and m.modes[mode].intervals}
            ranges[mode] = {name: [s[p] / target for p in ("p1", "p10", "p50", "p90", "p99")]
                            for name, s in summaries.items() if s["count"]}
        (folder / "intervals.svg").write_text(
            plots.ranges("Handler intervals against the interval asked for: p1, p10 to p90, p50, p99", names, ranges))


def first(pair):
    return pair[0] if pair else None
