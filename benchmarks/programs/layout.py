"""Where the code of a program lies. The same instructions take another time at other addresses, up to a tenth of the whole in programs that
jump much, since branches share entries of the predictor by address, and half as much again in small loops that lie across two cache lines. What a change of the
code does to that is chance."""
import random
import re

LINE = 64  # bytes of a cache line
STEP = 4   # bytes of an instruction, where all are as long

# The label follows, or it is no function that stands here.
FUNCTION = re.compile(r"^\t\.type\t(\S+),[@%]function.*\n(?=\1:)", re.M)


def moved(assembly, seed):
    """The text of an assembly file with each function moved by up to four cache lines, by a number that the seed decides."""
    chance = random.Random(seed)
    return FUNCTION.sub(lambda found: f"{found[0]}\t.skip\t{chance.randrange(0, 4 * LINE, STEP)}\n", assembly)
