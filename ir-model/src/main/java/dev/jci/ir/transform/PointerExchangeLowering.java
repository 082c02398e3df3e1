package dev.jci.ir.transform;

import dev.jci.ir.AtomicRMW;
import dev.jci.ir.Cast;
import dev.jci.ir.CastOpcode;
import dev.jci.ir.DataLayout;
import dev.jci.ir.Flags;
import dev.jci.ir.Instruction;
import dev.jci.ir.IntegerType;
import dev.jci.ir.Module;
import dev.jci.ir.PointerType;
import dev.jci.ir.Type;
import dev.jci.ir.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Rewrites {@code atomicrmw xchg} of a pointer (LLVM 15 and later) as one of an integer of the same size, which LLVM itself does before
 * instruction selection where a target has no other.
 */
public final class PointerExchangeLowering {
    private PointerExchangeLowering() {}

    /**
     * Rewrites the instructions in place; those of pointers that are more than a number stay.
     *
     * @param module the module
     * @param rewrites is told of each instruction
     */
    public static void lower(Module module, Rewrites rewrites) {
        DataLayout layout = DataLayout.of(module);
        String text = String.valueOf(module.dataLayout());
        InstructionReplacement.everywhere(
                module,
                instruction -> instruction instanceof AtomicRMW exchange
                                && exchange.value().type() instanceof PointerType pointer
                                && (pointer.addressSpace() == 0 || !text.contains("ni:"))
                        ? instead(exchange, pointer, IntegerType.of(layout.pointerBits(pointer.addressSpace())))
                        : List.of(),
                "atomicrmw xchg of pointers as one of integers",
                rewrites);
    }

    private static List<Instruction> instead(AtomicRMW exchange, PointerType pointer, IntegerType number) {
        List<Instruction> instead = new ArrayList<>();
        Instruction value = new Cast(CastOpcode.PTRTOINT, Flags.NONE, exchange.value(), number);
        instead.add(value);
        Value address = exchange.pointer();
        Type slot = address.type();
        if (slot instanceof PointerType typed && !typed.isOpaque()) {
            Instruction cast =
                    new Cast(CastOpcode.BITCAST, Flags.NONE, address, PointerType.to(number, typed.addressSpace()));
            instead.add(cast);
            address = cast;
        }
        AtomicRMW numbers = new AtomicRMW(
                address,
                value,
                exchange.operation(),
                exchange.isVolatile(),
                exchange.syncScope(),
                exchange.ordering(),
                exchange.alignment());
        numbers.setAttachments(exchange.attachments());
        instead.add(numbers);
        instead.add(new Cast(CastOpcode.INTTOPTR, Flags.NONE, numbers, pointer));
        return instead;
    }
}
