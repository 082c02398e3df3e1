"""What measure finds out about each program, and the statistics that its tables are made of."""
from dataclasses import dataclass, field
from math import exp, log
from statistics import median

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
    # Histograms by unit, with library time in them and without.
    intervals: dict = field(default_factory=dict)
    intervals_without_library: dict = field(default_factory=dict)
    # Of a run that counts: checks, commits, calls of the runtime ("slow") and of the handler ("fired").
    executed: dict = field(default_factory=dict)


@dataclass
class LevelResult:
    """One program at another level than the one that everything is measured at: times with probes and no handler."""
    plain: list = field(default_factory=list)
    modes: dict = field(default_factory=dict)


@dataclass
class Measurement:
    """One program: the plain one, its modes, and the other levels."""
    name: str
    code_size: int
    clock: int | None = None
    plain: list = field(default_factory=list)
    modes: dict = field(default_factory=dict)
    levels: dict = field(default_factory=dict)

    def mode(self, name):
        return self.modes.setdefault(name, ModeResult())

    def ratio(self, mode, kind):
        """User time against that of the plain program, with the spread of the turns."""
        return ratio(getattr(self.modes[mode], kind) if mode in self.modes else [], self.plain)

    def ratio_at(self, level, mode):
        """The same with probes only at another level."""
        found = self.levels.get(level, LevelResult())
        return ratio(found.modes.get(mode, []), found.plain)

    def counting_error(self, mode):
        """How far the clock is from that of mode exact, in percent."""
        clock = self.modes[mode].clock if mode in self.modes else None
        return 100 * (clock - self.clock) / self.clock if clock and self.clock else None

    def growth(self, mode):
        size = self.modes[mode].code_size if mode in self.modes else None
        return size / self.code_size if size and self.code_size else None

    def per_million(self, count):
        """A count for each million of IR instructions that the program executes."""
        return count * 1e6 / self.clock if count is not None and self.clock else None


def ratio(times, plain):
    """Median of the ratios to the plain run of the same turn, and half the distance of their quartiles."""
    ratios = [t / p for t, p in zip(times, plain) if p]
    return (median(ratios), spread(ratios)) if ratios and median(ratios) else None


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
    """None where there is nothing, or nothing positive."""
    return exp(sum(log(v) for v in values) / len(values)) if values and min(values) > 0 else None


def keeps(summary, target):
    """What an interval is judged by: how even it is against the one asked for."""
    near = {"p50 within 2 %": abs(summary["p50"] - target) <= 0.02 * target,
            "p90 within 10 %": abs(summary["p90"] - target) <= 0.10 * target}
    return near | {"p50 and p90": all(near.values()), "p99 within 2x": summary["p99"] <= 2 * target}
