package dev.jci.grammar;

import static dev.jci.grammar.Verdicts.accepts;
import static dev.jci.grammar.Verdicts.rejects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges of loaded values and of addresses. */
class RangeRulesTest {
    private static String load(String range) {
        return "define i8 @f(ptr %p) {\n  %v = load i8, ptr %p, !range !" + range + "\n  ret i8 %v\n}\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{i8 0, i8 1}",
                "{i8 1, i8 0}",
                "{i8 -4, i8 -2, i8 0, i8 2}",
                "{i8 0, i8 2, i8 3, i8 5, i8 6, i8 7}"
            })
    void validRanges(String range) {
        accepts(load(range));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                           | It should have at least one range!
                    {i8 0}                       | Unfinished range!
                    {!"a", i8 1}                 | The lower limit must be an integer!
                    {i8 0, !"a"}                 | The upper limit must be an integer!
                    {i16 0, i16 1}               | Range types must match instruction type!
                    {i8 0, i8 0}                 | Range must not be empty!
                    {i8 0, i8 2, i8 1, i8 3}     | Intervals are overlapping
                    {i8 0, i8 2, i8 2, i8 3}     | Intervals are contiguous
                    {i8 0, i8 1, i8 -3, i8 -2}   | Intervals are not in order
                    {i8 0, i8 2, i8 4, i8 6, i8 7, i8 1} | Intervals are overlapping
                    {i8 0, i8 2, i8 4, i8 6, i8 7, i8 0} | Intervals are contiguous
                    """)
    void invalidRanges(String range, String message) {
        rejects(load(range), message, "%v = load");
    }

    @Test
    void onlyLoadsAndCallsHaveRanges() {
        rejects(
                "define void @f(ptr %p) {\n  store i8 0, ptr %p, !range !{i8 0, i8 1}\n  ret void\n}\n",
                "Ranges are only for loads, calls and invokes!", "store");
    }

    @Test
    void addressesHaveRangesOfTheirWidth() {
        String text = "@x = global i8 0, !absolute_symbol !0\n!0 = !{i32 -1, i32 -1}\n";
        accepts(text);
        accepts(16, text);
        accepts(19, text.replace("i32", "i64"));
        rejects(19, text, "Range types must match instruction type!", "@x");
    }
}
