package dev.jci.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ci.CompilerInterrupts;
import dev.jci.ci.Options;
import dev.jci.ir.Module;
import dev.jci.ir.analysis.ControlFlowGraph;
import dev.jci.ir.analysis.LoopForest;
import dev.jci.ir.verify.Verifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargeFunctionsTest {
    private static LoopForest loops(Module module) {
        return LoopForest.of(ControlFlowGraph.of(module.functions().getFirst()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chain-50", "switch-50", "loops-50", "irreducible-50", "nest-50"})
    void areValidBeforeAndAfterThePass(String file) {
        Module module = Subject.of(file).read();
        assertThat(Verifier.verify(module)).isEmpty();

        assertThat(CompilerInterrupts.instrument(module, Options.defaults()).diagnostics())
                .isEmpty();
        assertThat(Verifier.verify(module)).isEmpty();
    }

    @Test
    void haveTheLoopsThatTheyAreNamedFor() {
        assertThat(loops(LargeFunctions.loopsInARow(20)).topLevel()).hasSize(20);
        assertThat(loops(LargeFunctions.nest(20)).loops().getLast().depth()).isEqualTo(20);
        assertThat(loops(LargeFunctions.irreducible(20)).irreducibleRegions()).hasSize(20);
    }
}
