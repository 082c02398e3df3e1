package dev.jci.grammar;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.CatchPad;
import dev.jci.ir.CatchRet;
import dev.jci.ir.CatchSwitch;
import dev.jci.ir.CleanupPad;
import dev.jci.ir.CleanupRet;
import dev.jci.ir.LandingPad;
import dev.jci.ir.Resume;
import dev.jci.ir.SpecialType;
import dev.jci.ir.Type;
import dev.jci.ir.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds what exceptions need: landing pads, funclet pads and the terminators that unwind (LangRef, "Exception Handling"). */
final class ExceptionBuilder {
    private final FunctionBuilder function;
    private Type type = SpecialType.VOID;
    private final List<Value> values = new ArrayList<>();
    private final List<Boolean> filters = new ArrayList<>();
    private boolean cleanup;

    ExceptionBuilder(FunctionBuilder function) {
        this.function = function;
    }

    void resume(Value value) {
        function.add(new Resume(value));
    }

    void catchSwitch(Value pad, List<BasicBlock> handlers, @Nullable BasicBlock unwind) {
        function.add(new CatchSwitch(pad, handlers, unwind));
    }

    void catchRet(Value pad, BasicBlock to) {
        function.add(new CatchRet(pad, to));
    }

    void cleanupRet(Value pad, @Nullable BasicBlock unwind) {
        function.add(new CleanupRet(pad, unwind));
    }

    void beginLandingPad(Type padType) {
        type = padType;
        values.clear();
        filters.clear();
        cleanup = false;
    }

    void cleanup() {
        cleanup = true;
    }

    void landingClause(Value value, boolean filter) {
        values.add(value);
        filters.add(filter);
    }

    void landingPad() {
        function.add(new LandingPad(type, cleanup, List.copyOf(values), List.copyOf(filters)));
        values.clear();
    }

    void catchPad(Value pad, List<Value> arguments) {
        function.add(new CatchPad(pad, arguments));
    }

    void cleanupPad(Value pad, List<Value> arguments) {
        function.add(new CleanupPad(pad, arguments));
    }
}
