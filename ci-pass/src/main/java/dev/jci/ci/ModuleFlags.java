package dev.jci.ci;

import dev.jci.ir.ConstantInt;
import dev.jci.ir.MDNode;
import dev.jci.ir.MDString;
import dev.jci.ir.Module;
import dev.jci.ir.NamedMetadata;
import dev.jci.ir.ValueAsMetadata;

/** What a module says of how it was compiled (LangRef, "Module Flags Metadata"). */
final class ModuleFlags {
    private ModuleFlags() {}

    /** The value of a flag that is a number; 0 when there is no such flag. */
    static long number(Module module, String name) {
        NamedMetadata flags = module.namedMetadata().get("llvm.module.flags");
        if (flags == null) {
            return 0;
        }
        for (MDNode flag : flags.operands()) {
            if (flag.operandCount() == 3
                    && flag.operand(1) instanceof MDString key
                    && key.bytes().equals(name)
                    && flag.operand(2) instanceof ValueAsMetadata value
                    && value.value() instanceof ConstantInt number
                    && number.fitsLong()) {
                return number.longValue();
            }
        }
        return 0;
    }
}
