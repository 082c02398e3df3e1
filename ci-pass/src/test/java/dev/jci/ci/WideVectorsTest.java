package dev.jci.ci;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which slow path the code of a function calls on x86-64. */
class WideVectorsTest {
    private static String instrumented(String attributes) {
        return Instrumented.of("""
                declare void @f()
                define void @g() %s {
                  call void @f()
                  ret void
                }
                """.formatted(attributes)).text();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"target-cpu\"=\"x86-64\"",
                "\"target-cpu\"=\"x86-64\" \"target-features\"=\"+cx8,+fxsr,+mmx,+sse,+sse2,+x87\"",
                "\"target-cpu\"=\"x86-64-v2\""
            })
    void codeOfUsualProcessorsHasNoneToKeep(String attributes) {
        assertThat(instrumented(attributes))
                .contains("call coldcc void @jci_fire_xmm()", "declare coldcc void @jci_fire_xmm() cold nonlazybind")
                .doesNotContain("@jci_fire()");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"target-cpu\"=\"x86-64\" \"target-features\"=\"+avx,+sse2\"",
                "\"target-features\"=\"+sse2,+avx512f\"",
                "\"target-cpu\"=\"x86-64-v3\"",
                "\"target-cpu\"=\"znver4\""
            })
    void codeOfOtherProcessorsMayHave(String attributes) {
        assertThat(instrumented(attributes))
                .contains("call preserve_allcc void @jci_fire()")
                .doesNotContain("_xmm");
    }
}
