package dev.jci.ir.transform;

import dev.jci.ir.AggregateTypes;
import dev.jci.ir.ArrayType;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.CallBr;
import dev.jci.ir.CatchSwitch;
import dev.jci.ir.Constant;
import dev.jci.ir.ConstantExpr;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.DIArgList;
import dev.jci.ir.DebugRecord;
import dev.jci.ir.ExceptionPad;
import dev.jci.ir.Function;
import dev.jci.ir.GetElementPtr;
import dev.jci.ir.GlobalAlias;
import dev.jci.ir.GlobalIFunc;
import dev.jci.ir.GlobalVariable;
import dev.jci.ir.IndirectBr;
import dev.jci.ir.Instruction;
import dev.jci.ir.LandingPad;
import dev.jci.ir.MDNode;
import dev.jci.ir.MDString;
import dev.jci.ir.Metadata;
import dev.jci.ir.MetadataAsValue;
import dev.jci.ir.Module;
import dev.jci.ir.NamedStruct;
import dev.jci.ir.Phi;
import dev.jci.ir.ShuffleVector;
import dev.jci.ir.StructType;
import dev.jci.ir.Switch;
import dev.jci.ir.Type;
import dev.jci.ir.Value;
import dev.jci.ir.ValueAsMetadata;
import dev.jci.ir.VectorType;
import java.util.IdentityHashMap;
import java.util.function.Predicate;

/**
 * Rewrites constant expressions that an LLVM does not have, or has no longer, as instructions.
 *
 * <p>An expression is first computed, where its value follows from LangRef alone. What is left becomes instructions right before the
 * instruction that uses it, and of a phi at the end of the block that the value comes from; an expression or an aggregate around it becomes
 * instructions too. An instruction that may trap is executed only where its user was: for a phi the edge is split.
 *
 * <p>What cannot be rewritten stays as it was, for the printer to refuse: expressions in initializers, clauses of landing pads and other
 * places that take only constants, and those that may trap on edges that cannot be split.
 *
 * <p>In metadata operands, which only describe the program to a debugger, {@code poison} takes the place of what cannot be computed.
 */
public final class ConstantExpressionLowering {
    private final ConstantExpressions expressions;
    private final Rewrites rewrites;

    private ConstantExpressionLowering(ConstantExpressions expressions, Rewrites rewrites) {
        this.expressions = expressions;
        this.rewrites = rewrites;
    }

    /**
     * Rewrites the expressions in place.
     *
     * @param module the module
     * @param unwanted which expressions, looked at alone, are to go
     * @param rewrites is told of each operand or initializer
     */
    public static void lower(Module module, Predicate<ConstantExpr> unwanted, Rewrites rewrites) {
        ConstantExpressionLowering lowering =
                new ConstantExpressionLowering(new ConstantExpressions(unwanted), rewrites);
        boolean changed = lowering.globals(module);
        for (Function function : module.functions()) {
            boolean rewritten = lowering.function(function);
            changed |= rewritten;
            if (rewritten) {
                // They say how often each value is used, which is no longer true.
                function.useListOrders().clear();
            }
        }
        if (changed) {
            module.useListOrders().clear();
        }
    }

    private boolean globals(Module module) {
        boolean changed = false;
        for (GlobalVariable variable : module.globals()) {
            Constant initializer = variable.initializer();
            if (initializer != null && expressions.concerns(initializer)) {
                variable.setInitializer(computed(initializer, variable.position()));
                changed = true;
            }
        }
        for (GlobalAlias alias : module.aliases()) {
            Constant aliasee = alias.aliasee();
            if (aliasee != null && expressions.concerns(aliasee)) {
                alias.setAliasee(computed(aliasee, alias.position()));
                changed = true;
            }
        }
        for (GlobalIFunc ifunc : module.ifuncs()) {
            Constant resolver = ifunc.resolver();
            if (resolver != null && expressions.concerns(resolver)) {
                ifunc.setResolver(computed(resolver, ifunc.position()));
                changed = true;
            }
        }
        return changed;
    }

    /** The expression as far as its value follows from LangRef; notes it when that is all of it. */
    private Constant computed(Constant constant, int position) {
        Constant computed = expressions.computed(constant);
        if (!expressions.concerns(computed)) {
            rewrites.note("constant expressions as their values", position);
        }
        return computed;
    }

    /** The value of what instructions in front of one compute. */
    private Value instructions(Constant constant, Instruction user, Instruction before) {
        rewrites.note("constant expressions as instructions", user.position());
        return expressions.instructions(constant, before);
    }

    private boolean function(Function function) {
        boolean changed = clauses(function);
        for (BasicBlock block : function.blocks()) {
            for (Instruction instruction : block.instructions()) {
                if (instruction instanceof Phi phi) {
                    splitWhereItMayTrap(phi);
                    changed |= phi(function, phi);
                } else {
                    changed |= operands(function, instruction);
                }
                debugRecords(instruction);
            }
        }
        return changed;
    }

    private boolean clauses(Function function) {
        boolean changed = false;
        Constant prefix = function.prefixData();
        if (prefix != null && expressions.concerns(prefix)) {
            function.setPrefixData(computed(prefix, function.position()));
            changed = true;
        }
        Constant prologue = function.prologueData();
        if (prologue != null && expressions.concerns(prologue)) {
            function.setPrologueData(computed(prologue, function.position()));
            changed = true;
        }
        Constant personality = function.personality();
        if (personality != null && expressions.concerns(personality)) {
            function.setPersonality(computed(personality, function.position()));
            changed = true;
        }
        return changed;
    }

    private boolean operands(Function function, Instruction user) {
        boolean changed = false;
        for (int i = 0; i < user.operandCount(); i++) {
            Value operand = user.operand(i);
            if (operand instanceof Constant constant && expressions.concerns(constant)) {
                user.setOperand(i, rewritten(function, user, i, constant));
                changed = true;
            } else if (operand instanceof MetadataAsValue wrapper) {
                Metadata described = described(wrapper.metadata());
                if (described != wrapper.metadata()) {
                    user.setOperand(i, new MetadataAsValue(described));
                    changed = true;
                }
            }
        }
        return changed;
    }

    private Value rewritten(Function function, Instruction user, int operand, Constant constant) {
        Constant computed = computed(constant, user.position());
        if (!expressions.concerns(computed) || takesOnlyConstants(user, operand)) {
            return computed;
        }
        return user instanceof ExceptionPad
                ? atBeginning(function, computed, user)
                : instructions(computed, user, user);
    }

    /** For where no instruction may stand: the beginning of the function does as well for what cannot trap. */
    private Value atBeginning(Function function, Constant constant, Instruction user) {
        Instruction beginning = function.entry().firstInsertionPoint();
        return beginning == null || expressions.mayTrap(constant) ? constant : instructions(constant, user, beginning);
    }

    private static boolean takesOnlyConstants(Instruction user, int operand) {
        return switch (user) {
            case LandingPad pad -> true;
            case Switch it -> operand > 0;
            case ShuffleVector shuffle -> operand == 2;
            case GetElementPtr pointer -> operand > 1 && isStructIndex(pointer, operand);
            default -> false;
        };
    }

    /** Whether an index chooses an element of a structure, which only a constant can. */
    private static boolean isStructIndex(GetElementPtr pointer, int operand) {
        Type at = pointer.sourceElementType();
        for (int i = 2; i < operand; i++) {
            at = switch (at) {
                case ArrayType array -> array.element();
                case VectorType vector -> vector.element();
                default ->
                    AggregateTypes.element(
                            at, pointer.operand(i) instanceof ConstantInt number ? number.longValue() : 0);
            };
        }
        return at instanceof StructType || at instanceof NamedStruct;
    }

    /** Makes a block for each edge on which something may trap, when other edges leave from the same block. */
    private void splitWhereItMayTrap(Phi phi) {
        BasicBlock block = phi.parent();
        if (block == null) {
            return;
        }
        for (int i = 0; i < phi.incomingCount(); i++) {
            if (phi.incomingValue(i) instanceof Constant constant
                    && expressions.concerns(constant)
                    && expressions.mayTrap(expressions.computed(constant))
                    && !block.isPad()
                    && hasOtherWays(phi.incomingBlock(i), block)
                    && canSplit(phi.incomingBlock(i))) {
                phi.incomingBlock(i).splitEdge(block, null);
                // Edges are in another order now.
                i = -1;
            }
        }
    }

    private static boolean hasOtherWays(BasicBlock from, BasicBlock to) {
        return from.terminator().successors().stream().anyMatch(successor -> successor != to);
    }

    private static boolean canSplit(BasicBlock from) {
        return !(from.last() instanceof IndirectBr) && !(from.last() instanceof CallBr);
    }

    /** Edges from one block bring the same value, so they share the instructions. */
    private boolean phi(Function function, Phi phi) {
        boolean changed = false;
        IdentityHashMap<BasicBlock, Value> made = new IdentityHashMap<>();
        for (int i = 0; i < phi.incomingCount(); i++) {
            if (phi.incomingValue(i) instanceof Constant constant && expressions.concerns(constant)) {
                BasicBlock from = phi.incomingBlock(i);
                Value value = made.get(from);
                if (value == null) {
                    value = onEdge(function, from, phi, computed(constant, phi.position()));
                    made.put(from, value);
                }
                phi.setOperand(2 * i, value);
                changed = true;
            }
        }
        return changed;
    }

    private Value onEdge(Function function, BasicBlock from, Phi phi, Constant constant) {
        if (!expressions.concerns(constant)) {
            return constant;
        }
        Instruction end = from.terminator().asInstruction();
        if (end instanceof CatchSwitch) {
            return atBeginning(function, constant, phi);
        }
        BasicBlock to = phi.parent();
        return expressions.mayTrap(constant) && to != null && hasOtherWays(from, to)
                ? constant
                : instructions(constant, phi, end);
    }

    private void debugRecords(Instruction instruction) {
        for (DebugRecord record : instruction.debugRecords()) {
            record.operands().replaceAll(this::described);
        }
    }

    private Metadata described(Metadata metadata) {
        return switch (metadata) {
            case ValueAsMetadata wrapped -> described(wrapped);
            case DIArgList list ->
                list.arguments().stream().noneMatch(argument -> described(argument) != argument)
                        ? list
                        : new DIArgList(
                                list.arguments().stream().map(this::described).toList());
            case MDNode node -> node;
            case MDString string -> string;
        };
    }

    private ValueAsMetadata described(ValueAsMetadata wrapped) {
        return wrapped.value() instanceof Constant constant && expressions.concerns(constant)
                ? new ValueAsMetadata(expressions.forDebugger(constant))
                : wrapped;
    }
}
