package dev.jci.grammar;

import static dev.jci.grammar.Rejections.assertAccepted;
import static dev.jci.grammar.Rejections.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UseListsTest {
    private static final String THREE_USES = """
            @g = global i32 0
            @a = alias i32, ptr @g
            @b = alias i32, ptr @g
            @c = alias i32, ptr @g
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ 0, 0, 2 } | expected distinct uselistorder indexes in range [0, size)",
                "{ 0, 3, 1 } | expected distinct uselistorder indexes in range [0, size)",
                "{ 0, 1, 2 } | expected uselistorder indexes to change the order",
                "{ 1, 0 } | wrong number of indexes, expected 3",
                "{ 1, 0, 3, 2 } | wrong number of indexes, expected 3",
            })
    void theIndexesAreAnotherOrderOfTheUses(String indexes, String message) {
        assertThat(rejection(THREE_USES + "uselistorder ptr @g, " + indexes)).isEqualTo("5: " + message);
    }

    @Test
    void aValueWithoutUsesHasNoOrder() {
        assertThat(rejection("@g = global i32 0\nuselistorder ptr @g, { 1, 0 }"))
                .isEqualTo("2: value has no uses");
        assertThat(rejection("define void @f() {\n  unreachable\n  uselistorder i32 %x, { 1, 0 }\n}"))
                .isEqualTo("3: value has no uses");
        assertThat(rejection("define i32 @f(i32 %x) {\n  ret i32 %x\n  uselistorder i32 %x, { 1, 0 }\n}"))
                .isEqualTo("3: value only has one use");
    }

    @Test
    void ordersEndABody() {
        assertThat(rejection("define void @f(i32 %x) {\n  %a = add i32 %x, %x\n  ret void\n"
                        + "  uselistorder i32 %x, { 1, 0 }\nb:\n  ret void\n}"))
                .startsWith("5: ");
    }

    @Test
    void rightOrdersAreTaken() {
        assertAccepted(THREE_USES + "uselistorder ptr @g, { 2, 0, 1 }");
        assertAccepted(
                "define void @f(i32 %x) {\n  %a = add i32 %x, %x\n  ret void\n  uselistorder i32 %x, { 1, 0 }\n}");
    }
}
