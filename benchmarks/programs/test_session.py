"""How measure runs programs; run by the build, and by: python3 -m unittest"""
import sys
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace

sys.dont_write_bytecode = True
from session import Session

# Says so when another run is going on.
ALONE = """#!/bin/sh
mkdir running || {{ echo together; exit 0; }}
echo {mine} >> order
sleep 0.1
rmdir running
echo alone
"""


class Turns(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.program = SimpleNamespace(name="program", arguments=[], rust=False, sources=[])

    def session(self, runs, scripts):
        """A session whose program is a script for each mode."""
        options = SimpleNamespace(runs=runs, timeout=20, jci="", jci_option=[], llvm="22", jobs=1, interval=1, cycles=1)
        session = Session(options, list(scripts), ["2"], [self.program], Path(self.folder.name))
        for mode, script in scripts.items():
            file = Path(self.folder.name, mode)
            file.write_text(script)
            file.chmod(0o755)
            session.executables[self.program.name, mode, "2"] = file
        return session

    def timed(self, session, expected):
        variants = [(mode, None) for _, mode, _ in session.executables]
        return list(session.timed(self.program, (0, expected), "2", variants))

    def test_the_variants_of_a_turn_run_one_at_a_time_there_and_back(self):
        session = self.session(2, {mode: ALONE.format(mine=mode) for mode in ["plain", "ci", "cnb"]})

        turns = self.timed(session, b"alone\n")

        self.assertEqual(session.failures, [])
        self.assertEqual([list(turn) for turn in turns], [[("plain", None), ("ci", None), ("cnb", None)]] * 2)
        self.assertEqual(Path(self.folder.name, "order").read_text().split(), ["plain", "ci", "cnb", "cnb", "ci", "plain"] * 2)

    def test_a_variant_that_fails_in_its_second_run_is_left_out_of_that_turn(self):
        session = self.session(1, {"plain": "#!/bin/sh\necho right\n", "ci": "#!/bin/sh\ntest ! -e ran || exit 1\n> ran\necho right\n"})

        turns = self.timed(session, b"right\n")

        self.assertEqual(session.failures, ["program -O2 ci: exit code 1, not 0: "])
        self.assertEqual([list(turn) for turn in turns], [[("plain", None)]])

    def test_a_variant_that_fails_is_told_once_and_left_out_from_then_on(self):
        session = self.session(3, {"plain": "#!/bin/sh\necho right\n", "ci": "#!/bin/sh\necho wrong\n",
                                   "cnb": "#!/bin/sh\necho right\n"})

        turns = self.timed(session, b"right\n")

        self.assertEqual(session.failures, ["program -O2 ci: other output"])
        self.assertEqual([list(turn) for turn in turns], [[("plain", None), ("cnb", None)]] * 3)

    def test_a_run_reports_what_the_harness_says(self):
        session = self.session(1, {"ci": "#!/bin/sh\necho 'ci: fired=3 clock=40' >&2\n"})

        [turn] = self.timed(session, b"")

        self.assertEqual(turn["ci", None][1], {"fired": 3, "clock": 40})

    def test_each_turn_has_a_layout_of_its_own(self):
        session = self.session(2, {"plain": "#!/bin/sh\necho never\n"})
        layouts = []
        for turn in range(2):
            layouts.append(Path(self.folder.name, f"layout-{turn}"))
            layouts[-1].write_text(f"#!/bin/sh\n>> ran-{turn}\necho right\n")
            layouts[-1].chmod(0o755)
        session.layouts[self.program.name, "plain", "2"] = layouts

        self.timed(session, b"right\n")

        self.assertEqual(session.failures, [])
        self.assertEqual(sorted(file.name for file in Path(self.folder.name).glob("ran-*")), ["ran-0", "ran-1"])


if __name__ == "__main__":
    unittest.main()
