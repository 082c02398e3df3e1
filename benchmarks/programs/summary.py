"""What the project wants to reach, beside what was measured: the table at the head of a report."""
from dataclasses import dataclass
from statistics import median

from results import geometric_mean

PROBES_MEAN, PROBES_WORST, FIRING_MEAN = 1.03, 1.10, 1.06
SHARE_OF_PROGRAMS = 0.9
ERROR_MEDIAN, ERROR_WORST = 1.0, 3.0


@dataclass
class Cell:
    """What was measured in one mode, and whether that is what was wanted."""
    text: str = ""
    reached: bool = False


@dataclass
class Criterion:
    """A row: cells by mode. Nothing is wanted where the figure is only for comparison."""
    title: str
    wanted: str
    cells: dict


def at_most(value, limit, form, comment=""):
    """A cell; no limit means that there is nothing to reach."""
    if value is None:
        return Cell()
    return Cell(f"{value:{form}}{comment}", limit is not None and value <= limit)


def mean_and_worst(report, title, ratios, limits):
    """Two rows, of the geometric mean and of the worst program; ratios(mode) has them by program."""
    mean, worst = {}, {}
    for mode in report.modes:
        found = ratios(mode)
        program = max(found, key=found.get, default=None)
        mean[mode] = at_most(geometric_mean(list(found.values())), limits[0], ".3f")
        worst[mode] = at_most(found.get(program), limits[1], ".3f", f" ({program})")
    wanted = ["" if limit is None else f"at most {limit:.2f}" for limit in limits]
    return [Criterion(f"{title}: geometric mean", wanted[0], mean), Criterion(f"{title}: worst", wanted[1], worst)]


def keeping(report, title, kind, judged):
    """How many programs keep the interval asked for."""
    cells = {}
    for mode in report.modes:
        a = report.accuracy(mode, kind)
        if a["programs"]:
            cells[mode] = Cell(f"{a[judged]} of {a['programs']}", a[judged] >= SHARE_OF_PROGRAMS * a["programs"])
    return Criterion(title, f"{100 * SHARE_OF_PROGRAMS:g} % of the programs", cells)


def counting(report, title, of, limit):
    errors = {mode: report.errors(mode) for mode in report.modes}
    return Criterion(f"counting error: {title}", f"at most {limit:g} %",
                     {mode: at_most(of(found) if found else None, limit, ".2f", " %") for mode, found in errors.items()})


def executed(report, kind):
    rates = {mode: report.rates(mode, kind) for mode in report.modes}
    return Criterion(f"{kind} executed per million IR instructions: median", "",
                     {mode: at_most(median(found) if found else None, None, ",.0f") for mode, found in rates.items()})


def summary(report):
    """The rows of the table."""
    rows = mean_and_worst(report, f"probes only, -O{report.level}", lambda mode: report.ratios(mode, "without_handler"),
                          (PROBES_MEAN, PROBES_WORST))
    for level in report.other_levels:
        rows += mean_and_worst(report, f"probes only, -O{level}", lambda mode, at=level: report.ratios_at(at, mode), (None, None))
    rows += mean_and_worst(report, "empty handler", lambda mode: report.ratios(mode, "with_handler"), (FIRING_MEAN, None))
    for judged, title in (("p50 and p90", "p50 within 2 % and p90 within 10 %"), ("p99 within 2x", "p99 within 2x")):
        if any(report.histograms(mode, "intervals_without_library") for mode in report.modes):
            rows.append(keeping(report, f"{title}, library time excluded", "intervals_without_library", judged))
        rows.append(keeping(report, f"{title}, all time", "intervals", judged))
    rows.append(counting(report, "median", median, ERROR_MEDIAN))
    rows.append(counting(report, "worst", max, ERROR_WORST))
    return rows + [executed(report, kind) for kind in ("checks", "commits")]
