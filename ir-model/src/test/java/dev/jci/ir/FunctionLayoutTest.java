package dev.jci.ir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FunctionLayoutTest {
    private final Function function = new Function("f", FunctionType.of(SpecialType.VOID));

    @Test
    void theLayoutFollowsEveryEdit() {
        Random random = new Random(1);
        List<BasicBlock> expected = new ArrayList<>();
        for (int step = 0; step < 2000; step++) {
            int place = expected.isEmpty() ? 0 : random.nextInt(expected.size());
            BasicBlock block = new BasicBlock(null);
            switch (expected.isEmpty() ? 0 : random.nextInt(7)) {
                case 0, 1 -> {
                    function.append(block);
                    expected.add(block);
                }
                case 2, 3 -> {
                    function.insertAfter(block, expected.get(place));
                    expected.add(place + 1, block);
                }
                case 4, 5 -> {
                    function.insertBefore(block, expected.get(place));
                    expected.add(place, block);
                }
                default -> function.remove(expected.remove(place));
            }
            assertThat(function.layout()).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void freshNamesAreNumberedAndNeverTaken() {
        function.append(new BasicBlock("a"));
        function.append(new BasicBlock("a2"));

        assertThat(function.freshName("b")).isEqualTo("b");
        assertThat(use("a")).isEqualTo("a1");
        assertThat(use("a")).as("a2 was there").isEqualTo("a3");
        assertThat(use("a1")).as("was given out").isEqualTo("a11");
        for (int i = 4; i < 11; i++) {
            assertThat(use("a")).isEqualTo("a" + i);
        }
        assertThat(use("a"))
                .as("a11 was given out with another name before the number")
                .isEqualTo("a12");
        assertThat(use("a1")).as("a12 as well").isEqualTo("a13");
        assertThat(use("a")).isEqualTo("a14");
        assertThat(use("a99")).isEqualTo("a99");
        assertThat(use("a0")).isEqualTo("a0");
    }

    private String use(String wanted) {
        String name = function.freshName(wanted);
        function.append(new BasicBlock(name));
        return name;
    }
}
