package dev.jci.ir.diff;

import dev.jci.ir.Argument;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.CallBase;
import dev.jci.ir.DIArgList;
import dev.jci.ir.DebugRecord;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.Metadata;
import dev.jci.ir.MetadataAsValue;
import dev.jci.ir.Phi;
import dev.jci.ir.Terminator;
import dev.jci.ir.Value;
import dev.jci.ir.ValueAsMetadata;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What differs between the bodies of two functions. The bodies are aligned line by line by hashes that leave out which local values are
 * operands but not what these do; then the operands of aligned lines must be aligned too, else both lines differ. A block put
 * into an edge changes nothing but that: what names the old target in one body and the new block in the other still agrees.
 */
final class BodyDiff {
    private static final int FURTHEST = 64;

    private final BodyHash beforeHash;
    private final BodyHash afterHash;
    private final Lines before;
    private final Lines after;
    private final int[] partner;
    private final IdentityHashMap<Value, Value> forward = new IdentityHashMap<>();
    private final IdentityHashMap<Value, Value> backward = new IdentityHashMap<>();

    private BodyDiff(Lines before, BodyHash beforeHash, Lines after, BodyHash afterHash) {
        this.beforeHash = beforeHash;
        this.afterHash = afterHash;
        this.before = before;
        this.after = after;
        this.partner = SequenceAlignment.of(before.keys, after.keys);
        alignUsers();
    }

    /** The edits that make the first body the second. */
    static List<Edit> of(Function first, BodyHash firstHash, Function second, BodyHash secondHash) {
        BodyDiff diff = new BodyDiff(Lines.of(first, firstHash), firstHash, Lines.of(second, secondHash), secondHash);
        diff.pairArguments(first.arguments(), second.arguments());
        diff.pairResults();
        diff.pairBlocks();
        return diff.edits();
    }

    /** The lines of a body, with what each does with what its operands do, and with what it does itself. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Lines(List<Edit> lines, long[] keys, long[] own) {
        static Lines of(Function function, BodyHash hash) {
            IdentityHashMap<Value, Long> own = new IdentityHashMap<>();
            int number = 0;
            for (Argument argument : function.arguments()) {
                own.put(argument, Mix.of(90, number++));
            }
            for (BasicBlock block : function.blocks()) {
                own.put(block, 91L);
                block.instructions().forEach(instruction -> own.put(instruction, hash.of(instruction)));
            }
            List<Edit> lines = new ArrayList<>();
            List<Long> keys = new ArrayList<>();
            List<Long> alone = new ArrayList<>();
            for (BasicBlock block : function.blocks()) {
                lines.add(new Edit(true, block, null, null));
                keys.add(92L);
                alone.add(92L);
                for (Instruction instruction : block.instructions()) {
                    for (DebugRecord record : instruction.debugRecords()) {
                        lines.add(new Edit(true, block, instruction, record));
                        keys.add(hash.of(record));
                        alone.add(hash.of(record));
                    }
                    lines.add(new Edit(true, block, instruction, null));
                    boolean debug = isDebugCall(instruction);
                    keys.add(debug ? hash.asDebugRecord((CallBase) instruction) : key(instruction, own));
                    alone.add(debug ? keys.get(keys.size() - 1) : own.getOrDefault(instruction, 0L));
                }
            }
            return new Lines(lines, array(keys), array(alone));
        }

        private static long[] array(List<Long> keys) {
            return keys.stream().mapToLong(Long::longValue).toArray();
        }

        private static boolean isDebugCall(Instruction instruction) {
            return instruction instanceof CallBase call
                    && (call.isIntrinsic("llvm.dbg.value")
                            || call.isIntrinsic("llvm.dbg.declare")
                            || call.isIntrinsic("llvm.dbg.assign")
                            || call.isIntrinsic("llvm.dbg.label"));
        }

        /** What an instruction does and what its operands do. */
        private static long key(Instruction instruction, IdentityHashMap<Value, Long> own) {
            long key = own.get(instruction);
            for (int i = 0; i < instruction.operandCount(); i++) {
                long operand = own.getOrDefault(instruction.operand(i), 0L);
                key = instruction instanceof Phi ? key + operand : Mix.of(key, operand);
            }
            return key;
        }
    }

    /** Between lines that are aligned, aligns by what the lines do themselves: what uses a changed result is not changed by that. */
    private void alignUsers() {
        int startA = 0;
        int startB = 0;
        for (int i = 0; i <= partner.length; i++) {
            int endB = i == partner.length ? after.own.length : partner[i];
            if (endB < 0) {
                continue;
            }
            if (i > startA && endB > startB) {
                int[] inside = SequenceAlignment.of(
                        Arrays.copyOfRange(before.own, startA, i), Arrays.copyOfRange(after.own, startB, endB));
                for (int j = 0; j < inside.length; j++) {
                    partner[startA + j] = inside[j] < 0 ? inside[j] : startB + inside[j];
                }
            }
            startA = i + 1;
            startB = endB + 1;
        }
    }

    private void pair(Value one, Value other) {
        forward.put(one, other);
        backward.put(other, one);
    }

    private void pairArguments(List<Argument> first, List<Argument> second) {
        for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
            pair(first.get(i), second.get(i));
        }
    }

    private void pairResults() {
        for (int i = 0; i < partner.length; i++) {
            if (partner[i] >= 0) {
                Edit one = before.lines.get(i);
                Edit other = after.lines.get(partner[i]);
                if (one.instruction() != null
                        && one.debugRecord() == null
                        && other.instruction() != null
                        && other.debugRecord() == null) {
                    pair(one.instruction(), other.instruction());
                }
            }
        }
    }

    /** Blocks belong together that have the most lines in common. */
    private void pairBlocks() {
        IdentityHashMap<BasicBlock, Map<BasicBlock, Integer>> votes = new IdentityHashMap<>();
        for (int i = 0; i < partner.length; i++) {
            if (partner[i] >= 0) {
                votes.computeIfAbsent(before.lines.get(i).block(), any -> new HashMap<>())
                        .merge(after.lines.get(partner[i]).block(), 2, Integer::sum);
            }
        }
        for (Edit line : before.lines) {
            if (line.instruction() == null) {
                BasicBlock best = null;
                int most = 0;
                for (Map.Entry<BasicBlock, Integer> vote :
                        votes.getOrDefault(line.block(), Map.of()).entrySet()) {
                    if (vote.getValue() > most && !backward.containsKey(vote.getKey())) {
                        most = vote.getValue();
                        best = vote.getKey();
                    }
                }
                if (best != null) {
                    pair(line.block(), best);
                }
            }
        }
    }

    private List<Edit> edits() {
        List<Edit> edits = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < partner.length; i++) {
            Edit line = before.lines.get(i);
            if (partner[i] < 0) {
                remove(line, edits);
                continue;
            }
            while (next < partner[i]) {
                insert(after.lines.get(next++), edits);
            }
            Edit other = after.lines.get(next++);
            boolean labels = line.instruction() == null || other.instruction() == null;
            if (labels || !agree(line, other)) {
                remove(line, edits);
                insert(other, edits);
            }
        }
        while (next < after.lines.size()) {
            insert(after.lines.get(next++), edits);
        }
        return edits;
    }

    /** Labels count as removed or inserted when their block has no partner, wherever the alignment has put them. */
    private void remove(Edit line, List<Edit> edits) {
        if (line.instruction() != null || !forward.containsKey(line.block())) {
            edits.add(line);
        }
    }

    private void insert(Edit line, List<Edit> edits) {
        if (line.instruction() != null || !backward.containsKey(line.block())) {
            edits.add(new Edit(false, line.block(), line.instruction(), line.debugRecord()));
        }
    }

    private boolean agree(Edit one, Edit other) {
        if (one.instruction() instanceof Phi phi
                && other.instruction() instanceof Phi counterpart
                && one.debugRecord() == null) {
            return agree(phi, counterpart);
        }
        List<Value> left = operands(one);
        List<Value> right = operands(other);
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!agree(left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Phis agree when they take the same from each predecessor; the order of the predecessors does not count. */
    private boolean agree(Phi one, Phi other) {
        if (one.incomingCount() != other.incomingCount()) {
            return false;
        }
        IdentityHashMap<BasicBlock, Deque<Integer>> places = new IdentityHashMap<>();
        for (int i = 0; i < other.incomingCount(); i++) {
            places.computeIfAbsent(other.incomingBlock(i), any -> new ArrayDeque<>())
                    .add(i);
        }
        for (int i = 0; i < one.incomingCount(); i++) {
            BasicBlock block = one.incomingBlock(i);
            Value same = forward.get(block);
            Deque<Integer> direct = same == null ? null : places.get(same);
            if (direct == null || direct.isEmpty()) {
                direct = places.entrySet().stream()
                        .filter(entry -> !entry.getValue().isEmpty() && agree(block, entry.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(null);
            }
            if (direct == null || !agree(one.incomingValue(i), other.incomingValue(direct.remove()))) {
                return false;
            }
        }
        return true;
    }

    /** The local values that a line reads, those in metadata too. */
    private static List<Value> operands(Edit line) {
        List<Value> locals = new ArrayList<>();
        if (line.debugRecord() != null) {
            line.debugRecord().operands().forEach(metadata -> addLocals(metadata, locals));
        } else if (line.instruction() != null) {
            for (Value operand : line.instruction().operands()) {
                if (operand instanceof MetadataAsValue(Metadata metadata)) {
                    addLocals(metadata, locals);
                } else if (isLocal(operand)) {
                    locals.add(operand);
                }
            }
        }
        return locals;
    }

    private static void addLocals(Metadata metadata, List<Value> locals) {
        switch (metadata) {
            case ValueAsMetadata(Value value) when isLocal(value) -> locals.add(value);
            case DIArgList(List<ValueAsMetadata> arguments) ->
                arguments.forEach(argument -> addLocals(argument, locals));
            default -> {}
        }
    }

    private static boolean isLocal(Value value) {
        return value instanceof Instruction || value instanceof Argument || value instanceof BasicBlock;
    }

    private boolean agree(Value one, Value other) {
        if (!isLocal(one) || !isLocal(other)) {
            return beforeHash.operand(one) == afterHash.operand(other);
        }
        Value expected = forward.get(one);
        if (expected == other) {
            return true;
        }
        if (one instanceof BasicBlock from && other instanceof BasicBlock to) {
            return leadToTheSame(from, to);
        }
        if (expected == null && !backward.containsKey(other) && one.type().equals(other.type())) {
            // The one was replaced by the other; that is told once, where they are defined.
            pair(one, other);
            return true;
        }
        return false;
    }

    /** Whether blocks that are in one body only stand in an edge whose ends both bodies have. */
    private boolean leadToTheSame(BasicBlock from, BasicBlock to) {
        for (BasicBlock end : ends(from, forward)) {
            if (ends(to, backward).contains(forward.get(end))) {
                return true;
            }
        }
        return ends(to, backward).stream().anyMatch(end -> comesFrom(to, from)) || comesFrom(to, from);
    }

    /** The blocks with a partner that a block leads to through blocks without one; the block itself when it has one. */
    private static List<BasicBlock> ends(BasicBlock start, IdentityHashMap<Value, Value> partners) {
        List<BasicBlock> ends = new ArrayList<>();
        IdentityHashMap<BasicBlock, Boolean> seen = new IdentityHashMap<>();
        Deque<BasicBlock> pending = new ArrayDeque<>(List.of(start));
        while (!pending.isEmpty() && seen.size() < FURTHEST) {
            BasicBlock block = pending.pop();
            if (seen.put(block, true) == null) {
                if (partners.containsKey(block)) {
                    ends.add(block);
                } else if (block.last() instanceof Terminator terminator) {
                    terminator.successors().forEach(pending::push);
                }
            }
        }
        return ends;
    }

    /** Whether an inserted block is reached from the partner of another one through inserted blocks alone, as in a phi. */
    private boolean comesFrom(BasicBlock inserted, BasicBlock origin) {
        Value start = forward.get(origin);
        if (!(start instanceof BasicBlock first) || backward.containsKey(inserted)) {
            return false;
        }
        IdentityHashMap<BasicBlock, Boolean> seen = new IdentityHashMap<>();
        Deque<BasicBlock> pending = new ArrayDeque<>(successors(first));
        while (!pending.isEmpty() && seen.size() < FURTHEST) {
            BasicBlock block = pending.pop();
            if (block == inserted) {
                return true;
            }
            if (!backward.containsKey(block) && seen.put(block, true) == null) {
                pending.addAll(successors(block));
            }
        }
        return false;
    }

    private static List<BasicBlock> successors(@Nullable BasicBlock block) {
        return block != null && block.last() instanceof Terminator terminator ? terminator.successors() : List.of();
    }
}
