package dev.jci.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CostFilesTest {
    @Test
    void costsAreReadLineByLine() {
        assertThat(CostFiles.readCosts(List.of("Cost File", "f:12", "no colon here", "_ZN1a1bEv:7")))
                .containsEntry("f", 12L)
                .containsEntry("_ZN1a1bEv", 7L)
                .hasSize(2);
    }

    @Test
    void aFileThatIsNoCostFileIsRefused() {
        assertThatThrownBy(() -> CostFiles.readCosts(List.of("f:12"))).hasMessageContaining("line 1");
        assertThatThrownBy(() -> CostFiles.readCosts(List.of("Cost File", "f:many")))
                .hasMessageContaining("line 2");
    }

    @Test
    void classesGiveTheirCostToTheFunctionsBelow() {
        assertThat(CostFiles.readClasses(
                        List.of("class-math:cost-20", "sin", "cos extra words", "class-io:cost-500", "write")))
                .containsEntry("sin", 20L)
                .containsEntry("cos", 20L)
                .containsEntry("write", 500L);
    }

    @Test
    void aFunctionBeforeAnyClassIsRefused() {
        assertThatThrownBy(() -> CostFiles.readClasses(List.of("sin"))).hasMessageContaining("line 1");
    }
}
