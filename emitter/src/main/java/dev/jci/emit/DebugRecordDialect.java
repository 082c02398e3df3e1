package dev.jci.emit;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.DebugRecord;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.IntegerType;
import dev.jci.ir.MDNode;
import dev.jci.ir.Metadata;
import dev.jci.ir.Module;
import dev.jci.ir.SimpleConstant;
import dev.jci.ir.ValueAsMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Debug records, which LLVM 19 brought. Before, a record was a call of {@code llvm.dbg.value} and its sisters that took the same
 * operands, with the location attached.
 */
final class DebugRecordDialect {
    private static final int RECORDS = 19;
    private static final int ASSIGN = 16;
    private static final int DECLARE_VALUE = 22;

    private final Module module;
    private final Dialect dialect;

    DebugRecordDialect(Module module, Dialect dialect) {
        this.module = module;
        this.dialect = dialect;
    }

    /** Whether records are printed as calls. */
    boolean becomeCalls() {
        return dialect.lacks(RECORDS);
    }

    /** Whether the LLVM printed for has records of that kind. */
    boolean has(String kind) {
        return !(kind.equals("declare_value") && dialect.lacks(DECLARE_VALUE));
    }

    /** The intrinsic that says what a record of that kind says, null when there is none. An assignment also is a value. */
    @Nullable
    String intrinsic(String kind) {
        return switch (kind) {
            case "value", "declare", "label" -> "llvm.dbg." + kind;
            case "assign" -> dialect.lacks(ASSIGN) ? "llvm.dbg.value" : "llvm.dbg.assign";
            default -> null;
        };
    }

    /** Whether the LLVM printed for understands the expressions among the operands. */
    boolean understands(List<? extends Metadata> operands) {
        for (Metadata operand : operands) {
            if (operand instanceof MDNode node
                    && node.is("DIExpression")
                    && !dialect.debugInfo().has(node)) {
                dialect.rewritten("a location that cannot be described", "an unknown one");
                return false;
            }
        }
        return true;
    }

    /** Operands that say that the value is not known from here on. */
    List<Metadata> unknown(List<Metadata> operands) {
        List<Metadata> unknown = new ArrayList<>(operands);
        unknown.set(0, new ValueAsMetadata(SimpleConstant.undef(IntegerType.I1)));
        unknown.replaceAll(operand -> operand instanceof MDNode node && node.is("DIExpression")
                ? MDNode.specialized("DIExpression")
                : operand);
        return unknown;
    }

    /** The number of arguments of one of these intrinsics. */
    static int arguments(String intrinsic) {
        return switch (intrinsic) {
            case "llvm.dbg.label" -> 1;
            case "llvm.dbg.assign" -> 6;
            default -> 3;
        };
    }

    /** The declarations of the intrinsics that records become and the module does not declare. */
    List<String> declarations() {
        if (!becomeCalls()) {
            return List.of();
        }
        Set<String> needed = new TreeSet<>();
        for (Function function : module.functions()) {
            for (BasicBlock block : function.blocks()) {
                for (Instruction at = block.first(); at != null; at = at.next()) {
                    for (DebugRecord record : at.debugRecords()) {
                        String intrinsic = intrinsic(record.kind());
                        if (intrinsic != null && module.find(intrinsic) == null) {
                            needed.add(intrinsic);
                        }
                    }
                }
            }
        }
        return needed.stream()
                .map(name -> "declare void @" + name + "(metadata" + ", metadata".repeat(arguments(name) - 1) + ")")
                .toList();
    }
}
