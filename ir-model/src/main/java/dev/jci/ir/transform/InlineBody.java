package dev.jci.ir.transform;

import dev.jci.ir.Alloca;
import dev.jci.ir.Argument;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.Br;
import dev.jci.ir.Call;
import dev.jci.ir.CallBase;
import dev.jci.ir.CallBr;
import dev.jci.ir.Flags;
import dev.jci.ir.Function;
import dev.jci.ir.IndirectBr;
import dev.jci.ir.InlineAsm;
import dev.jci.ir.Instruction;
import dev.jci.ir.InstructionCloner;
import dev.jci.ir.Invoke;
import dev.jci.ir.MDNode;
import dev.jci.ir.Phi;
import dev.jci.ir.Resume;
import dev.jci.ir.Ret;
import dev.jci.ir.SpecialType;
import dev.jci.ir.TailCallKind;
import dev.jci.ir.UseIndex;
import dev.jci.ir.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The body of a function as it was at one time, to be put in the place of calls. Bodies that a plain copy of their blocks is right for: they have
 * no memory of their own on the stack, return at least once, and neither throw, catch, nor jump to computed addresses.
 */
public final class InlineBody {
    /** Words for parameters that get a copy of what their argument points to, or are not passed as others are. */
    private static final List<String> NOT_BY_VALUE =
            List.of("byval", "inalloca", "preallocated", "sret", "swifterror", "swiftself", "swiftasync", "nest");

    private final Function function;
    private final List<BasicBlock> blocks = new ArrayList<>();

    private InlineBody(Function function) {
        this.function = function;
        IdentityHashMap<Value, Value> copies = new IdentityHashMap<>();
        for (BasicBlock block : function.blocks()) {
            BasicBlock copy = new BasicBlock(block.name());
            copies.put(block, copy);
            blocks.add(copy);
        }
        int next = 0;
        for (BasicBlock block : function.blocks()) {
            fill(blocks.get(next++), block, copies);
        }
        blocks.forEach(block -> remap(block, copies));
    }

    /**
     * Takes down the body of a function.
     *
     * @throws IllegalArgumentException when {@link #isSimple} does not hold
     */
    public static InlineBody of(Function function) {
        if (!isSimple(function)) {
            throw new IllegalArgumentException("not a body that can be copied: " + function);
        }
        return new InlineBody(function);
    }

    /** Whether copies of the blocks do what the function does, whatever calls it. */
    public static boolean isSimple(Function function) {
        if (function.isDeclaration() || function.functionType().varArg()) {
            return false;
        }
        for (Argument argument : function.arguments()) {
            if (NOT_BY_VALUE.stream().anyMatch(argument.attributes()::has)) {
                return false;
            }
        }
        boolean returns = false;
        for (BasicBlock block : function.blocks()) {
            for (Instruction instruction : block.instructions()) {
                if (!isSimple(instruction)) {
                    return false;
                }
                returns |= instruction instanceof Ret;
            }
        }
        return returns;
    }

    private static boolean isSimple(Instruction instruction) {
        // Scopes of aliasing tell the accesses of one execution of the body apart, and two copies may run in one
        // execution.
        if (instruction.attachment("noalias") != null || instruction.attachment("alias.scope") != null) {
            return false;
        }
        return switch (instruction) {
            case Alloca alloca -> false;
            case Invoke invoke -> false;
            case CallBr branch -> false;
            case IndirectBr branch -> false;
            case Resume resume -> false;
            case Call call ->
                call.tailCallKind() != TailCallKind.MUSTTAIL && call.bundles().isEmpty() && !isOncePerFunction(call);
            default -> true;
        };
    }

    /** Whether a call must not be copied, or belongs to the function that it is in. */
    static boolean isOncePerFunction(CallBase call) {
        if (call.attributes().has("returns_twice") || call.attributes().has("noduplicate")) {
            return true;
        }
        Function callee = call.calledFunction();
        if (callee == null) {
            // Assembly may define labels.
            return call.callee() instanceof InlineAsm;
        }
        return callee.attributes().has("returns_twice")
                || callee.attributes().has("noduplicate")
                || call.isIntrinsic("llvm.experimental.noalias.scope.decl")
                || call.isIntrinsic("llvm.localescape")
                || call.isIntrinsic("llvm.stacksave")
                || call.isIntrinsic("llvm.frameaddress")
                || call.isIntrinsic("llvm.returnaddress")
                || call.isIntrinsic("llvm.addressofreturnaddress")
                || call.isIntrinsic("llvm.sponentry")
                || call.isIntrinsic("llvm.eh.dwarf.cfa")
                || call.isIntrinsic("llvm.localaddress")
                || call.isIntrinsic("llvm.localrecover")
                || call.isIntrinsic("llvm.experimental.deoptimize");
    }

    /** How many instructions the body has. */
    public int instructionCount() {
        int count = 0;
        for (BasicBlock block : blocks) {
            for (Instruction at = block.first(); at != null; at = at.next()) {
                count++;
            }
        }
        return count;
    }

    /** Whether a copy can take the place of a call: one of this function, which has a place in the source where the function has one. */
    public boolean fits(Call call) {
        return call.calledFunction() == function
                && call.functionType().equals(function.functionType())
                && (call.debugLocation() != null || !hasPlaces());
    }

    private boolean hasPlaces() {
        return function.attachments().stream()
                .anyMatch(attachment -> attachment.kind().equals("dbg"));
    }

    /**
     * Puts a copy of the body in the place of a call of the function. The block of the call is split: a branch to the copy takes the place of the
     * call, and branches to what was behind it those of the returns.
     *
     * @param call a call of the function that {@link #fits}, in a function of the same module
     * @return the copies of the blocks
     * @throws IllegalArgumentException when the call does not fit
     */
    public List<BasicBlock> replace(Call call) {
        BasicBlock block = call.parent();
        Function into = block == null ? null : block.parent();
        if (into == null) {
            throw new IllegalArgumentException("not a call of " + function);
        }
        return replace(call, UseIndex.of(into));
    }

    /**
     * As {@link #replace(Call)}, for several calls in one function.
     *
     * @param uses the uses in the function that makes the call; they are kept right
     */
    public List<BasicBlock> replace(Call call, UseIndex uses) {
        BasicBlock before = call.parent();
        Function into = before == null ? null : before.parent();
        if (before == null || into == null || !fits(call)) {
            throw new IllegalArgumentException("not a call of " + function);
        }
        BasicBlock rest = before.splitBefore(call, before.name() == null ? null : before.name() + ".rest");
        IdentityHashMap<Value, Value> copies = new IdentityHashMap<>();
        for (int i = 0; i < function.arguments().size(); i++) {
            copies.put(function.arguments().get(i), call.argument(i));
        }
        List<BasicBlock> made = new ArrayList<>();
        BasicBlock last = before;
        for (BasicBlock block : blocks) {
            BasicBlock copy = new BasicBlock(block.name() == null ? null : into.freshName(block.name()));
            into.insertAfter(copy, last);
            last = copy;
            copies.put(block, copy);
            made.add(copy);
        }
        for (int i = 0; i < made.size(); i++) {
            fill(made.get(i), blocks.get(i), copies);
        }
        made.forEach(block -> remap(block, copies));
        adapt(made, call);
        Instruction entering = before.terminator().asInstruction();
        entering.replaceOperand(rest, made.getFirst());
        entering.setPosition(call.position());
        Value result = leave(made, rest, call);
        made.forEach(block -> block.instructions().forEach(uses::add));
        if (result instanceof Phi phi && phi.parent() == rest) {
            uses.add(phi);
        }
        if (call.hasResult()) {
            uses.replaceAllUses(call, result);
        }
        call.remove();
        return made;
    }

    /** The copies are where the call is, and no longer calls in the tail of a function of its own. */
    private void adapt(List<BasicBlock> made, Call call) {
        MDNode place = call.debugLocation();
        InlinedLocations locations = place == null ? null : new InlinedLocations(place, hasPlaces());
        // What a call marked so may not touch, variables of its caller on the stack, may be what the copied body was
        // handed.
        boolean isTail = call.tailCallKind() == TailCallKind.TAIL;
        for (BasicBlock block : made) {
            for (Instruction instruction : block.instructions()) {
                if (locations != null) {
                    locations.apply(instruction);
                }
                if (!isTail && instruction instanceof Call inner && inner.tailCallKind() == TailCallKind.TAIL) {
                    inner.setTailCallKind(TailCallKind.NONE);
                }
            }
        }
    }

    private static void fill(BasicBlock copy, BasicBlock original, IdentityHashMap<Value, Value> copies) {
        Function into = copy.parent();
        for (Instruction instruction : original.instructions()) {
            Instruction twin = InstructionCloner.copy(instruction);
            if (instruction.name() != null) {
                twin.setName(into == null ? instruction.name() : into.freshName(instruction.name()));
            }
            copy.append(twin);
            copies.put(instruction, twin);
        }
    }

    private static void remap(BasicBlock copy, IdentityHashMap<Value, Value> copies) {
        for (Instruction instruction : copy.instructions()) {
            InstructionCloner.remap(instruction, value -> copies.getOrDefault(value, value));
        }
    }

    /** Makes branches of the returns; gives what the call gave. */
    private static Value leave(List<BasicBlock> made, BasicBlock rest, Call call) {
        Phi results = new Phi(call.type(), Flags.NONE);
        Value only = call;
        for (BasicBlock block : made) {
            if (block.last() instanceof Ret ret) {
                Br jump = new Br(rest);
                jump.setDebugLocationFrom(ret);
                jump.setPosition(ret.position());
                ret.remove();
                block.append(jump);
                if (ret.value() != null) {
                    only = ret.value();
                    results.addIncoming(only, block);
                }
            }
        }
        if (call.type() == SpecialType.VOID || results.incomingCount() == 1) {
            return only;
        }
        results.setDebugLocationFrom(call);
        rest.insertBefore(results, call);
        return results;
    }
}
