package dev.jci.grammar;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Br;
import dev.jci.ir.CondBr;
import dev.jci.ir.Constant;
import dev.jci.ir.IndirectBr;
import dev.jci.ir.IntegerType;
import dev.jci.ir.PointerType;
import dev.jci.ir.Ret;
import dev.jci.ir.SpecialType;
import dev.jci.ir.Switch;
import dev.jci.ir.Type;
import dev.jci.ir.Unreachable;
import dev.jci.ir.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the terminators that have nothing to do with exceptions (LangRef, "Terminator Instructions"). */
final class TerminatorBuilder {
    private final FunctionBuilder function;
    private @Nullable Value condition;
    private @Nullable BasicBlock target;
    private final List<Switch.Case> cases = new ArrayList<>();

    TerminatorBuilder(FunctionBuilder function) {
        this.function = function;
    }

    void endRet() {
        if (function.instruction() == null) {
            Type result = function.function().functionType().result();
            if (result != SpecialType.VOID) {
                throw function.error(0, "value doesn't match function result type '" + result + "'");
            }
            function.add(new Ret(null));
        }
    }

    void ret(Value value) {
        Type result = function.function().functionType().result();
        if (value.type() != result && !function.types().agrees(value.type(), result)) {
            throw function.error(0, "value doesn't match function result type '" + result + "'");
        }
        function.add(new Ret(value));
    }

    void br(BasicBlock to) {
        function.add(new Br(to));
    }

    void condBr(Value test, BasicBlock yes, BasicBlock no) {
        if (!test.type().equals(IntegerType.I1)) {
            throw function.error(0, "branch condition must have 'i1' type");
        }
        function.add(new CondBr(test, yes, no));
    }

    void beginSwitch(Value value, BasicBlock defaultTarget) {
        if (!(value.type() instanceof IntegerType)) {
            throw function.error(0, "switch condition must have integer type");
        }
        condition = value;
        target = defaultTarget;
        cases.clear();
    }

    void switchCase(Value value, BasicBlock to, int at) {
        if (!(value instanceof Constant constant)) {
            throw new IrSyntaxError("case value is not a constant integer", at);
        }
        cases.add(new Switch.Case(constant, to));
    }

    void endSwitch() {
        if (condition != null && target != null) {
            function.add(new Switch(condition, target, cases));
        }
    }

    void indirectBr(Value address, List<BasicBlock> targets) {
        if (!(address.type() instanceof PointerType)) {
            throw function.error(0, "indirectbr address must have pointer type");
        }
        function.add(new IndirectBr(address, targets));
    }

    void unreachable() {
        function.add(new Unreachable());
    }
}
