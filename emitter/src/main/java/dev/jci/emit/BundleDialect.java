package dev.jci.emit;

import dev.jci.ir.CallBase;
import dev.jci.ir.OperandBundle;
import java.util.List;

/**
 * Operand bundles that newer LLVMs added. Those of {@code llvm.assume} only promise something and are dropped; others are part of what a
 * call does and are refused.
 */
final class BundleDialect {
    private final Dialect dialect;

    BundleDialect(Dialect dialect) {
        this.dialect = dialect;
    }

    /** The bundles that the LLVM printed for knows. */
    List<OperandBundle> keptIn(CallBase call) {
        List<OperandBundle> bundles = call.bundles();
        if (bundles.isEmpty() || dialect.isAsWritten()) {
            return bundles;
        }
        if (call.isIntrinsic("llvm.assume")) {
            return bundles.stream()
                    .filter(bundle -> !dialect.drops(sinceAssumed(bundle.tag()), "an assumption " + bundle.tag()))
                    .toList();
        }
        for (OperandBundle bundle : bundles) {
            dialect.require(since(bundle.tag()), "the operand bundle " + bundle.tag(), call.position());
        }
        return bundles;
    }

    private static int sinceAssumed(String tag) {
        return tag.equals("separate_storage") ? 17 : AttributeDialect.since(tag);
    }

    private static int since(String tag) {
        return switch (tag) {
            case "ptrauth" -> 15;
            case "kcfi" -> 16;
            case "convergencectrl" -> 17;
            case "deactivation-symbol" -> 22;
            default -> 0;
        };
    }
}
