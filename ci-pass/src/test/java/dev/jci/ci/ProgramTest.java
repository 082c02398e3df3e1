package dev.jci.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.grammar.LlvmIrReader;
import dev.jci.ir.Module;
import dev.jci.ir.verify.Verifier;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Modules that are linked to one program, instrumented together. */
class ProgramTest {
    private static final String LIBRARY = """
            define i64 @twice(i64 %x) {
              %y = add i64 %x, %x
              ret i64 %y
            }
            """;

    private static final String USER = """
            declare i64 @twice(i64)
            define i64 @main(i64 %x) {
              %y = call i64 @twice(i64 %x)
              ret i64 %y
            }
            """;

    private static List<Report> instrument(Options options, String... sources) {
        List<Module> program = java.util.Arrays.stream(sources)
                .map(source -> LlvmIrReader.read("t.ll", source).orThrow())
                .toList();
        List<Report> reports = CompilerInterrupts.instrumentProgram(program, options, 1);
        for (Module module : program) {
            assertThat(Verifier.verify(module)).isEmpty();
        }
        return reports;
    }

    private static Report.FunctionReport of(List<Report> reports, String name) {
        return reports.stream()
                .flatMap(report -> report.functions().stream())
                .filter(function -> function.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFunctionLeavesItsWorkToCallersInOtherModules() {
        List<Report> reports = instrument(Options.defaults(), USER, LIBRARY);

        assertThat(of(reports, "twice").probes()).isZero();
        assertThat(of(reports, "twice").exportedCost()).isEqualTo(2);
    }

    @Test
    void theOrderOfTheModulesDoesNotMatter() {
        assertThat(of(instrument(Options.defaults(), LIBRARY, USER), "twice").probes())
                .isZero();
    }

    @Test
    void aModuleAloneDoesNotKnowTheCallersOfWhatOthersSee() {
        Instrumented alone = Instrumented.of(LIBRARY);

        assertThat(alone.reportOf("twice").probes()).isEqualTo(1);
    }

    @Test
    void aCallOfAnotherModuleIsNoCallOfALibrary() {
        Module user = LlvmIrReader.read("t.ll", USER).orThrow();
        Module library = LlvmIrReader.read("t.ll", LIBRARY).orThrow();
        Options options = CompilerInterrupts.programOptions(List.of(user, library), Options.defaults());

        assertThat(options.costs().functions()).containsEntry("twice", 0L);
    }

    @Test
    void aFunctionWhoseAddressIsTakenAnywhereCountsItself() {
        List<Report> reports =
                instrument(Options.defaults(), USER, LIBRARY, "declare i64 @twice(i64)\n@table = global ptr @twice\n");

        assertThat(of(reports, "twice").probes()).isEqualTo(1);
    }

    @Test
    void theFunctionThatTheSystemCallsCountsItself() {
        assertThat(of(instrument(Options.defaults(), USER, LIBRARY), "main").probes())
                .isEqualTo(1);
    }

    @Test
    void oneThatAnotherModuleMayReplaceCountsItself() {
        List<Report> reports =
                instrument(Options.defaults(), USER, LIBRARY.replace("define i64", "define linkonce_odr i64"));

        assertThat(of(reports, "twice").probes()).isEqualTo(1);
    }

    @Test
    void recursionThroughTwoModulesHasProbes() {
        String ping = """
                declare i64 @pong(i64)
                define i64 @ping(i64 %x) {
                  %y = sub i64 %x, 1
                  %z = call i64 @pong(i64 %y)
                  ret i64 %z
                }
                """;
        String pong = ping.replace("@ping", "@tmp").replace("@pong", "@ping").replace("@tmp", "@pong");
        List<Report> reports = instrument(Options.defaults(), ping, pong);

        assertThat(of(reports, "ping").probes() + of(reports, "pong").probes()).isGreaterThanOrEqualTo(2);
    }
}
