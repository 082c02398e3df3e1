"""Functions at other addresses; run by the build, and by: python3 -m unittest"""
import re
import sys
import unittest

sys.dont_write_bytecode = True
from layout import moved

ASSEMBLY = """\
\t.text
\t.globl\tmain                            # -- Begin function main
\t.p2align\t4
\t.type\tmain,@function
main:                                   # @main
\tretq
\t.type\tcell,@object
cell:
\t.quad\t0
\t.section\t.init_array,"aw",@init_array
\t.type\tother,@function
\t.set other, main
"""


class Layout(unittest.TestCase):
    def test_only_what_begins_a_function_is_moved(self):
        text = moved(ASSEMBLY, "a")

        self.assertRegex(text, r"\.type\tmain,@function\n\t\.skip\t\d+\nmain:")
        self.assertEqual(re.sub(r"\t\.skip.*\n", "", text), ASSEMBLY)
        self.assertEqual(text.count(".skip"), 1)

    def test_the_seed_decides_how_far(self):
        self.assertEqual(moved(ASSEMBLY, "a"), moved(ASSEMBLY, "a"))
        self.assertGreater(len({moved(ASSEMBLY, f"seed {i}") for i in range(20)}), 10)


if __name__ == "__main__":
    unittest.main()
