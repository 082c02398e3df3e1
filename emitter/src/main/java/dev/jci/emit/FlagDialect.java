package dev.jci.emit;

import dev.jci.ir.Flags;
import dev.jci.ir.StructType;
import dev.jci.ir.Type;
import java.util.List;

/** Flag words of instructions. All of them only promise something, so those that an LLVM does not know are dropped. */
final class FlagDialect {
    private static final int STRUCTURES = 20;

    private final Dialect dialect;

    FlagDialect(Dialect dialect) {
        this.dialect = dialect;
    }

    /** The flags that the LLVM printed for knows at that opcode. */
    Flags keptIn(String opcode, Flags flags) {
        if (dialect.isAsWritten() || flags.isEmpty()) {
            return flags;
        }
        List<String> kept = flags.words().stream()
                .filter(word -> !dialect.drops(since(opcode, word), opcode + " " + word))
                .toList();
        return kept.size() == flags.words().size() ? flags : new Flags(kept);
    }

    /** The fast-math flags that the LLVM printed for knows at an operation with a result of that type. */
    Flags keptIn(String opcode, Flags flags, Type result) {
        boolean ofStructure = result instanceof StructType && !flags.isEmpty();
        return ofStructure && dialect.drops(STRUCTURES, "flags of " + opcode + " with a structure as result")
                ? Flags.NONE
                : keptIn(opcode, flags);
    }

    /** The first LLVM that has the flag at that opcode; 0 when all have it. */
    private static int since(String opcode, String word) {
        return switch (opcode) {
            case "zext", "or" -> 18;
            case "trunc", "uitofp" -> 19;
            case "icmp" -> 20;
            case "fptrunc", "fpext" -> 20;
            case "getelementptr" -> word.equals("inbounds") ? 0 : 19;
            default -> 0;
        };
    }
}
