"""The results of measure: as numbers, as Markdown and as plots."""
from dataclasses import asdict
from statistics import median

import plots
from results import PERCENTILES, geometric_mean, keeps
from summary import Cell, summary

EXECUTED = {"checks": "checks", "commits": "commits", "slow": "calls of the runtime", "fired": "calls of the handler"}


def table(head, rows):
    """A Markdown table; the first column is text, the others are numbers."""
    lines = [head, [":--"] + ["--:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(str(c) for c in line) + " |" for line in lines) + "\n"


def number(value):
    return "" if value is None else f"{value:,}"


def rate(value):
    """A count per million: with a digit behind the point where it is small."""
    return "" if value is None else f"{value:,.1f}" if value < 100 else f"{value:,.0f}"


def bold(form, value):
    return "" if value is None else f"**{value:{form}}**"


class Report:
    """What measure found."""

    def __init__(self, settings, measured, failures=()):
        self.settings = settings
        self.measured = measured
        self.failures = list(failures)
        self.modes = settings["modes"]
        self.level, *self.other_levels = settings["levels"]

    # Figures

    def ratios(self, mode, kind):
        """The ratios of all programs, by name."""
        pairs = ((m.name, m.ratio(mode, kind)) for m in self.measured)
        return {name: ratio[0] for name, ratio in pairs if ratio}

    def ratios_at(self, level, mode):
        """With probes only, at any of the levels."""
        if level == self.level:
            return self.ratios(mode, "without_handler")
        pairs = ((m.name, m.ratio_at(level, mode)) for m in self.measured)
        return {name: ratio[0] for name, ratio in pairs if ratio}

    def errors(self, mode):
        """The counting errors of all programs, without sign."""
        return [abs(error) for m in self.measured if (error := m.counting_error(mode)) is not None]

    def unit(self, mode):
        """What a mode keeps even: its unit, and how much of it was asked for."""
        return ("cycles", self.settings["cycles"]) if mode == "ci-cycles" else ("ir", self.settings["interval"])

    def histograms(self, mode, kind="intervals"):
        """The intervals of all programs in a mode, by name: "intervals", or those without library time."""
        found = ((m.name, getattr(m.modes[mode], kind)) for m in self.measured if mode in m.modes)
        return {name: histograms for name, histograms in found if histograms and histograms["ir"].count}

    def accuracy(self, mode, kind="intervals"):
        """How many programs keep the interval."""
        unit, target = self.unit(mode)
        judged = [keeps(histograms[unit].summary(), target) for histograms in self.histograms(mode, kind).values()]
        return {"unit": unit, "target": target, "programs": len(judged)} \
            | {name: sum(one[name] for one in judged) for name in ("p50 within 2 %", "p90 within 10 %", "p50 and p90", "p99 within 2x")}

    def kinds_of_intervals(self):
        """Pairs of mode and kind of those intervals that there are, and how they are called."""
        for mode in self.modes:
            yield mode, "intervals", mode
            if self.histograms(mode, "intervals_without_library"):
                yield mode, "intervals_without_library", f"{mode}, library time excluded"

    def rates(self, mode, kind):
        """How often the programs do something with probes, for each million IR instructions."""
        counts = ((m, m.modes[mode].executed.get(kind)) for m in self.measured if mode in m.modes)
        return [found for m, count in counts if (found := m.per_million(count)) is not None]

    # Tables

    def criteria(self):
        """The table at the head: what is wanted, and what was reached."""
        columns = [f"{mode}, {number(target)} {unit.replace('ir', 'IR')}" for mode in self.modes for unit, target in [self.unit(mode)]]
        rows = [[row.title, row.wanted] + [f"**{cell.text}**" if cell.reached else cell.text
                                           for cell in (row.cells.get(mode, Cell()) for mode in self.modes)]
                for row in summary(self)]
        return table(["criterion", "wanted", *columns], rows)

    def overhead(self, ratio, plain):
        """A table of ratios: ratio(measurement, mode), beside the median time of the plain program."""
        rows, columns = [], {mode: [] for mode in self.modes}
        for m in self.measured:
            times, cells = plain(m), []
            for mode in self.modes:
                found = ratio(m, mode)
                cells.append(f"{found[0]:.3f} ±{found[1]:.3f}" if found else "")
                columns[mode] += [found[0]] if found else []
            rows.append([m.name, f"{median(times):.3f}" if times else "", *cells])
        for name, of in (("**geometric mean**", geometric_mean), ("**worst**", max)):
            rows.append([name, ""] + [bold(".3f", of(column) if column else None) for column in columns.values()])
        return table(["program", "plain, s", *self.modes], rows)

    def overhead_of(self, kind):
        return self.overhead(lambda m, mode: m.ratio(mode, kind), lambda m: m.plain)

    def overhead_at(self, level):
        return self.overhead(lambda m, mode: m.ratio_at(level, mode), lambda m: m.levels[level].plain if level in m.levels else [])

    def counting(self):
        rows = []
        for m in self.measured:
            errors = [m.counting_error(mode) for mode in self.modes]
            rows.append([m.name, number(m.clock), *("" if e is None else f"{e:+.2f}" for e in errors)])
        columns = [self.errors(mode) for mode in self.modes]
        for name, of in (("**median**", median), ("**worst**", max)):
            rows.append([name, ""] + [bold(".2f", of(c) if c else None) for c in columns])
        return table(["program", "clock, IR instructions", *self.modes], rows)

    def executed(self, mode):
        """What one run in a mode executes of probes, and that for each million IR instructions."""
        rows = []
        for m in self.measured:
            found = m.modes[mode].executed if mode in m.modes else {}
            if found:
                counts = [found.get(kind) for kind in EXECUTED]
                rows.append([m.name, number(m.clock), *map(number, counts), *(rate(m.per_million(count)) for count in counts)])
        columns = [self.rates(mode, kind) for kind in EXECUTED]
        rows.append(["**median**", "", *[""] * len(EXECUTED)] + [f"**{rate(median(column))}**" if column else "" for column in columns])
        return table(["program", "IR instructions", *EXECUTED.values(), *(f"{name} per million" for name in EXECUTED.values())], rows)

    def sizes(self):
        rows = []
        for m in self.measured:
            cells = []
            for mode in self.modes:
                growth = m.growth(mode)
                cells.append(f"{growth:.2f} ({number(m.modes[mode].probes)})" if growth else "")
            rows.append([m.name, number(m.code_size), *cells])
        columns = [[g for m in self.measured if (g := m.growth(mode))] for mode in self.modes]
        rows.append(["**geometric mean**", ""] + [bold(".2f", geometric_mean(c)) for c in columns])
        return table(["program", "plain, bytes", *self.modes], rows)

    def keeping(self):
        """How many programs keep the interval, in each mode."""
        rows = []
        for mode, kind, name in self.kinds_of_intervals():
            a = self.accuracy(mode, kind)
            judged = ("p50 within 2 %", "p90 within 10 %", "p50 and p90", "p99 within 2x")
            rows.append([name, a["unit"], number(a["target"])] + [f"{a[k]} of {a['programs']}" for k in judged])
        return table(["mode", "unit", "target", "p50 within 2 %", "p90 within 10 %", "both", "p99 within 2x"], rows)

    def intervals(self, mode, kind):
        head = [f"p{p}" for p in PERCENTILES] + ["max"]
        rows = []
        for name, histograms in self.histograms(mode, kind).items():
            ir, cycles = histograms["ir"].summary(), histograms["cycles"].summary()
            rows.append([name, number(ir["count"])] + [number(ir[p]) for p in head] + [number(cycles[p]) for p in head])
        return table(["program", "intervals", *(f"IR {h}" for h in head), *(f"cycles {h}" for h in head)], rows)

    def markdown(self):
        s = self.settings
        parts = [
            f"clang {s['llvm']} -O{self.level}; {s['machine']}; {s['date']}. User time against the plain program: median of "
            f"{s['runs']} turns, ± half the distance between the quartiles. In a turn every variant runs alone, one after the other and back, with the code at other addresses."
            + (f" Options: `{' '.join(s['jci_options'])}`." if s["jci_options"] else ""),
            "## Summary\n\nBold: reached.\n\n" + self.criteria(),
            *(["## Failed\n\n" + "\n".join(f"- {line}" for line in self.failures)] if self.failures else []),
            f"## Probes only, no handler registered, -O{self.level}\n\n" + self.overhead_of("without_handler"),
            *(f"## Probes only, no handler registered, -O{level}\n\n" + self.overhead_at(level) for level in self.other_levels),
            f"## Empty handler, every {s['interval']:,} IR instructions (ci-cycles: {s['cycles']:,} cycles)\n\n"
            + self.overhead_of("with_handler"),
            "## Programs that keep the interval asked for\n\n" + self.keeping(),
            "## Counting error: the clock against that of mode exact, in percent\n\n" + self.counting(),
            *(f"## Probes executed, mode {mode}\n\n" + self.executed(mode) for mode in self.modes),
            "## Code size against the plain program (probes)\n\n" + self.sizes(),
            *(f"## Handler intervals, mode {name}\n\n" + self.intervals(mode, kind) for mode, kind, name in self.kinds_of_intervals()),
        ]
        return "\n".join(part if part.endswith("\n") else part + "\n" for part in parts)

    # For other programs

    def numbers(self):
        """Everything, for other programs to read."""
        return {"settings": self.settings, "failures": self.failures, "criteria": [asdict(row) for row in summary(self)],
                "summary": {mode: self.numbers_of_mode(mode) for mode in self.modes},
                "programs": {m.name: self.numbers_of_program(m) for m in self.measured}}

    def numbers_of_mode(self, mode):
        errors = self.errors(mode)
        return {"probes_only": extremes(self.ratios(mode, "without_handler")),
                "firing": extremes(self.ratios(mode, "with_handler")),
                "probes_only_by_level": {level: extremes(self.ratios_at(level, mode)) for level in self.settings["levels"]},
                "accuracy": {name: self.accuracy(m, kind) for m, kind, name in self.kinds_of_intervals() if m == mode},
                "counting_error_percent": {"median": median(errors) if errors else None, "worst": max(errors, default=None)}}

    @staticmethod
    def numbers_of_program(m):
        def mode(name, r):
            return {"probes_only": {"seconds": r.without_handler, "ratio": first(m.ratio(name, "without_handler"))},
                    "firing": {"seconds": r.with_handler, "ratio": first(m.ratio(name, "with_handler")), "fired": r.fired},
                    "clock": r.clock, "counting_error_percent": m.counting_error(name), "code_size": r.code_size, "probes": r.probes,
                    "executed": {kind: {"count": r.executed[kind], "per_million": m.per_million(r.executed[kind])}
                                 for kind in EXECUTED if kind in r.executed},
                    "intervals": {unit: h.summary() for unit, h in r.intervals.items()},
                    "intervals_without_library": {unit: h.summary() for unit, h in r.intervals_without_library.items()}}

        return {"code_size": m.code_size, "clock": m.clock, "plain": m.plain,
                "modes": {name: mode(name, result) for name, result in m.modes.items()},
                "levels": {level: {"plain": found.plain, "modes": {
                    name: {"seconds": times, "ratio": first(m.ratio_at(level, name))} for name, times in found.modes.items()}}
                    for level, found in m.levels.items()}}

    def draw(self, folder):
        """Writes overhead.svg, firing.svg and intervals.svg, and levels.svg where there are several levels."""
        folder.mkdir(parents=True, exist_ok=True)
        names = [m.name for m in self.measured]
        drawn = {"overhead.svg": plots.bars(
            f"User time with probes, no handler registered, against the plain program, -O{self.level}", names,
            {mode: self.ratios(mode, "without_handler") for mode in self.modes}),
            "firing.svg": plots.bars("User time with an empty handler, against the plain program", names,
                                     {mode: self.ratios(mode, "with_handler") for mode in self.modes})}
        if self.other_levels:
            mode = "ci" if "ci" in self.modes else self.modes[-1]
            drawn["levels.svg"] = plots.bars(
                f"User time with probes of mode {mode}, no handler registered, against the plain program", names,
                {f"-O{level}": self.ratios_at(level, mode) for level in sorted(self.settings["levels"])})
        ranges = {}
        for mode, kind, name in self.kinds_of_intervals():
            unit, target = self.unit(mode)
            summaries = {program: h[unit].summary() for program, h in self.histograms(mode, kind).items()}
            ranges[name] = {program: [s[f"p{p}"] / target for p in PERCENTILES] for program, s in summaries.items()}
        drawn["intervals.svg"] = plots.ranges(
            "Handler intervals against the interval asked for: p1, p10 to p90, p50, p99", names, ranges)
        for name, text in drawn.items():
            (folder / name).write_text(text)


def extremes(ratios):
    return {"geometric_mean": geometric_mean(list(ratios.values())), "worst": max(ratios.values(), default=None),
            "worst_program": max(ratios, key=ratios.get, default=None)}


def first(pair):
    return pair[0] if pair else None
