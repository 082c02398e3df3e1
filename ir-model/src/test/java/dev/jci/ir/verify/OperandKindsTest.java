package dev.jci.ir.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.Argument;
import dev.jci.ir.AttributeSet;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.Call;
import dev.jci.ir.CallSite;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.Diagnostic;
import dev.jci.ir.Flags;
import dev.jci.ir.Freeze;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionType;
import dev.jci.ir.Instruction;
import dev.jci.ir.IntegerType;
import dev.jci.ir.IrBuilder;
import dev.jci.ir.Module;
import dev.jci.ir.PointerType;
import dev.jci.ir.SpecialType;
import dev.jci.ir.Switch;
import dev.jci.ir.TailCallKind;
import dev.jci.ir.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operands that no text can give an instruction, but a pass can; found by fuzzing. */
class OperandKindsTest {
    private final Module module = new Module();
    private final Function function = IrBuilder.define(
            module, "f", FunctionType.of(SpecialType.VOID, IntegerType.I32, PointerType.OPAQUE), (function, at) -> {
                BasicBlock end = at.newBlock("end");
                at.load(IntegerType.I32, function.arguments().get(1));
                at.switchOn(function.arguments().get(0), end, List.of(new Switch.Case(ConstantInt.i32(1), end)));
                at.moveTo(end).retVoid();
            });

    private String complaint(int instruction, int operand, Value value) {
        Instruction at = function.entry().first();
        for (int i = 0; i < instruction && at != null; i++) {
            at = at.next();
        }
        assertThat(at).isNotNull();
        at.setOperand(operand, value);
        List<Diagnostic> found = Verifier.verify(module);
        assertThat(found).hasSize(1);
        return found.get(0).message();
    }

    @Test
    void theFunctionIsValid() {
        assertThat(Verifier.verify(module)).isEmpty();
    }

    @Test
    void anInstructionWithoutResultIsNoOperand() {
        Instruction ret = function.lastBlock().last();
        assertThat(complaint(0, 0, ret)).isEqualTo("Instruction operands must be first-class values!");
    }

    @Test
    void onlyAPointerCanBeLoadedFrom() {
        assertThat(complaint(0, 0, function.arguments().get(0))).isEqualTo("Invalid operands for load instruction!");
    }

    @Test
    void onlyAPointerCanBeCalled() {
        Instruction call = IrBuilder.before(function.entry().first())
                .insert(new Call(
                        CallSite.of(
                                function,
                                function.arguments().get(0),
                                function.arguments().get(1)),
                        TailCallKind.NONE,
                        Flags.NONE));
        assertThat(Verifier.verify(module)).isEmpty();
        assertThat(call.operandCount()).isEqualTo(3);
        assertThat(complaint(0, 0, ConstantInt.i32(1))).isEqualTo("Invalid operands for call instruction!");
    }

    @Test
    void whatIsUsedIsInTheFunction() {
        Function other = new Function("g", function.functionType());
        other.setArguments(List.of(new Argument(IntegerType.I32, null, AttributeSet.EMPTY)));
        Instruction removed = new Freeze(ConstantInt.i32(1));
        assertThat(complaint(1, 0, other.arguments().get(0)))
                .isEqualTo("Referring to an argument in another function!");
        assertThat(complaint(1, 0, removed))
                .isEqualTo("Instruction referencing instruction not embedded in a basic block!");
    }

    @Test
    void aCaseIsAConstant() {
        assertThat(complaint(1, 2, function.arguments().get(0))).isEqualTo("Invalid operands for switch instruction!");
    }

    @Test
    void aTargetIsABlock() {
        assertThat(complaint(1, 1, function.arguments().get(0))).isEqualTo("Invalid operands for switch instruction!");
    }

    @Test
    void aBlockIsNoValue() {
        assertThat(complaint(0, 0, function.entry())).isEqualTo("Invalid operands for load instruction!");
    }
}
