"""What counts as a probe; run by the build, and by: python3 -m unittest"""
import sys
import unittest

sys.dont_write_bytecode = True
from counting import with_counters

MODULE = """\
@jci_countdown = external thread_local(initialexec) global i64, align 8

define void @f(i1 %c) {
  %ci.countdown = load i64, POINTER @jci_countdown, align 8
  %ci.countdown1 = sub i64 %ci.countdown, 7
  store i64 %ci.countdown1, POINTER @jci_countdown, align 8
  %ci.late = icmp slt i64 %ci.countdown1, 0
  br i1 %ci.late, label %ci.fire, label %ci.continue, !prof !0

ci.continue:
  br i1 %c, label %work, label %ci.continue3

ci.fire:
  call preserve_allcc void @jci_fire()
  br label %ci.continue
}
"""


def counted(module):
    """The counters in the order in which the module moves them, and the number of places."""
    text, found = with_counters(module)
    return [line.split("@")[1].split(",")[0] for line in text.splitlines() if line.startswith("  %jci.counted") and "load" in line], found


class Counting(unittest.TestCase):
    def test_commits_checks_and_calls_of_the_runtime(self):
        counters, found = counted(MODULE.replace("POINTER", "ptr"))
        self.assertEqual(found, {"checks": 1, "commits": 1, "slow": 1})
        self.assertEqual(counters, ["jci_test_commits", "jci_test_checks", "jci_test_slow"])

    def test_typed_pointers(self):
        text, found = with_counters(MODULE.replace("POINTER", "i64*"))
        self.assertEqual(found["commits"], 1)
        self.assertIn("load i64, i64* @jci_test_commits, align 8", text)

    def test_a_check_of_the_register_commits(self):
        _, found = counted("  br i1 %ci.spent14, label %ci.commit14, label %ci.continue14, !prof !33\n")
        self.assertEqual(found, {"checks": 1, "commits": 0, "slow": 0})

    def test_the_runtime_is_called_in_inline_assembly_as_well(self):
        _, found = counted('  call void asm sideeffect "bl jci_fire_cycles", "~{x16},~{x17},~{lr}"()\n')
        self.assertEqual(found["slow"], 1)

    def test_the_program_itself_is_left_alone(self):
        program = "  store i64 %a, ptr @other, align 8\n  br i1 %c, label %a, label %b\n  call void @fire()\n"
        self.assertEqual(with_counters(program), (program, {"checks": 0, "commits": 0, "slow": 0}))

    def test_the_rest_of_the_module_stays(self):
        module = MODULE.replace("POINTER", "ptr")
        kept = [line for line in with_counters(module)[0].splitlines() if "jci.counted" not in line and "@jci_test_" not in line]
        self.assertEqual(kept, module.splitlines())


if __name__ == "__main__":
    unittest.main()
