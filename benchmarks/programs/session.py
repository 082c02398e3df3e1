"""Builds and runs what measure was asked for."""
import os
import re
import subprocess
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor

from programs import Build, brief, must
from results import Histogram, LevelResult, Measurement

WITHOUT_LIBRARY = "ci-cycles"  # the mode whose intervals are also measured without library time


class Wrong(Exception):
    """A program did not do what it should."""


class Machine:
    """Runs programs, all on one processor, one at a time."""

    def __init__(self, timeout):
        self.timeout = timeout
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("JCI_TEST_")}
        # Memory in large pages, where the system has them: time in page faults is the system's, and no probe can run in one.
        self.environment.setdefault("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1")

    def run(self, program, executable, variables):
        """Of a run: user time in seconds, exit code with standard output, standard error."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = subprocess.Popen([str(c) for c in [executable, *program.arguments]], stdout=out, stderr=err,
                                       stdin=subprocess.DEVNULL, cwd=executable.parent,
                                       env=self.environment | {k: str(v) for k, v in variables.items()})
            guard = threading.Timer(self.timeout, process.kill)
            guard.start()
            _, status, usage = os.wait4(process.pid, 0)
            guard.cancel()
            process.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            err.seek(0)
            return usage.ru_utime, (process.returncode, out.read()), err.read()


class Session:
    """What was asked, and everything it takes to find out."""

    def __init__(self, options, modes, levels, programs, work):
        self.options = options
        self.modes = modes
        self.level, *self.other_levels = levels
        self.build = Build(options.jci, options.jci_option, options.llvm, levels, programs, work, options.jobs)
        self.machine = Machine(options.timeout)
        self.executables = {}
        self.layouts = {}
        self.refused = {}
        self.failures = []

    # What is built

    def build_all(self):
        """Makes all executables, as many at once as there are jobs. Nothing but the plain ones is made to tell sizes."""
        self.build.prepare()
        modes = [] if self.options.sizes else [*self.modes, "exact"]
        with ThreadPoolExecutor(self.options.jobs) as pool:
            for mode, failed in zip(modes, pool.map(self.build.instrument, modes)):
                self.refused |= {(mode, *module): message for module, message in failed.items()}
            # Big ones first, so that no processor is left alone with one of them at the end.
            by_size = sorted(self.build.programs, key=lambda p: -sum(s.stat().st_size for s in p.sources))
            tasks = [(program, kind, level) for program in by_size for kind, level in self.wanted()]
            for (program, kind, level), message in zip(tasks, pool.map(lambda task: self.make(*task), tasks)):
                if message:
                    self.failures.append(f"{program.name} -O{level} {kind}: {message}")

    def wanted(self):
        """The executables of a program: pairs of mode, "plain" and "counting MODE" among them, and level."""
        if self.options.sizes:
            return [("plain", self.level)]
        everything = ["plain", *self.modes, "exact", *(f"counting {mode}" for mode in self.modes)]
        return [(kind, self.level) for kind in everything] \
            + [(kind, level) for level in self.other_levels for kind in ["plain", *self.modes]]

    def make(self, program, kind, level):
        """Makes one executable; returns a message if that is not possible."""
        mode = kind.removeprefix("counting ")
        for (refused_mode, name, module), message in self.refused.items():
            if (refused_mode, name) == (mode, program.name) and module.endswith(f"-O{level}.ll"):
                return message
        make = self.build.executable if mode == kind else self.build.counting_executable
        try:
            self.executables[program.name, kind, level] = make(program, level, mode)
            if kind in ["plain", *self.modes] and not self.options.sizes:
                self.layouts[program.name, kind, level] = self.build.layouts(program, level, mode, self.options.runs)
        except RuntimeError as failure:
            return str(failure)
        return None

    def has(self, program, kind, level=None):
        return (program.name, kind, level or self.level) in self.executables

    def code_size(self, program, mode):
        """Bytes in the sections of code of the program's own modules."""
        folder = self.build.work / mode / program.name
        listing = must([f"llvm-size-{self.options.llvm}", "-A", *sorted(folder.glob(f"*-O{self.level}.o"))], "llvm-size")
        return sum(int(size) for size in re.findall(rb"^\.text\S*\s+(\d+)\s", listing.stdout, re.M))

    # What is run

    def firing(self):
        """The variables that make the handler run."""
        return {"JCI_TEST_EVERY_THREAD": self.options.interval, "JCI_TEST_CYCLES": self.options.cycles}

    def plain(self, program, level=None):
        """User time of the plain program, and what it does."""
        seconds, did, _ = self.alone(program, "plain", level)
        return seconds, did

    def checked(self, program, kind, expected, level=None, **variables):
        """User time and report of the harness, by name, of a run that must do what the plain program does."""
        return self.judged(self.alone(program, kind, level, **variables), expected)

    def alone(self, program, kind, level, **variables):
        return self.machine.run(program, self.executables[program.name, kind, level or self.level], variables)

    @staticmethod
    def judged(ran, expected):
        seconds, did, errors = ran
        if did != expected:
            raise Wrong(f"exit code {did[0]}, not {expected[0]}: {brief(errors)}" if did[0] != expected[0] else "other output")
        lines = re.findall(rb"^ci(?:-probes)?: (.*)$", errors, re.M)
        pairs = (pair.split(b"=") for line in lines for pair in line.split())
        return seconds, {name.decode(): int(value) for name, value in pairs}

    def attempt(self, run, program, kind, *more):
        """A run whose failure is noted: then the result is None."""
        try:
            return run(program, kind, *more)
        except Wrong as failure:
            self.failures.append(f"{program.name} {kind}: {failure}")
            return None

    def intervals(self, program, mode, expected, **more):
        """Histograms of one run, and its clock."""
        file = self.build.work / mode / program.name / "intervals.txt"
        _, report = self.checked(program, mode, expected, JCI_TEST_INTERVALS=file, **self.firing(), **more)
        if not report.get("fired"):
            raise Wrong("the handler never ran")
        return Histogram.read(file), report["clock"]

    def intervals_without_library(self, program, mode, expected):
        return self.intervals(program, mode, expected, LD_PRELOAD=self.build.library_calls)[0]

    def report_of(self, program, kind, expected):
        return self.checked(program, kind, expected, **self.firing())[1]

    def explore(self, program, mode, result, expected):
        """Everything about a mode that takes one run each: nothing of it is timed. False if the program fails in it."""
        entry = result.mode(mode)
        entry.code_size = self.code_size(program, mode)
        entry.probes = self.build.probes_of(program, self.level, mode)
        found = self.attempt(self.intervals, program, mode, expected)
        if found is None:
            return False
        entry.intervals, entry.clock = found
        if mode == WITHOUT_LIBRARY:
            entry.intervals_without_library = self.attempt(self.intervals_without_library, program, mode, expected) or {}
        if self.has(program, f"counting {mode}"):
            entry.executed = self.attempt(self.report_of, program, f"counting {mode}", expected) or {}
        return True

    def measure(self, program):
        """All runs of one program. The first run of each variant, which finds cold caches, is not timed."""
        result = Measurement(program.name, self.code_size(program, "plain"))
        _, expected = self.plain(program)
        if self.has(program, "exact"):
            result.clock = (self.attempt(self.report_of, program, "exact", expected) or {}).get("clock")
        modes = [mode for mode in self.modes if self.has(program, mode) and self.explore(program, mode, result, expected)]
        self.turns(program, expected, result, modes)
        for level in self.other_levels:
            if self.has(program, "plain", level):
                self.measure_level(program, level, result)
        return result

    def turns(self, program, expected, result, modes):
        """The timed runs."""
        variants = [("plain", None)] + [(mode, kind) for mode in modes for kind in ("probes", "firing")]
        for ran in self.timed(program, expected, self.level, variants):
            for (mode, kind), (seconds, report) in ran.items():
                if kind is None:
                    result.plain.append(seconds)
                elif kind == "probes":
                    result.mode(mode).without_handler.append(seconds)
                else:
                    result.mode(mode).with_handler.append(seconds)
                    result.mode(mode).fired = report.get("fired", 0)

    def measure_level(self, program, level, result):
        """The timed runs at another level: with probes only."""
        found = result.levels.setdefault(level, LevelResult())
        _, expected = self.plain(program, level)
        modes = [mode for mode in self.modes
                 if self.has(program, mode, level) and self.attempt(self.checked, program, mode, expected, level)]
        for ran in self.timed(program, expected, level, [("plain", None)] + [(mode, "probes") for mode in modes]):
            for (mode, _), (seconds, _) in ran.items():
                (found.plain if mode == "plain" else found.modes.setdefault(mode, [])).append(seconds)

    def timed(self, program, expected, level, variants):
        """For each turn, what each variant took: all run one after the other, then again from the last to the first, so that they are all at the same
        time in the middle and a machine that becomes slower slows all of them alike. Each turn has the code at other addresses, so that luck with them is
        not always the same. A variant that fails is noted and left out from then on, so that the times of a turn stay together."""
        left = list(variants)
        for turn in range(self.options.runs):
            took = {variant: [] for variant in left}
            for variant in [*left, *reversed(left)]:
                mode, kind = variant
                if variant not in left:
                    continue
                executable = self.in_turn(turn, program.name, mode, level)
                ran = self.machine.run(program, executable, self.firing() if kind == "firing" else {})
                try:
                    took[variant].append(self.judged(ran, expected))
                except Wrong as failure:
                    name = " ".join(filter(None, [program.name, f"-O{level}", mode, kind]))
                    self.failures.append(f"{name}: {failure}")
                    left.remove(variant)
            yield {variant: self.both(*took[variant]) for variant in left}

    @staticmethod
    def both(first, second):
        """User time of a turn's two runs, their mean, and the report of the second."""
        return (first[0] + second[0]) / 2, second[1]

    def in_turn(self, turn, *which):
        return self.layouts[which][turn] if which in self.layouts else self.executables[which]

    def sizes(self, program):
        """The user times of the plain program."""
        times = [self.plain(program)[0] for _ in range(self.options.runs)]
        return sorted(times)[len(times) // 2]
