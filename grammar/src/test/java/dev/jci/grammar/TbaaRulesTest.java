package dev.jci.grammar;

import static dev.jci.grammar.Verdicts.accepts;
import static dev.jci.grammar.Verdicts.rejects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Access tags for alias analysis by types. */
class TbaaRulesTest {
    private static final String TYPES = """
            !1 = !{!"root"}
            !2 = !{!"char", !1, i64 0}
            !3 = !{!"int", !2, i64 0}
            !4 = !{!"struct", !3, i64 0, !2, i64 4}
            !5 = !{!"down", !3, i64 8, !2, i64 4}
            !6 = !{!"cycle", !6, i64 0}
            !7 = !{!"struct", !3, i64 0, !2, i32 4}
            !8 = !{!"struct", !3, i64 0, !2, !"x"}
            !9 = !{!2, i64 4, !"long", !2, i64 0, i64 4}
            """;

    private static String load(String tag) {
        return "define i8 @f(ptr %p) {\n  %v = load i8, ptr %p, !tbaa !0\n  ret i8 %v\n}\n!0 = " + tag + "\n" + TYPES;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!{!3, !3, i64 0}",
                "!{!3, !3, i64 0, i64 1}",
                "!{!4, !3, i64 0}",
                "!{!4, !2, i64 4}",
                "!{!9, !9, i64 0, i64 4}",
                "!{!\"old style\", !1}"
            })
    void validTags(String tag) {
        accepts(load(tag));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    !{}                      | TBAA metadata cannot have 0 operands
                    !{!3, !3, i64 0, i64 2}  | Immutability part of the struct tag metadata must be either 0 or 1
                    !{!3, !3, i64 0, !"x"}   | Immutability tag on struct tag metadata must be a constant
                    !{!3, !3, i64 0, i64 0, i64 0} | Struct tag metadata must have either 3 or 4 operands
                    !{!3, !3, !"x"}          | Offset must be constant integer
                    !{!3, null, i64 0}       | Malformed struct tag metadata: base and access-type should be non-null and point to Metadata nodes
                    !{!3, !6, i64 0}         | Access type node must be a valid scalar type
                    !{!6, !3, i64 0}         | Cycle detected in struct path
                    !{!3, !3, i64 4}         | Offset not zero at the point of scalar access
                    !{!3, !3, i32 0}         | Access bit-width not the same as description bit-width
                    !{!4, !3, i64 4}         | Did not see access type in access path!
                    !{!5, !2, i64 4}         | Offsets must be increasing!
                    !{!7, !3, i64 0}         | Bitwidth between the offsets and struct type entries must match
                    !{!8, !3, i64 0}         | Offset entries must be constants!
                    !{!9, !9, i64 0}         | Access tag metadata must have either 4 or 5 operands
                    !{!9, !9, i64 0, !"x"}   | Access size field must be a constant
                    """)
    void invalidTags(String tag, String message) {
        rejects(load(tag), message, "%v = load");
    }

    @Test
    void onlyAccessesHaveTags() {
        rejects(
                "define i8 @f(i8 %x) {\n  %v = add i8 %x, 1, !tbaa !0\n  ret i8 %v\n}\n!0 = !{!3, !3, i64 0}\n" + TYPES,
                "This instruction shall not have a TBAA access tag!",
                "%v = add");
    }
}
