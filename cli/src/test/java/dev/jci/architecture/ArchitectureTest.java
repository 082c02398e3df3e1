package dev.jci.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.jci.cli.Jci;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keeps the arrows between the rooms of the house: a pass never sees the parser or the printer. */
class ArchitectureTest {
    private static final JavaClasses JCI = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.jci");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.jci.ir",
                "dev.jci.ir.analysis",
                "dev.jci.grammar",
                "dev.jci.emit",
                "dev.jci.ci",
                "dev.jci.toolchain",
                "dev.jci.packaging",
                "dev.jci.cli"
            })
    void everyRoomIsSeen(String room) {
        assertThat(JCI.containPackage(room)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "dev.jci.ir..,''",
        "dev.jci.grammar..,dev.jci.ir..",
        "dev.jci.emit..,dev.jci.ir..",
        "dev.jci.ci..,dev.jci.ir..",
        "dev.jci.toolchain..,''",
        "dev.jci.packaging..,''"
    })
    void roomUsesOnlyTheRoomsItsArrowsPointTo(String room, String allowed) {
        String[] seen = allowed.isEmpty() ? new String[] {room} : new String[] {room, allowed};
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat(are(resideInAPackage("dev.jci.."))
                        .and(are(resideInAnyPackage(seen).negate())))
                .allowEmptyShould(true);
        rule.check(JCI);
    }

    @Test
    void nobodyUsesTheCommand() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.jci.cli..", "dev.jci.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.jci.cli..")
                .check(JCI);
    }

    @Test
    void onlyTheCommandKnowsPicocli() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.jci.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(JCI);
    }

    @Test
    void onlyTheGrammarKnowsAntlr() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.jci.grammar..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.antlr..")
                .check(JCI);
    }

    @Test
    void theLibraryUsesNoReflection() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.jci.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.reflect..")
                .check(JCI);
    }

    /** Several commands run in one process at the same time, and its standard output carries their answers. */
    @Test
    void onlyTheProcessItselfKnowsItsStreams() {
        for (String stream : List.of("in", "out", "err")) {
            noClasses()
                    .that()
                    .resideOutsideOfPackages("dev.jci.bench..", "dev.jci.testsupport..")
                    .and()
                    .doNotBelongToAnyOf(Jci.class)
                    .and()
                    .doNotHaveSimpleName("ModuleFiles")
                    .should()
                    .accessField(System.class, stream)
                    .check(JCI);
        }
    }

    @Test
    void namesSayWhatAClassIs() {
        classes()
                .should()
                .haveSimpleNameNotEndingWith("Utils")
                .andShould()
                .haveSimpleNameNotEndingWith("Util")
                .andShould()
                .haveSimpleNameNotEndingWith("Manager")
                .andShould()
                .haveSimpleNameNotEndingWith("Helper")
                .andShould()
                .haveSimpleNameNotEndingWith("Impl")
                .andShould()
                .haveSimpleNameNotEndingWith("Visitor")
                .check(JCI);
    }

    @Test
    void noStaticStateChanges() {
        fields().that()
                .areStatic()
                .and()
                .areNotFinal()
                .and()
                .areNotDeclaredIn("dev.jci.grammar.LlvmIrLexer") // generated: name tables that nothing changes
                .and()
                .areNotDeclaredIn("dev.jci.grammar.LlvmIrParser")
                .should()
                .notBeStatic()
                .allowEmptyShould(true)
                .check(JCI);
    }

    @Test
    void roomsDoNotUseEachOtherInCircles() {
        slices().matching("dev.jci.(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(JCI);
    }
}
