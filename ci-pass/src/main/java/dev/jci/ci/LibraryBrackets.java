package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.BinaryOpcode;
import dev.jci.ir.BinaryOperator;
import dev.jci.ir.Call;
import dev.jci.ir.CallBase;
import dev.jci.ir.CallBr;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.Flags;
import dev.jci.ir.Function;
import dev.jci.ir.ICmp;
import dev.jci.ir.ICmpPredicate;
import dev.jci.ir.Instruction;
import dev.jci.ir.Invoke;
import dev.jci.ir.MDNode;
import dev.jci.ir.Select;
import dev.jci.ir.TailCallKind;
import dev.jci.ir.Unreachable;
import dev.jci.ir.Value;
import dev.jci.ir.analysis.CallGraph;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts the time that a function spends in libraries. Around each run of calls of functions that the module does not define, with nothing
 * but free instructions between them, the cycle counter is read; the cycles that passed, in IR instructions at a given rate, are taken from
 * the countdown, and the runtime is called when it falls below zero:
 *
 * <pre>
 *   begin = cycles;  before = countdown
 *   call f(...)
 *   work = (cycles - begin) * rate;  counted = before - countdown
 *   if (counted &gt;= 0 and work &gt; counted) countdown -= work - counted
 *   if (countdown &lt; 0) fire
 * </pre>
 *
 * <p>What the called function has counted itself, because it has probes in its own module or calls back one that has, is not counted
 * twice; a countdown that grew says that the handler ran meanwhile, and from there everything has been counted.
 *
 * <p>This is done when the probes have been written. It needs no place in the plan: the countdown may be changed anywhere, and what the
 * register of the function holds stays pending.
 */
final class LibraryBrackets {
    private static final int FRACTION_BITS = 8;
    private static final double USUAL_RATE = 2;

    private final Function function;
    private final Runtime runtime;
    private final CostModel costs;
    private final Disabled disabled;
    private final ConstantInt rate;
    private final MDNode unlikely;
    private final @Nullable Instruction firstPlaceInEntry;

    /** Calls of one block; the last one may end it. */
    private record Run(Instruction first, Instruction last) {}

    private LibraryBrackets(Function function, Runtime runtime, Options options, Disabled disabled) {
        this.function = function;
        this.runtime = runtime;
        this.costs = options.costs();
        this.disabled = disabled;
        double wanted = options.libraryRate().orElse(0);
        if (wanted == 0 && !runtime.countsProcessorCycles()) {
            throw new IllegalArgumentException("the cycle counter of this processor is slower than its clock by an"
                    + " unknown factor: name the IR instructions in one of its ticks (--library-rate)");
        }
        double chosen = wanted == 0 ? USUAL_RATE : wanted;
        this.rate = ConstantInt.i64(Math.max(1, Math.round(chosen * (1 << FRACTION_BITS))));
        this.unlikely = CountdownEmitter.unlikely();
        this.firstPlaceInEntry = Legality.firstInsertionPoint(function.entry());
    }

    /**
     * Writes the code.
     *
     * @param disabled where probes may not fire
     * @return how many probes were added
     */
    static int write(Function function, Runtime runtime, Options options, Disabled disabled) {
        LibraryBrackets brackets = new LibraryBrackets(function, runtime, options, disabled);
        List<Run> runs = new ArrayList<>();
        for (BasicBlock block : function.blocks()) {
            brackets.findIn(block, runs);
        }
        // From the end: a block is cut behind each run, and what was found before stays where it is.
        runs.reversed().forEach(brackets::bracket);
        return runs.size();
    }

    /** What an instruction costs; of what is timed when the program runs, only the call. */
    static long cost(Instruction instruction, Options options) {
        boolean timed = options.libraryRate().isPresent() && times(instruction, options.costs());
        return timed ? 1 : options.costs().of(instruction);
    }

    /**
     * Whether the time of a call is measured: it calls a function that is not defined in the module and has no cost in the table, and code may
     * stand behind it.
     */
    private static boolean times(Instruction instruction, CostModel costs) {
        if (!(instruction instanceof CallBase call) || call instanceof CallBr || call.isIntrinsic()) {
            return false;
        }
        Function callee = CallGraph.target(call);
        if (callee == null || !callee.isDeclaration() || callee.name() == null || Runtime.isSlowPath(callee)) {
            return false;
        }
        boolean comesBack = !(call.next() instanceof Unreachable)
                && !(call instanceof Call plain && plain.tailCallKind() == TailCallKind.MUSTTAIL);
        return comesBack && !costs.functions().containsKey(callee.name()) && !call.mayReturnTwice();
    }

    private void findIn(BasicBlock block, List<Run> runs) {
        Instruction first = null;
        Instruction last = null;
        for (Instruction at : block.instructions()) {
            if (times(at, costs)) {
                first = first == null ? at : first;
                last = at;
            } else if (first != null && costs.of(at) > 0) {
                runs.add(new Run(first, last));
                first = null;
            }
        }
        if (first != null) {
            runs.add(new Run(first, last));
        }
    }

    private void bracket(Run run) {
        boolean fires = !disabled.at(run.first) && !disabled.at(run.last) && isBehindAllocas(run.last);
        Instruction begin = put(run.first, "ci.begin", runtime.cycles());
        Instruction before = put(run.first, "ci.before", runtime.loadCountdown());
        Instruction place = behind(run.last);
        Instruction end = put(place, "ci.end", runtime.cycles());
        Value elapsed = subtract(place, end, begin);
        Value product = put(place, "", new BinaryOperator(BinaryOpcode.MUL, Flags.NONE, elapsed, rate));
        Value work = put(
                place,
                "ci.work",
                new BinaryOperator(BinaryOpcode.ASHR, Flags.NONE, product, ConstantInt.i64(FRACTION_BITS)));
        Instruction left = put(place, "ci.countdown", runtime.loadCountdown());
        Value counted = subtract(place, before, left);
        Value more = subtract(place, work, counted);
        Value kept = atLeastZero(place, counted, more);
        Value taken = atLeastZero(place, more, kept);
        Value reduced = subtract(place, left, taken);
        put(place, "", runtime.storeCountdown(reduced));
        if (fires) {
            JciProbe probe = new JciProbe(runtime, function);
            CountdownEmitter.fireIf(function, probe.late(place, reduced), place, probe, unlikely);
        }
    }

    /** A value where another one is not negative, else 0. */
    private Value atLeastZero(Instruction place, Value decides, Value value) {
        Value good = put(place, "", new ICmp(ICmpPredicate.SGE, Flags.NONE, decides, ConstantInt.i64(0)));
        return put(place, "", new Select(good, value, ConstantInt.i64(0), Flags.NONE));
    }

    /** Blocks are not cut before static allocas, which would no longer be static. */
    private boolean isBehindAllocas(Instruction last) {
        if (Legality.blockOf(last) != function.entry()) {
            return true;
        }
        for (Instruction at = firstPlaceInEntry; at != null; at = at.next()) {
            if (at == last) {
                return true;
            }
        }
        return false;
    }

    /** The instruction that code behind a call goes before; for an invoke it runs when nothing was thrown. */
    private static Instruction behind(Instruction last) {
        if (last instanceof Invoke invoke) {
            BasicBlock edge = Legality.blockOf(invoke).splitEdge(invoke.normalDestination(), "ci.edge");
            return edge.terminator().asInstruction();
        }
        Instruction next = last.next();
        if (next == null) {
            throw new IllegalStateException("nothing behind: " + last);
        }
        return next;
    }

    private Value subtract(Instruction place, Value from, Value amount) {
        return put(place, "", new BinaryOperator(BinaryOpcode.SUB, Flags.NONE, from, amount));
    }

    private Instruction put(Instruction before, String name, Instruction made) {
        return CountdownEmitter.put(function, before, name, made);
    }
}
