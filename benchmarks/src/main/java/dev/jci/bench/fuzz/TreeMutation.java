package dev.jci.bench.fuzz;

import dev.jci.grammar.LlvmIrReader;
import dev.jci.grammar.ReadResult;
import dev.jci.ir.Attribute;
import dev.jci.ir.AttributeSet;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.CallBase;
import dev.jci.ir.Constant;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionAttributes;
import dev.jci.ir.GlobalValue;
import dev.jci.ir.Instruction;
import dev.jci.ir.InstructionCloner;
import dev.jci.ir.IntegerType;
import dev.jci.ir.Linkage;
import dev.jci.ir.MDInteger;
import dev.jci.ir.MDNode;
import dev.jci.ir.MDNull;
import dev.jci.ir.MDOperand;
import dev.jci.ir.MDString;
import dev.jci.ir.Module;
import dev.jci.ir.SimpleConstant;
import dev.jci.ir.SourceText;
import dev.jci.ir.SpecialType;
import dev.jci.ir.Terminator;
import dev.jci.ir.ThreadLocalMode;
import dev.jci.ir.Type;
import dev.jci.ir.UnnamedAddr;
import dev.jci.ir.Value;
import dev.jci.ir.Visibility;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Changes modules in memory as a pass with defects would: operands, attributes and metadata are exchanged, instructions and blocks
 * are left out, doubled and moved, and bodies are copied from function to function. The verifier has to find what is wrong then.
 */
final class TreeMutation {
    private static final int MOST_CHANGES = 4;

    private final SplittableRandom random;
    private final Module module;
    private final List<Function> bodies = new ArrayList<>();
    private final List<GlobalValue> globals = new ArrayList<>();

    private TreeMutation(Module module, SplittableRandom random) {
        this.random = random;
        this.module = module;
        for (Function function : module.functions()) {
            if (!function.isDeclaration()) {
                bodies.add(function);
            }
        }
        globals.addAll(module.functions());
        globals.addAll(module.globals());
        globals.addAll(module.aliases());
        globals.addAll(module.ifuncs());
    }

    /** A module with one to four changes; null when the file drawn is no module. */
    static @Nullable Module mutate(Corpus corpus, SplittableRandom random) {
        if (!(LlvmIrReader.read(new SourceText("seed.ll", corpus.draw(random))) instanceof ReadResult.Success read)) {
            return null;
        }
        TreeMutation mutation = new TreeMutation(read.module(), random);
        for (int i = random.nextInt(1, MOST_CHANGES + 1); i > 0; i--) {
            mutation.change();
        }
        return read.module();
    }

    private void change() {
        if (bodies.isEmpty() || random.nextInt(8) == 0) {
            changeGlobal();
            return;
        }
        Function function = pick(bodies);
        List<Instruction> instructions = instructions(function);
        if (instructions.isEmpty()) {
            return;
        }
        Instruction instruction = pick(instructions);
        Instruction other = pick(instructions);
        switch (random.nextInt(14)) {
            case 0, 1, 2, 3 -> changeOperand(instruction, other, function);
            case 4 -> replaceAndRemove(instruction, function);
            case 5 -> copyBefore(instruction, other);
            case 6 -> move(instruction, other);
            case 7 -> changeMetadata(instruction, other);
            case 8 -> changeAttributes(instruction, function);
            case 9 -> moveBlock(instruction, function);
            case 10 -> split(instruction);
            case 11 -> removeBlock(instruction, function);
            case 12 -> copyBody(function, pick(bodies));
            default -> changeNode();
        }
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static List<Instruction> instructions(Function function) {
        List<Instruction> all = new ArrayList<>();
        for (BasicBlock block : function.blocks()) {
            block.instructions().forEach(all::add);
        }
        return all;
    }

    /** Puts a value of the same type in, mostly, that may be defined elsewhere, or else a value of any type. */
    private void changeOperand(Instruction instruction, Instruction other, Function function) {
        if (instruction.operandCount() == 0) {
            return;
        }
        int at = random.nextInt(instruction.operandCount());
        Value old = instruction.operand(at);
        List<Value> candidates = new ArrayList<>();
        if (old instanceof BasicBlock) {
            function.blocks().forEach(candidates::add);
        } else if (random.nextInt(6) != 0) {
            for (Instruction one : instructions(function)) {
                if (one.type().equals(old.type())) {
                    candidates.add(one);
                }
            }
            function.arguments().stream()
                    .filter(argument -> argument.type().equals(old.type()))
                    .forEach(candidates::add);
            globals.stream().filter(global -> global.type().equals(old.type())).forEach(candidates::add);
            if (old.type().isFirstClass() && !(old.type() instanceof SpecialType)) {
                candidates.add(constant(old.type()));
            }
            candidates.add(old);
        } else if (other.operandCount() > 0) {
            candidates.add(other.operand(random.nextInt(other.operandCount())));
        } else {
            candidates.add(other);
        }
        instruction.setOperand(at, pick(candidates));
    }

    private Constant constant(Type type) {
        if (type instanceof IntegerType integer && random.nextBoolean()) {
            return ConstantInt.of(integer, random.nextLong() >> random.nextInt(64));
        }
        return switch (random.nextInt(5)) {
            case 0 -> SimpleConstant.undef(type);
            case 1 -> SimpleConstant.zero(type);
            default -> SimpleConstant.poison(type);
        };
    }

    private void replaceAndRemove(Instruction instruction, Function function) {
        if (instruction.hasResult() && random.nextInt(4) != 0) {
            Constant poison = SimpleConstant.poison(instruction.type());
            instructions(function).forEach(user -> user.replaceOperand(instruction, poison));
        }
        instruction.remove();
    }

    private static void copyBefore(Instruction instruction, Instruction place) {
        BasicBlock block = place.parent();
        if (block != null) {
            Instruction copied = copy(instruction);
            if (copied != null) {
                block.insertBefore(copied, place);
            }
        }
    }

    /** A copy; null when an earlier change made it an instruction that nobody can make. */
    private static @Nullable Instruction copy(Instruction instruction) {
        try {
            return InstructionCloner.copy(instruction);
        } catch (IllegalArgumentException impossible) {
            return null;
        }
    }

    private static void move(Instruction instruction, Instruction place) {
        BasicBlock block = place.parent();
        if (block != null && instruction != place) {
            instruction.remove();
            block.insertBefore(instruction, place);
        }
    }

    private void changeMetadata(Instruction instruction, Instruction other) {
        if (random.nextBoolean()) {
            instruction.setAttachments(other.attachments());
        } else if (!module.metadata().isEmpty()) {
            String[] kinds = {"dbg", "prof", "range", "tbaa", "nonnull", "align", "unknown.kind", "noalias", "srcloc"};
            instruction.attach(kinds[random.nextInt(kinds.length)], pick(module.metadata()));
        }
    }

    /** Attributes stand where the reader lets them stand: what applies where is not the verifier's business. */
    private AttributeSet valueAttributes() {
        return AttributeSet.of(
                switch (random.nextInt(4)) {
                    case 0 -> new Attribute.Word(random.nextBoolean() ? "noundef" : "noalias");
                    case 1 -> new Attribute.Word(random.nextBoolean() ? "signext" : "nonnull");
                    case 2 -> new Attribute.Numbered("align", 1L << random.nextInt(34));
                    default -> new Attribute.Text("key", random.nextBoolean() ? "" : "value");
                });
    }

    private Attribute functionAttribute() {
        return switch (random.nextInt(3)) {
            case 0 -> new Attribute.Word(random.nextBoolean() ? "noreturn" : "alwaysinline");
            case 1 -> new Attribute.WithArguments("memory", "argmem: read");
            default -> new Attribute.Text("key", random.nextBoolean() ? "" : "value");
        };
    }

    private void changeAttributes(Instruction instruction, Function function) {
        if (instruction instanceof CallBase call) {
            switch (random.nextInt(3)) {
                case 0 -> call.setReturnAttributes(valueAttributes());
                case 1 -> call.setAttributes(new FunctionAttributes(AttributeSet.of(functionAttribute()), List.of()));
                default -> {
                    List<AttributeSet> all = new ArrayList<>();
                    for (int i = 0; i < call.argumentCount(); i++) {
                        all.add(random.nextBoolean() ? valueAttributes() : call.argumentAttributes(i));
                    }
                    call.setArgumentAttributes(all);
                }
            }
        } else if (random.nextBoolean()) {
            function.setAttributes(function.attributes().with(functionAttribute()));
        } else {
            function.setReturnAttributes(valueAttributes());
        }
    }

    private void moveBlock(Instruction instruction, Function function) {
        BasicBlock block = instruction.parent();
        BasicBlock last = function.lastBlock();
        if (block != null && last != null && block != last) {
            function.remove(block);
            if (random.nextBoolean()) {
                function.insertBefore(block, last);
            } else {
                function.append(block);
            }
        }
    }

    private static void split(Instruction instruction) {
        BasicBlock block = instruction.parent();
        if (block != null && !(instruction instanceof dev.jci.ir.Phi)) {
            block.splitBefore(instruction, "split");
        }
    }

    private static void removeBlock(Instruction instruction, Function function) {
        BasicBlock block = instruction.parent();
        if (block != null && function.blockCount() > 1) {
            function.remove(block);
        }
    }

    /** Appends a copy of the blocks of one function to another; values that it does not have become poison. */
    private static void copyBody(Function to, Function from) {
        Map<Value, Value> copies = new HashMap<>();
        List<BasicBlock> blocks = new ArrayList<>();
        from.blocks().forEach(blocks::add);
        for (BasicBlock block : blocks) {
            BasicBlock copy = new BasicBlock(null);
            copies.put(block, copy);
            to.append(copy);
            for (Instruction instruction : block.instructions()) {
                Instruction copied = copy(instruction);
                if (copied != null) {
                    copies.put(instruction, copied);
                    copy.append(copied);
                }
            }
        }
        for (BasicBlock block : blocks) {
            BasicBlock copy = (BasicBlock) copies.get(block);
            for (Instruction instruction : copy.instructions()) {
                InstructionCloner.remap(instruction, value -> {
                    Value copied = copies.get(value);
                    boolean foreign = copied == null && value instanceof dev.jci.ir.Argument && to != from;
                    return foreign ? SimpleConstant.poison(value.type()) : copied == null ? value : copied;
                });
            }
        }
    }

    private void changeNode() {
        if (module.metadata().isEmpty()) {
            return;
        }
        MDNode node = pick(module.metadata());
        if (node.operandCount() == 0) {
            node.setDistinct(!node.isDistinct());
            return;
        }
        MDNode other = pick(module.metadata());
        MDOperand replacement = switch (random.nextInt(5)) {
            case 0 -> MDNull.NULL;
            case 1 -> new MDInteger(random.nextLong() >> random.nextInt(64));
            case 2 -> new MDString("text");
            case 3 -> other.operandCount() > 0 ? other.operand(random.nextInt(other.operandCount())) : other;
            default -> other;
        };
        node.operands().set(random.nextInt(node.operandCount()), replacement);
    }

    private void changeGlobal() {
        if (globals.isEmpty()) {
            return;
        }
        GlobalValue global = pick(globals);
        switch (random.nextInt(7)) {
            case 0 -> global.setLinkage(pick(List.of(Linkage.values())));
            case 1 -> global.setVisibility(pick(List.of(Visibility.values())));
            case 2 -> global.setUnnamedAddr(pick(List.of(UnnamedAddr.values())));
            case 3 -> global.setThreadLocalMode(pick(List.of(ThreadLocalMode.values())));
            case 4 -> global.setAttachments(pick(globals).attachments());
            case 5 -> {
                GlobalValue other = pick(globals);
                if (global instanceof dev.jci.ir.GlobalVariable variable && other != global) {
                    variable.setInitializer(other);
                }
            }
            default -> {
                if (global instanceof Function function && !function.isDeclaration()) {
                    for (BasicBlock block : function.blocks()) {
                        Instruction last = block.last();
                        if (last instanceof Terminator && random.nextInt(3) == 0) {
                            block.remove(last);
                            block.append(
                                    function.functionType().result() == SpecialType.VOID
                                            ? new dev.jci.ir.Ret(null)
                                            : new dev.jci.ir.Unreachable());
                        }
                    }
                }
            }
        }
    }
}
