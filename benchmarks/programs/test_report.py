"""What the tables of measure say; run by the build, and by: python3 -m unittest"""
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
from report import Report
from results import Histogram, LevelResult, Measurement, ModeResult, geometric_mean, keeps, ratio


def histogram(*values):
    made = Histogram()
    for value in values:
        made.buckets[value, value] = made.buckets.get((value, value), 0) + 1
        made.largest = max(made.largest, value)
    return made


def measurement(name, probes, firing, cycles, without_library, clock=1_000_000):
    """A program whose plain run takes a second."""
    mode = ModeResult([probes], [firing], 100, clock, 200, 7, {"ir": histogram(*cycles), "cycles": histogram(*cycles)},
                      {"ir": histogram(*without_library), "cycles": histogram(*without_library)},
                      {"checks": 5000, "commits": 50, "slow": 3, "fired": 2})
    return Measurement(name, 100, 1_000_000, [1.0], {"ci-cycles": mode}, {"0": LevelResult([2.0], {"ci-cycles": [5.0]})})


def report(*measured, failures=()):
    settings = {"llvm": "22", "levels": ["2", "0"], "runs": 1, "interval": 10000, "cycles": 5000, "modes": ["ci-cycles"],
                "jci_options": [], "machine": "a machine", "date": "a day"}
    return Report(settings, list(measured), failures)


def row(markdown, begin):
    """The cells of the first row that begins so."""
    line = next(line for line in markdown.splitlines() if line.startswith(f"| {begin} |"))
    return [cell.strip() for cell in line.strip("|").split("|")]


class Statistics(unittest.TestCase):
    def test_a_percentile_is_the_value_that_so_many_percent_do_not_exceed(self):
        values = histogram(*range(1, 101))
        self.assertEqual([values.percentile(p) for p in (1, 10, 50, 90, 99)], [1, 10, 50, 90, 99])
        self.assertEqual(values.summary()["max"], 100)

    def test_threads_are_one_histogram(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "intervals.txt"
            file.write_text("0 ir 10 11 3\n0 ir largest 11\n1 ir 10 11 1\n1 ir 20 20 4\n1 ir largest 20\n0 cycles 7 7 1\n0 cycles largest 7\n")
            read = Histogram.read(file)
        self.assertEqual((read["ir"].count, read["ir"].largest), (8, 20))
        self.assertEqual((read["ir"].percentile(50), read["ir"].percentile(51)), (10, 20))
        self.assertEqual(read["cycles"].count, 1)

    def test_an_interval_is_judged_against_the_one_asked_for(self):
        self.assertTrue(all(keeps({"p50": 5100, "p90": 5500, "p99": 10000}, 5000).values()))
        self.assertEqual(keeps({"p50": 5101, "p90": 5500, "p99": 10000}, 5000),
                         {"p50 within 2 %": False, "p90 within 10 %": True, "p50 and p90": False, "p99 within 2x": True})
        self.assertFalse(keeps({"p50": 5000, "p90": 4499, "p99": 1}, 5000)["p90 within 10 %"])
        self.assertFalse(keeps({"p50": 5000, "p90": 5000, "p99": 10001}, 5000)["p99 within 2x"])

    def test_a_ratio_is_the_median_of_the_turns_with_half_the_distance_of_the_quartiles(self):
        self.assertEqual(ratio([2.0, 3.0, 10.0], [1.0, 2.0, 2.0]), (2.0, 0.875))
        self.assertIsNone(ratio([1.0], [0.0]))
        self.assertIsNone(ratio([], [1.0]))

    def test_a_geometric_mean_of_nothing_is_none(self):
        self.assertAlmostEqual(geometric_mean([0.5, 2.0]), 1.0)
        self.assertIsNone(geometric_mean([]))


class Tables(unittest.TestCase):
    def test_the_summary_marks_what_is_reached(self):
        markdown = report(measurement("one", 1.02, 1.05, [5000] * 100, [5000] * 100),
                          measurement("two", 1.03, 1.08, [5000] * 50 + [9000] * 50, [5000] * 100)).markdown()
        self.assertEqual(row(markdown, "probes only, -O2: geometric mean"),
                         ["probes only, -O2: geometric mean", "at most 1.03", "**1.025**"])
        self.assertEqual(row(markdown, "probes only, -O2: worst")[2], "**1.030 (two)**")
        self.assertEqual(row(markdown, "probes only, -O0: worst")[1:], ["", "2.500 (one)"])
        self.assertEqual(row(markdown, "empty handler: geometric mean")[2], "1.065")
        self.assertEqual(row(markdown, "p50 within 2 % and p90 within 10 %, all time")[2], "1 of 2")
        self.assertEqual(row(markdown, "p50 within 2 % and p90 within 10 %, library time excluded")[2], "**2 of 2**")
        self.assertEqual(row(markdown, "p99 within 2x, all time")[2], "**2 of 2**")

    def test_counting_errors_are_judged_without_their_sign(self):
        markdown = report(measurement("slow", 1, 1, [1], [1], clock=950_000), measurement("right", 1, 1, [1], [1])).markdown()
        self.assertEqual(row(markdown, "counting error: median")[2], "2.50 %")
        self.assertEqual(row(markdown, "counting error: worst")[2], "5.00 %")
        self.assertIn("| slow | 1,000,000 | -5.00 |", markdown)

    def test_probes_are_given_per_million_instructions_too(self):
        self.assertIn("| one | 1,000,000 | 5,000 | 50 | 3 | 2 | 5,000 | 50.0 | 3.0 | 2.0 |",
                      report(measurement("one", 1, 1, [1], [1])).markdown())

    def test_a_program_without_results_leaves_cells_empty(self):
        markdown = report(Measurement("refused", 100), measurement("one", 1.25, 1, [1], [1])).markdown()
        self.assertIn("| refused |  |  |", markdown)
        self.assertEqual(row(markdown, "**worst**")[2], "**1.250**")

    def test_nothing_measured_is_no_error(self):
        self.assertIn("## Summary", report().markdown())
        self.assertEqual(report().numbers()["programs"], {})

    def test_failures_are_listed(self):
        self.assertIn("## Failed\n\n- one ci: other output\n", report(failures=["one ci: other output"]).markdown())
        self.assertNotIn("## Failed", report().markdown())

    def test_the_numbers_have_every_program_mode_and_level(self):
        numbers = report(measurement("one", 1.5, 1.75, [5000], [4000])).numbers()
        one = numbers["programs"]["one"]
        self.assertEqual(one["modes"]["ci-cycles"]["probes_only"]["ratio"], 1.5)
        self.assertEqual(one["modes"]["ci-cycles"]["intervals_without_library"]["cycles"]["p50"], 4000)
        self.assertEqual(one["levels"]["0"]["modes"]["ci-cycles"]["ratio"], 2.5)
        self.assertEqual(one["modes"]["ci-cycles"]["executed"]["checks"], {"count": 5000, "per_million": 5000.0})
        self.assertEqual(numbers["criteria"][0]["cells"]["ci-cycles"], {"text": "1.500", "reached": False})

    def test_plots_are_drawn(self):
        with tempfile.TemporaryDirectory() as folder:
            report(measurement("one", 1.5, 1.75, [5000], [4000])).draw(Path(folder))
            drawn = {file.name: file.read_text() for file in Path(folder).iterdir()}
        self.assertEqual(sorted(drawn), ["firing.svg", "intervals.svg", "levels.svg", "overhead.svg"])
        self.assertIn(">1.50<", drawn["overhead.svg"])
        self.assertIn("library time excluded", drawn["intervals.svg"])


if __name__ == "__main__":
    unittest.main()
