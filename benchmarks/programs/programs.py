"""The programs of this folder, and how they get built: what check-semantics and measure share."""
import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from counting import with_counters
from layout import LINE, moved

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LIBRARIES = ["-lm", "-pthread", "-ldl"]


@dataclass
class Program:
    """A program: its sources and the arguments that it runs with."""
    name: str
    sources: list
    arguments: list
    includes: list = field(default_factory=list)

    @property
    def rust(self):
        return self.sources[0].suffix == ".rs"

    @property
    def linker(self):
        return "c++" if any(s.suffix == ".cpp" for s in self.sources) else "cc"


def run(command, timeout=600, **more):
    try:
        return subprocess.run([str(c) for c in command], capture_output=True, timeout=timeout, check=False, **more)
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 124, b"", b"no end in %d s" % timeout)


def must(command, what, **more):
    done = run(command, **more)
    if done.returncode != 0:
        raise RuntimeError(f"{what}: exit code {done.returncode}: {brief(done.stderr or done.stdout)}")
    return done


def brief(data):
    text = data.decode(errors="replace").strip()
    lines = [line for line in text.splitlines() if line.strip()]
    return " | ".join(lines[:3])[:400]


def complain(message):
    """A line on standard error that begins with the command's name."""
    print(f"{Path(sys.argv[0]).name}: {message}", file=sys.stderr)


@dataclass
class RealProgram:
    """A program made of C sources of a Debian source package, with a workload of ours: a main of its own, or a script for
    the package's."""
    name: str
    folder: str
    sources: list
    check_size: int
    measure_size: int
    script: str | None = None

    def program(self, unpacked, measure):
        """None where the package is not unpacked."""
        folder = unpacked / self.folder
        sources = [source for pattern in self.sources for source in sorted(folder.glob(pattern))]
        if not sources:
            return None
        size = str(self.measure_size if measure else self.check_size)
        if self.script:
            return Program(self.name, sources, [HERE / "real" / self.script, size], [folder])
        return Program(self.name, [HERE / f"real/{self.name}_workload.c", *sources], [size], [HERE, folder])


REAL_PROGRAMS = [
    RealProgram("sqlite", "sqlite3", ["sqlite3.c"], 2000, 110000),
    # All but the compiler luac.c, which has a main as well.
    RealProgram("lua", "lua5.4/src", ["l[!u]*.c", "lu[!a]*.c", "lua.c"], 4, 80, script="workload.lua"),
    RealProgram("zlib", "zlib", ["adler32.c", "compress.c", "crc32.c", "deflate.c", "inf*.c", "trees.c", "uncompr.c", "zutil.c"],
                48, 1400),
    RealProgram("bzip2", "bzip2",
                ["blocksort.c", "bzlib.c", "compress.c", "crctable.c", "decompress.c", "huffman.c", "randtable.c"], 24, 1024),
    RealProgram("lz4", "lz4/lib", ["lz4.c", "lz4frame.c", "lz4hc.c", "xxhash.c"], 64, 3500),
]


def load_programs(measure, sources=None, names=None):
    """The programs of programs.txt, and the real ones whose sources are in the folder, if one is given."""
    programs = []
    for line in (HERE / "programs.txt").read_text().splitlines():
        words = line.split("#")[0].split()
        if words:
            source = HERE / words[0]
            size = words[2] if measure else words[1]
            programs.append(Program(source.stem, [source], [size]))
    if sources:
        found = (real.program(Path(sources).resolve(), measure) for real in REAL_PROGRAMS)
        programs += [program for program in found if program]
    if names:
        wanted = names.split(",")
        unknown = set(wanted) - {p.name for p in programs}
        if unknown:
            complain(f"no such program: {', '.join(sorted(unknown))}")
            sys.exit(1)
        programs = [p for p in programs if p.name in wanted]
    return programs


def tools_present(versions):
    """Whether these LLVM versions are there; says what is missing."""
    for version in versions:
        for tool in (f"clang-{version}", f"llc-{version}", f"llvm-as-{version}"):
            if not shutil.which(tool):
                complain(f"{tool} is missing (Debian package {'clang' if 'clang' in tool else 'llvm'}-{version})")
                return False
    return True


def without_rust_if_missing(programs):
    if any(p.rust for p in programs) and not shutil.which(os.environ.get("RUSTC", "rustc")):
        complain("no rustc, the Rust programs are left out")
        return [p for p in programs if not p.rust]
    return programs


class Build:
    """One LLVM version: the modules that its clang makes, instrumented in any mode, and the executables of them.

    Everything is below the folder `work`: plain/PROGRAM/NAME-O2.ll, MODE/PROGRAM/NAME-O2.ll, run-O2 beside them.
    """

    def __init__(self, jci, jci_options, version, levels, programs, work, jobs):
        self.jci = jci
        self.jci_options = jci_options
        self.version = version
        self.levels = levels
        self.programs = [p for p in programs if not p.rust or version == "22"]
        self.work = work
        self.jobs = jobs
        self.extra = []
        self.probes = {}
        self.largest = {}

    @property
    def library_calls(self):
        """The shared library that keeps library time out of intervals."""
        return self.work / "library_calls.so"

    def prepare(self):
        """Makes the plain modules, the runtime and the harness."""
        plain = self.work / "plain"
        plain.mkdir(parents=True)
        runtime, harness = self.work / "runtime.o", self.work / "harness.o"
        abi = [option for option in self.jci_options if option.startswith("--abi=")]
        must([self.jci, "runtime", "object", *abi, "--llvm", self.version, "-o", runtime], "jci runtime")
        must([f"clang-{self.version}", "-O2", "-fPIC", "-c", "-I", ROOT / "runtime/include",
              HERE / "harness/ci_main.c", "-o", harness], "harness")
        self.extra = [harness, runtime]
        must([f"clang-{self.version}", "-O2", "-fno-builtin", "-fPIC", "-shared", HERE / "harness/library_calls.c",
              "-o", self.library_calls, "-ldl"], "library_calls")

        def make(program):
            command = [HERE / "make-ir", "-c", self.version, "-l", " ".join(self.levels), "-o", plain / program.name]
            for folder in program.includes:
                command += ["-I", folder]
            must(command + program.sources, f"make-ir {program.name}", timeout=3600)

        with ThreadPoolExecutor(self.jobs) as pool:
            list(pool.map(make, self.programs))

    def instrument(self, mode, more=()):
        """All modules of a mode, those of one program together. Returns the failures."""
        flat_in, flat_out = self.work / f"{mode}-in", self.work / f"{mode}-out"
        flat_in.mkdir()
        flat_out.mkdir()
        command = [self.jci, "instrument", "-q", "--mode", mode, "--llvm", self.version, *self.jci_options, *more]
        single, failed = {}, {}
        for program in self.programs:
            (self.work / mode / program.name).mkdir(parents=True)
            for level in self.levels:
                names = {}
                for module in sorted((self.work / "plain" / program.name).glob(f"*-O{level}.ll")):
                    name = f"{program.name}--{module.name}"
                    (flat_in / name).symlink_to(module)
                    names[name] = (program.name, module.name)
                if len(names) == 1:
                    single |= names
                else:
                    failed |= self.instrument_program(mode, command, names)
        failed |= self.instrument_singly(mode, command, single)
        return failed

    def instrument_program(self, mode, command, names):
        """The modules of one program, which know of each other."""
        flat_in, flat_out = self.work / f"{mode}-in", self.work / f"{mode}-out"
        report = self.work / f"{mode}.json"
        done = run([*command, "--program", "--report", report, *[flat_in / n for n in names], "-o", flat_out], timeout=1800)
        if done.returncode != 0:
            return {key: f"instrument: exit code {done.returncode}: {brief(done.stderr)}" for key in names.values()}
        self.accept(mode, report, names)
        return {}

    def instrument_singly(self, mode, command, names):
        """Modules that are programs of their own, all at once; one that fails is tried alone, for its message."""
        if not names:
            return {}
        flat_in, flat_out = self.work / f"{mode}-in", self.work / f"{mode}-out"
        report = self.work / f"{mode}.json"
        done = run([*command, "--report", report, *[flat_in / n for n in names], "-o", flat_out / "."], timeout=1800)
        failed = {}
        for name, key in list(names.items()):
            if done.returncode != 0 and not (flat_out / name).exists():
                alone = run([*command, flat_in / name, "-o", flat_out / name])
                if alone.returncode != 0:
                    failed[key] = f"instrument: exit code {alone.returncode}: {brief(alone.stderr)}"
                    del names[name]
        self.accept(mode, report if done.returncode == 0 else None, names)
        return failed

    def accept(self, mode, report, names):
        """Puts instrumented modules where they belong, and notes what the report says of them."""
        if report and report.exists():
            for module in json.loads(report.read_text()).get("modules", []):
                key = names.get(Path(module["file"]).name)
                if key:
                    self.probes[(mode, *key)] = module.get("probes")
                    self.largest[(mode, *key)] = module.get("largestCost", 0)
        for name, (program, module) in names.items():
            shutil.move(self.work / f"{mode}-out" / name, self.work / mode / program / module)

    @staticmethod
    def of_modules(values, program, level, mode):
        return [value or 0 for (m, p, module), value in values.items()
                if m == mode and p == program.name and module.endswith(f"-O{level}.ll")]

    def probes_of(self, program, level, mode):
        """How many probes the modules of a program have."""
        return sum(self.of_modules(self.probes, program, level, mode))

    def largest_of(self, program, level, mode):
        """The most work that a program does in one piece, when its modules were instrumented with --audit-runs."""
        return max(self.of_modules(self.largest, program, level, mode), default=0)

    def objects(self, level, folder, verify):
        """Compiles the modules of a folder."""
        made = []
        for module in sorted(folder.glob(f"*-O{level}.ll")):
            if verify:
                must([f"llvm-as-{self.version}", module, "-o", os.devnull], "llvm-as")
            assembly = module.with_suffix(".s")
            must([f"llc-{self.version}", f"-O{min(int(level), 2)}", "-relocation-model=pic", f"-align-loops={LINE}", module, "-o", assembly],
                 "llc", timeout=3600)
            made.append(self.assemble(assembly))
        return made

    def assemble(self, assembly):
        target = assembly.with_suffix(".o")
        must([f"clang-{self.version}", "-c", assembly, "-o", target], "assembler")
        return target

    def link(self, program, level, objects, extra, target):
        if program.rust:
            environment = dict(os.environ, JCI_OBJECT=str(objects[0]), JCI_EXTRA=" ".join(map(str, extra)))
            must([os.environ.get("RUSTC", "rustc"), "--edition", "2021", "-C", f"opt-level={level}", "-C", "codegen-units=1",
                  "-C", f"linker={HERE / 'harness/rust-link'}", "-A", "warnings", program.sources[0], "-o", target],
                 "link", env=environment)
        else:
            must([program.linker, *objects, *extra, "-o", target, *LIBRARIES], "link")

    def executable(self, program, level, mode):
        """Compiles and links a program: plain, or of a mode with the harness and the runtime."""
        folder = self.work / mode / program.name
        target = folder / f"run-O{level}"
        plain = mode == "plain"
        self.link(program, level, self.objects(level, folder, not plain), [] if plain else self.extra, target)
        return target

    def layouts(self, program, level, mode, count):
        """The same, compiled already, several times with its code at other addresses."""
        folder = self.work / mode / program.name
        made = []
        for layout in range(1, count + 1):
            place = folder / f"layout-{layout}"
            place.mkdir(exist_ok=True)
            objects = []
            for assembly in sorted(folder.glob(f"*-O{level}.s")):
                seed = f"{program.name} {mode} {assembly.name} {layout}"
                (place / assembly.name).write_text(moved(assembly.read_text(), seed))
                objects.append(self.assemble(place / assembly.name))
                (place / assembly.name).unlink()
            made.append(place / f"run-O{level}")
            self.link(program, level, objects, [] if mode == "plain" else self.extra, made[-1])
        return made

    def counting_executable(self, program, level, mode):
        """The same of modules that count the probes that they execute."""
        counting = self.work / f"{mode}-counting" / program.name
        counting.mkdir(parents=True, exist_ok=True)
        commits = 0
        for module in (self.work / mode / program.name).glob(f"*-O{level}.ll"):
            text, found = with_counters(module.read_text())
            (counting / module.name).write_text(text)
            commits += found["commits"]
        if commits == 0 and self.probes_of(program, level, mode) > 0:
            raise RuntimeError("probes were not recognised, and cannot be counted")
        return self.executable(program, level, counting.parent.name)
