"""What harness/intervals.h records, with the C compiler of the machine; run by the build, and by: python3 -m unittest"""
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
from programs import HERE
from results import Histogram

RECORD = """
#include "intervals.h"

static void wait(uint64_t cycles) {
    uint64_t from = cycles_now();
    while (cycles_now() - from < cycles) {
    }
}

int main(int argc, char **argv) {
    intervals_open(argv[1]);
    intervals_begin_thread();
    CALLS
    intervals_end_thread();
    intervals_close();
    record_off();
    record_on();
    return argc - 2;
}
"""


def recorded(calls):
    """The histograms of a C program that makes these calls."""
    with tempfile.TemporaryDirectory() as folder:
        source, program, file = (Path(folder) / name for name in ("record.c", "record", "intervals.txt"))
        source.write_text(RECORD.replace("CALLS", calls))
        subprocess.run(["cc", "-O1", "-I", HERE / "harness", source, "-o", program, "-pthread"], check=True)
        subprocess.run([program, file], check=True)
        return Histogram.read(file)


class Intervals(unittest.TestCase):
    def test_percentiles_are_less_than_a_twentieth_of_a_percent_off(self):
        for value in (3, 2047, 2048, 4999, 5001, 5100, 5501, 9999, 10001, 123456789):
            found = recorded(f"for (int i = 0; i < 100; i++) histogram_add(&recorded->cycles, {value} + i / 99);")["cycles"]
            self.assertEqual(found.count, 100)
            self.assertLess(abs(found.percentile(50) / value - 1), 0.0005, value)
            self.assertEqual(found.largest, value + 1)

    def test_neighbours_by_one_in_a_thousand_are_told_apart(self):
        found = recorded("histogram_add(&recorded->cycles, 5000); histogram_add(&recorded->cycles, 5005);")["cycles"]
        self.assertEqual(len(found.buckets), 2)

    def test_differences_of_the_clock_without_the_first(self):
        found = recorded("for (int i = 1; i <= 3; i++) { record_begin(i * i * 100); record_end(); }")["ir"]
        self.assertEqual([(low, count) for (low, _), count in sorted(found.buckets.items())], [(300, 1), (500, 1)])

    # Medians, because the machine may give the processor to others in between.

    def test_time_in_the_handler_is_no_part_of_an_interval(self):
        found = recorded("for (int i = 0; i < 10; i++) { wait(1000000); record_begin(i); wait(9000000); record_end(); }")["cycles"]
        self.assertEqual(found.count, 9)
        self.assertGreaterEqual(found.percentile(1), 999000)
        self.assertLess(found.percentile(50), 9000000)

    def test_time_while_interrupts_are_off_is_no_part_of_an_interval(self):
        found = recorded("for (int i = 0; i < 10; i++) { wait(1000000); record_off(); wait(9000000); record_on(); wait(1000000);"
                         "record_begin(i); record_end(); }")["cycles"]
        self.assertGreaterEqual(found.percentile(1), 1999000)
        self.assertLess(found.percentile(50), 9000000)


if __name__ == "__main__":
    unittest.main()
