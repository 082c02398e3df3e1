package dev.jci.ir.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.CallSite;
import dev.jci.ir.CastOpcode;
import dev.jci.ir.ConstantExpr;
import dev.jci.ir.Flags;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionType;
import dev.jci.ir.GlobalAlias;
import dev.jci.ir.GlobalVariable;
import dev.jci.ir.IrBuilder;
import dev.jci.ir.Linkage;
import dev.jci.ir.Module;
import dev.jci.ir.PointerType;
import dev.jci.ir.SpecialType;
import dev.jci.ir.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallGraphTest {
    private static final FunctionType VOID = FunctionType.of(SpecialType.VOID);

    private final Module module = new Module();

    private Function function(String name, Value... callees) {
        Function function = module.function(name);
        if (function == null) {
            function = new Function(name, VOID);
            module.add(function);
        }
        BasicBlock entry = new BasicBlock("entry");
        function.append(entry);
        IrBuilder at = IrBuilder.at(entry);
        for (Value callee : callees) {
            at.call(CallSite.of(VOID, callee));
        }
        at.retVoid();
        return function;
    }

    @Test
    void calleesComeBeforeCallers() {
        Function leaf = module.declare("leaf", VOID);
        Function top = function("top", leaf);
        function("leaf");
        Function user = function("user", top, leaf, top);

        CallGraph graph = CallGraph.of(module);
        assertThat(graph.bottomUp()).containsExactly(List.of(leaf), List.of(top), List.of(user));
        assertThat(graph.callees(user)).containsExactly(top, leaf);
        assertThat(graph.callers(leaf)).containsExactly(top, user);
        assertThat(graph.isRecursive(top)).isFalse();
    }

    @Test
    void mutualAndDirectRecursionAreRecursive() {
        Function odd = module.declare("odd", VOID);
        Function even = function("even", odd);
        function("odd", even);
        Function self = module.declare("self", VOID);
        function("self", self);

        CallGraph graph = CallGraph.of(module);
        assertThat(graph.bottomUp()).contains(List.of(odd, even));
        assertThat(graph.isRecursive(odd)).isTrue();
        assertThat(graph.isRecursive(self)).isTrue();
    }

    @Test
    void callsAreSeenThroughCastsAndAliases() {
        Function target = function("target");
        GlobalAlias alias = new GlobalAlias("alias", VOID, target);
        alias.setLinkage(Linkage.INTERNAL);
        module.add(alias);
        Function caller = function(
                "caller", new ConstantExpr.Conversion(CastOpcode.BITCAST, Flags.NONE, alias, PointerType.OPAQUE));

        CallGraph graph = CallGraph.of(module);
        assertThat(graph.callees(caller)).containsExactly(target);
        assertThat(graph.callsIndirectly(caller)).isFalse();
        assertThat(graph.isAddressTaken(target)).isFalse();
    }

    @Test
    void aliasThatTheLinkerMayReplaceMakesTheCallUnknown() {
        Function target = function("target");
        GlobalAlias alias = new GlobalAlias("alias", VOID, target);
        alias.setLinkage(Linkage.WEAK);
        module.add(alias);
        Function caller = function("caller", alias);

        assertThat(CallGraph.of(module).callsIndirectly(caller)).isTrue();
    }

    @Test
    void addressInATableIsTaken() {
        Function target = function("target");
        target.setLinkage(Linkage.INTERNAL);
        assertThat(CallGraph.of(module).hasOnlyKnownCallers(target)).isTrue();

        module.add(new GlobalVariable("table", PointerType.OPAQUE, target));
        assertThat(CallGraph.of(module).isAddressTaken(target)).isTrue();
        assertThat(CallGraph.of(module).hasOnlyKnownCallers(target)).isFalse();
    }

    @Test
    void deepCallChainsDoNotOverflowTheStack() {
        Function below = function("f0");
        for (int i = 1; i < 20_000; i++) {
            below = function("f" + i, below);
        }
        assertThat(CallGraph.of(module).bottomUp()).hasSize(20_000);
    }
}
