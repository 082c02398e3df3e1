package dev.jci.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ci.CompilerInterrupts;
import dev.jci.ci.Options;
import dev.jci.ci.Report;
import dev.jci.emit.LlvmIrPrinter;
import dev.jci.emit.PrintOptions;
import dev.jci.grammar.LlvmIrReader;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.Call;
import dev.jci.ir.CallSite;
import dev.jci.ir.Flags;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionType;
import dev.jci.ir.Instruction;
import dev.jci.ir.Load;
import dev.jci.ir.Module;
import dev.jci.ir.SourceText;
import dev.jci.ir.SpecialType;
import dev.jci.ir.TailCallKind;
import dev.jci.ir.verify.Verifier;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The programs of docs/embedding.md. */
class EmbeddingTest {
    private static Module read() throws Exception {
        Path path = Path.of("..", "examples", "primes.ll");
        return LlvmIrReader.read(new SourceText("a.ll", Files.readAllBytes(path)))
                .orThrow();
    }

    @Test
    void readWalkCount() throws Exception {
        Module module = read();
        int loads = 0;
        for (Function function : module.functions()) {
            for (BasicBlock block : function.blocks()) {
                for (Instruction instruction : block.instructions()) {
                    if (instruction instanceof Load) {
                        loads++;
                    }
                }
            }
        }
        assertThat(loads).isPositive();
    }

    @Test
    void insertACallAndPrint() throws Exception {
        Module module = read();
        Function hook = module.declare("entered", FunctionType.of(SpecialType.VOID));
        for (Function function : module.functions()) {
            if (!function.isDeclaration()) {
                Instruction first = function.entry().firstInsertionPoint();
                assertThat(first).isNotNull();
                function.entry().insertBefore(new Call(CallSite.of(hook), TailCallKind.NONE, Flags.NONE), first);
            }
        }
        String text = LlvmIrPrinter.print(module, PrintOptions.AS_WRITTEN);

        assertThat(Verifier.verify(module)).isEmpty();
        assertThat(text).contains("call void @entered()").contains("declare void @entered()");
    }

    @Test
    void instrument() throws Exception {
        Module module = read();
        Report report = CompilerInterrupts.instrument(module, Options.defaults().withCommitInterval(500));

        assertThat(report.probes()).isPositive();
    }
}
