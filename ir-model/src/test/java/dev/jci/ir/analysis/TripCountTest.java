package dev.jci.ir.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.Argument;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.BinaryOpcode;
import dev.jci.ir.BinaryOperator;
import dev.jci.ir.Cast;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.DataLayout;
import dev.jci.ir.Flags;
import dev.jci.ir.Freeze;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionType;
import dev.jci.ir.ICmp;
import dev.jci.ir.ICmpPredicate;
import dev.jci.ir.Instruction;
import dev.jci.ir.IntegerType;
import dev.jci.ir.IrBuilder;
import dev.jci.ir.Module;
import dev.jci.ir.Phi;
import dev.jci.ir.PointerType;
import dev.jci.ir.Select;
import dev.jci.ir.SpecialType;
import dev.jci.ir.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TripCountTest {
    private static final DataLayout LAYOUT = DataLayout.parse("");

    /** What is compared with the bound. */
    private enum Compared {
        PHI,
        INCREMENT,
        ZEXT_OF_PHI,
        SEXT_OF_INCREMENT,
        TRUNC_OF_PHI
    }

    /** A loop {@code do { } while (compared <predicate> bound)} over the given start and step. */
    private record Sample(int bits, ICmpPredicate predicate, int step, Compared compared, boolean nuw, boolean nsw) {
        int comparedBits() {
            return switch (compared) {
                case PHI, INCREMENT -> bits;
                case ZEXT_OF_PHI, SEXT_OF_INCREMENT -> bits + 2;
                case TRUNC_OF_PHI -> bits - 1;
            };
        }

        /** Null for start or bound makes it an argument of the function. */
        Function build(Integer start, Integer bound) {
            return build(start, bound, 1);
        }

        /** With start and bound made multiples of a power of two. */
        Function build(Integer start, Integer bound, int multiple) {
            IntegerType type = IntegerType.of(bits);
            IntegerType wide = IntegerType.of(comparedBits());
            return IrBuilder.define(
                    new Module(), "f", FunctionType.of(SpecialType.VOID, type, wide), (function, at) -> {
                        Value first = start == null ? function.arguments().get(0) : ConstantInt.of(type, start);
                        Value last = bound == null ? function.arguments().get(1) : ConstantInt.of(wide, bound);
                        if (multiple > 1) {
                            first = at.binary(BinaryOpcode.AND, first, ConstantInt.of(type, -multiple));
                            last = at.binary(BinaryOpcode.AND, last, ConstantInt.of(wide, -multiple));
                        }
                        BasicBlock entry = at.block();
                        BasicBlock loop = at.newBlock("loop");
                        BasicBlock exit = at.newBlock("exit");
                        at.br(loop);
                        at.moveTo(loop);
                        Phi phi = at.phi(type);
                        List<String> flags = new ArrayList<>();
                        if (nuw) {
                            flags.add("nuw");
                        }
                        if (nsw) {
                            flags.add("nsw");
                        }
                        Value next = at.add(phi, ConstantInt.of(type, step), flags.toArray(String[]::new));
                        phi.addIncoming(first, entry);
                        phi.addIncoming(next, loop);
                        Value value = switch (compared) {
                            case PHI -> phi;
                            case INCREMENT -> next;
                            case ZEXT_OF_PHI -> at.zext(phi, wide);
                            case SEXT_OF_INCREMENT -> at.sext(next, wide);
                            case TRUNC_OF_PHI -> at.trunc(phi, wide);
                        };
                        at.condBr(at.icmp(predicate, value, last), loop, exit);
                        at.moveTo(exit).retVoid();
                    });
        }

        /** How often the back edge is taken; empty when for ever or when the program has undefined behaviour. */
        OptionalInt run(int start, int bound) {
            int phi = signed(start, bits);
            boolean poison = false;
            for (int taken = 0; taken <= 1 << (bits + 1); taken++) {
                int exact = phi + step;
                int next = signed(exact, bits);
                boolean wraps =
                        (nsw && next != exact) || (nuw && unsigned(phi, bits) + unsigned(step, bits) >= 1 << bits);
                boolean usesNext = compared == Compared.INCREMENT || compared == Compared.SEXT_OF_INCREMENT;
                if (poison || (usesNext && wraps)) {
                    return OptionalInt.empty();
                }
                int value = switch (compared) {
                    case PHI, TRUNC_OF_PHI -> phi;
                    case INCREMENT, SEXT_OF_INCREMENT -> next;
                    case ZEXT_OF_PHI -> unsigned(phi, bits);
                };
                if (!holds(predicate, value, bound, comparedBits())) {
                    return OptionalInt.of(taken);
                }
                poison |= wraps;
                phi = next;
            }
            return OptionalInt.empty();
        }

        TripCount count(Integer start, Integer bound) {
            return TripCountTest.count(build(start, bound));
        }
    }

    private static TripCount count(Function function) {
        ControlFlowGraph graph = ControlFlowGraph.of(function);
        DominatorTree dominators = DominatorTree.of(graph);
        LoopForest forest = LoopForest.of(graph, dominators);
        return TripCount.of(forest.loops().getFirst(), dominators, LAYOUT);
    }

    private static int signed(long value, int bits) {
        return (int) (value << (64 - bits) >> (64 - bits));
    }

    private static int unsigned(long value, int bits) {
        return (int) (value & ((1L << bits) - 1));
    }

    private static boolean holds(ICmpPredicate predicate, long left, long right, int bits) {
        int a = signed(left, bits);
        int b = signed(right, bits);
        int ua = unsigned(left, bits);
        int ub = unsigned(right, bits);
        return switch (predicate) {
            case EQ -> a == b;
            case NE -> a != b;
            case UGT -> ua > ub;
            case UGE -> ua >= ub;
            case ULT -> ua < ub;
            case ULE -> ua <= ub;
            case SGT -> a > b;
            case SGE -> a >= b;
            case SLT -> a < b;
            case SLE -> a <= b;
        };
    }

    private static List<Sample> samples(int bits) {
        List<Sample> samples = new ArrayList<>();
        for (ICmpPredicate predicate : ICmpPredicate.values()) {
            for (int step = -(1 << (bits - 1)); step < 1 << (bits - 1); step++) {
                for (Compared compared : Compared.values()) {
                    for (int flags = 0; flags < 4; flags++) {
                        samples.add(new Sample(bits, predicate, step, compared, (flags & 1) != 0, (flags & 2) != 0));
                    }
                }
            }
        }
        return samples;
    }

    @Test
    void constantsOfFourBitsCountAsSimulated() {
        int known = 0;
        for (Sample sample : samples(4)) {
            for (int start = -8; start < 8; start += 5) {
                int half = 1 << (sample.comparedBits() - 1);
                for (int bound = -half; bound < half; bound++) {
                    OptionalInt expected = sample.run(start, bound);
                    TripCount count = sample.count(start, bound);
                    assertThat(count).isNotInstanceOf(TripCount.Symbolic.class);
                    if (count instanceof TripCount.Known(long taken, boolean exact)) {
                        known++;
                        assertThat(exact).isTrue();
                        if (expected.isPresent()) {
                            assertThat(taken)
                                    .as("%s from %d to %d", sample, start, bound)
                                    .isEqualTo(expected.getAsInt());
                        }
                    } else if (sample.step != 0 && sample.compared == Compared.PHI) {
                        assertThat(expected)
                                .as("%s from %d to %d", sample, start, bound)
                                .isEmpty();
                    }
                }
            }
        }
        assertThat(known).isGreaterThan(20_000);
    }

    @Test
    void formulasOverFiveBitsCountAsSimulated() {
        int symbolic = 0;
        for (Sample sample : samples(5)) {
            Function function = sample.build(null, null);
            if (count(function) instanceof TripCount.Symbolic formula) {
                symbolic++;
                check(sample, function, formula, null);
            }
        }
        assertThat(symbolic).isGreaterThan(500);
    }

    @Test
    void formulasWithAConstantBoundCountAsSimulated() {
        int symbolic = 0;
        for (Sample sample : samples(4)) {
            int half = 1 << (sample.comparedBits() - 1);
            for (int bound = -half; bound < half; bound++) {
                Function function = sample.build(null, bound);
                if (count(function) instanceof TripCount.Symbolic formula) {
                    symbolic++;
                    check(sample, function, formula, bound);
                }
            }
        }
        assertThat(symbolic).isGreaterThan(5_000);
    }

    /** As in unrolled loops: {@code for (i = 0; i != (n & -4); i += 4)}. */
    @Test
    void stepsOfAPowerOfTwoMeetItsMultiples() {
        int symbolic = 0;
        for (Sample sample : samples(5)) {
            int size = Math.abs(sample.step);
            if (sample.predicate != ICmpPredicate.NE || size == 1 || Integer.bitCount(size) != 1) {
                continue;
            }
            assertThat(sample.build(null, null, size / 2))
                    .satisfies(half -> assertThat(sample.nuw || sample.nsw || count(half) instanceof TripCount.Unknown)
                            .as("multiples of half of the step: %s", sample)
                            .isTrue());
            Function function = sample.build(null, null, size);
            if (count(function) instanceof TripCount.Symbolic formula) {
                symbolic++;
                check(sample, function, formula, null, size);
            }
        }
        assertThat(symbolic).isGreaterThan(30);
    }

    private static void check(Sample sample, Function function, TripCount.Symbolic formula, Integer fixedBound) {
        check(sample, function, formula, fixedBound, 1);
    }

    /** Computes the emitted instructions for all starts and bounds. */
    private static void check(
            Sample sample, Function function, TripCount.Symbolic formula, Integer fixedBound, int multiple) {
        BasicBlock entry = function.entry();
        Value result = formula.emit(IrBuilder.before(entry.last()));
        int half = 1 << (sample.comparedBits() - 1);
        int startHalf = 1 << (sample.bits - 1);
        for (int start = -startHalf; start < startHalf; start++) {
            for (int bound = fixedBound == null ? -half : fixedBound;
                    bound < (fixedBound == null ? half : fixedBound + 1);
                    bound++) {
                OptionalInt expected = sample.run(start & -multiple, bound & -multiple);
                if (expected.isPresent()) {
                    long computed = compute(function, result, start, bound);
                    assertThat(unsigned(computed, formula.bits()))
                            .as("%s from %d to %d: %s", sample, start, bound, formula)
                            .isEqualTo(expected.getAsInt());
                }
            }
        }
    }

    private static long compute(Function function, Value result, int start, int bound) {
        IdentityHashMap<Value, Long> values = new IdentityHashMap<>();
        Argument first = function.arguments().get(0);
        Argument second = function.arguments().get(1);
        values.put(first, (long) start);
        values.put(second, (long) bound);
        for (Instruction instruction : function.entry().instructions()) {
            if (instruction.hasResult()) {
                values.put(instruction, compute(instruction, values));
            }
        }
        return valueOf(result, values);
    }

    private static long valueOf(Value value, IdentityHashMap<Value, Long> values) {
        return value instanceof ConstantInt constant ? constant.longValue() : values.get(value);
    }

    private static long compute(Instruction instruction, IdentityHashMap<Value, Long> values) {
        int bits = ((IntegerType) instruction.type()).bits();
        long result = switch (instruction) {
            case Freeze freeze -> valueOf(freeze.value(), values);
            case Cast cast -> cast(cast, valueOf(cast.value(), values));
            case ICmp compare ->
                holds(
                                compare.predicate(),
                                valueOf(compare.left(), values),
                                valueOf(compare.right(), values),
                                ((IntegerType) compare.left().type()).bits())
                        ? 1
                        : 0;
            case Select select ->
                valueOf(select.condition(), values) != 0
                        ? valueOf(select.ifTrue(), values)
                        : valueOf(select.ifFalse(), values);
            case BinaryOperator operator ->
                binary(
                        operator.operation(),
                        unsigned(valueOf(operator.left(), values), bits),
                        unsigned(valueOf(operator.right(), values), bits));
            default -> throw new AssertionError(instruction);
        };
        return signed(result, bits);
    }

    private static long cast(Cast cast, long value) {
        return switch (cast.operation()) {
            case ZEXT -> unsigned(value, ((IntegerType) cast.value().type()).bits());
            case SEXT, TRUNC -> value;
            default -> throw new AssertionError(cast);
        };
    }

    private static long binary(BinaryOpcode opcode, int left, int right) {
        return switch (opcode) {
            case ADD -> left + right;
            case SUB -> left - right;
            case UDIV -> left / right;
            case LSHR -> left >>> right;
            case AND -> left & right;
            default -> throw new AssertionError(opcode);
        };
    }

    @Test
    void rotatedForLoopOfAHundredTakesTheBackEdgeNinetyNineTimes() {
        Sample loop = new Sample(32, ICmpPredicate.SLT, 1, Compared.INCREMENT, false, true);

        assertThat(loop.count(0, 100)).isEqualTo(new TripCount.Known(99, true));
    }

    @Test
    void pointerLoopCountsElements() {
        Function function = pointerLoop("inbounds");

        assertThat(count(function)).isInstanceOfSatisfying(TripCount.Symbolic.class, count -> {
            assertThat(count.formula()).isEqualTo(TripCount.Formula.DISTANCE);
            assertThat(count.stepSize()).isEqualTo(4);
            assertThat(count.bits()).isEqualTo(64);
            assertThat(count.bound()).isSameAs(function.arguments().get(1));
        });
    }

    @Test
    void pointerLoopThatMayStepOverItsEndIsUnknown() {
        assertThat(count(pointerLoop())).isInstanceOf(TripCount.Unknown.class);
    }

    private static Function pointerLoop(String... flags) {
        return IrBuilder.define(
                new Module(),
                "f",
                FunctionType.of(SpecialType.VOID, PointerType.OPAQUE, PointerType.OPAQUE),
                (function, at) -> {
                    BasicBlock entry = at.block();
                    BasicBlock loop = at.newBlock("loop");
                    BasicBlock exit = at.newBlock("exit");
                    at.br(loop);
                    at.moveTo(loop);
                    Phi phi = at.phi(PointerType.OPAQUE);
                    Value next = at.gep(Flags.of(flags), IntegerType.I32, phi, List.of(ConstantInt.i64(1)));
                    phi.addIncoming(function.arguments().get(0), entry);
                    phi.addIncoming(next, loop);
                    at.condBr(
                            at.icmp(ICmpPredicate.EQ, next, function.arguments().get(1)), exit, loop);
                    at.moveTo(exit).retVoid();
                });
    }

    @Test
    void secondExitMakesTheCountAnUpperBound() {
        Function function =
                IrBuilder.define(new Module(), "f", FunctionType.of(SpecialType.VOID, IntegerType.I1), (made, at) -> {
                    BasicBlock entry = at.block();
                    BasicBlock loop = at.newBlock("loop");
                    BasicBlock latch = at.newBlock("latch");
                    BasicBlock exit = at.newBlock("exit");
                    at.br(loop);
                    at.moveTo(loop);
                    Phi phi = at.phi(IntegerType.I32);
                    at.condBr(made.arguments().get(0), exit, latch);
                    at.moveTo(latch);
                    Value next = at.add(phi, ConstantInt.i32(1));
                    phi.addIncoming(ConstantInt.i32(0), entry);
                    phi.addIncoming(next, latch);
                    at.condBr(at.icmp(ICmpPredicate.NE, next, ConstantInt.i32(10)), loop, exit);
                    at.moveTo(exit).retVoid();
                });

        assertThat(count(function)).isEqualTo(new TripCount.Known(9, false));
    }
}
