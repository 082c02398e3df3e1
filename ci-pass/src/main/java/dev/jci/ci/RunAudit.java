package dev.jci.ci;

import dev.jci.ir.AtomicOrdering;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.CallBase;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.Function;
import dev.jci.ir.GlobalVariable;
import dev.jci.ir.ICmp;
import dev.jci.ir.Instruction;
import dev.jci.ir.IntegerType;
import dev.jci.ir.IrBuilder;
import dev.jci.ir.Linkage;
import dev.jci.ir.Load;
import dev.jci.ir.Module;
import dev.jci.ir.PointerType;
import dev.jci.ir.Store;
import dev.jci.ir.Terminator;
import dev.jci.ir.ThreadLocalMode;
import dev.jci.ir.Value;
import dev.jci.ir.analysis.CallGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes an instrumented module measure the promise of mode {@code ci}: that no thread does more work without a probe than the commit
 * interval and what is done in one piece. The work that is really done is counted beside the probes, and the longest run of any thread is
 * kept in the global variable {@code jci_audit_longest}, an {@code i64}. For tests and measurements; the program becomes slow.
 *
 * <pre>{@code
 * RunAudit audit = RunAudit.of(module, options);
 * Report report = CompilerInterrupts.instrument(module, options);
 * audit.add(report);
 * }</pre>
 */
public final class RunAudit {
    private final Module module;
    private final IdentityHashMap<Instruction, Long> work = new IdentityHashMap<>();
    /** By place in the source, which copies of an instruction have too. */
    private final Map<Integer, Long> workAt = new HashMap<>();

    private final long chunk;
    private long largest;

    private RunAudit(Module module, long chunk) {
        this.module = module;
        this.chunk = chunk;
    }

    /**
     * Remembers what the instructions of a module cost.
     *
     * @param module the module, not instrumented yet
     * @param given the options that it will be instrumented with; the ABI must be {@link ProbeAbi#JCI}
     * @throws IllegalArgumentException for another ABI
     */
    public static RunAudit of(Module module, Options given) {
        if (given.abi() != ProbeAbi.JCI) {
            throw new IllegalArgumentException("the audit needs the jci probe ABI");
        }
        Options options = Callbacks.withCosts(CallGraph.of(module), given);
        RunAudit audit = new RunAudit(module, DagPlacement.chunk(options));
        for (Function function : module.functions()) {
            for (BasicBlock block : function.blocks()) {
                for (Instruction instruction : block.instructions()) {
                    long cost = LibraryBrackets.cost(instruction, options);
                    audit.largest = Math.max(audit.largest, cost);
                    audit.work.put(instruction, cost);
                    if (instruction.position() >= 0) {
                        audit.workAt.put(instruction.position(), cost);
                    }
                }
            }
        }
        return audit;
    }

    /**
     * The most work of the module that is done in one piece: the largest cost of a single instruction, and, once the code that measures was added, a
     * chunk of a loop that is taken from the countdown before it begins, where there is one.
     */
    public long largestCost() {
        return largest;
    }

    /**
     * Adds the code that measures.
     *
     * @param report of the pass; functions that it skipped are left alone
     */
    public void add(Report report) {
        GlobalVariable done = counter("jci_audit_work", true);
        GlobalVariable last = counter("jci_audit_last", true);
        GlobalVariable longest = counter("jci_audit_longest", false);
        for (Report.FunctionReport entry : report.functions()) {
            Function function = module.function(entry.name());
            if (entry.skipped() == null && function != null) {
                largest = Math.max(largest, PromotedEmitter.takesChunks(function) ? chunk : 0);
                for (BasicBlock block : function.blocks()) {
                    new Walk(done, last, longest).through(block);
                }
            }
        }
    }

    private GlobalVariable counter(String name, boolean isThreadLocal) {
        GlobalVariable variable = new GlobalVariable(name, IntegerType.I64, ConstantInt.i64(0));
        variable.setLinkage(Linkage.WEAK);
        variable.setAlignment(8);
        if (isThreadLocal) {
            variable.setThreadLocalMode(ThreadLocalMode.GENERALDYNAMIC);
        }
        if (module.hasTypedPointers()) {
            variable.setType(PointerType.to(IntegerType.I64, 0));
        }
        module.add(variable);
        return variable;
    }

    private final class Walk {
        private final GlobalVariable done;
        private final GlobalVariable last;
        private final GlobalVariable longest;
        private long pending;

        Walk(GlobalVariable done, GlobalVariable last, GlobalVariable longest) {
            this.done = done;
            this.last = last;
            this.longest = longest;
        }

        void through(BasicBlock block) {
            List<Instruction> instructions = new ArrayList<>();
            block.instructions().forEach(instructions::add);
            for (Instruction at : instructions) {
                if (isProbe(at)) {
                    note(at);
                    continue;
                }
                pending += costOf(at);
                if (Legality.mustPrecedeReturn(at)) {
                    pending += costOf(block.terminator().asInstruction());
                    flush(at);
                    return;
                }
                boolean calls = at instanceof CallBase call && !call.isIntrinsic();
                if (calls || at instanceof Terminator) {
                    flush(at);
                }
            }
        }

        /** Whether an instruction looks at the countdown, in memory or in a register. */
        private static boolean isProbe(Instruction instruction) {
            return instruction instanceof ICmp
                    && instruction.name() != null
                    && instruction.name().startsWith(JciProbe.LATE);
        }

        private long costOf(Instruction instruction) {
            // The comparison at the end of a loop that runs in chunks stands for the one that the program had there.
            boolean replaced = instruction instanceof ICmp
                    && instruction.name() != null
                    && instruction.name().startsWith("ci.goes.on");
            if (replaced) {
                return 1;
            }
            Long known = work.get(instruction);
            return known != null ? known : workAt.getOrDefault(instruction.position(), 0L);
        }

        private void flush(Instruction before) {
            if (pending == 0) {
                return;
            }
            IrBuilder at = IrBuilder.before(before);
            Value old = at.insert(new Load(IntegerType.I64, done, false, null, null, 8));
            Value sum = at.add(old, ConstantInt.i64(pending));
            at.insert(new Store(sum, done, false, null, null, 8));
            pending = 0;
        }

        private void note(Instruction before) {
            flush(before);
            IrBuilder at = IrBuilder.before(before);
            Value now = at.insert(new Load(IntegerType.I64, done, false, null, null, 8));
            Value then = at.insert(new Load(IntegerType.I64, last, false, null, null, 8));
            at.insert(new Store(now, last, false, null, null, 8));
            at.atomicRmw("umax", longest, at.sub(now, then), AtomicOrdering.MONOTONIC);
        }
    }
}
