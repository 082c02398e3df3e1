package dev.jci.grammar;

import static dev.jci.grammar.Verdicts.accepts;
import static dev.jci.grammar.Verdicts.rejects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be attached to which instruction. */
class InstructionMetadataRulesTest {
    private static String text(String instruction) {
        return """
                declare ptr @g()
                define void @f(ptr %%p, float %%x, i1 %%c) {
                  %s
                  ret void
                }
                """.formatted(instruction);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    %v = load i8, ptr %p, !nonnull !{}                  | nonnull applies only to pointer types
                    %v = call ptr @g(), !nonnull !{}                    | nonnull applies only to load instructions, use attributes for calls or invokes
                    %v = load i8, ptr %p, !dereferenceable !{i64 2}     | dereferenceable, dereferenceable_or_null apply only to pointer types
                    %v = call ptr @g(), !dereferenceable !{i64 2}       | dereferenceable, dereferenceable_or_null apply only to load and inttoptr instructions, use attributes for calls or invokes
                    %v = load ptr, ptr %p, !dereferenceable !{}         | dereferenceable, dereferenceable_or_null take one operand!
                    %v = load ptr, ptr %p, !dereferenceable_or_null !{i32 2} | dereferenceable, dereferenceable_or_null metadata value must be an i64!
                    %v = load i8, ptr %p, !align !{i64 2}               | align applies only to pointer types
                    %v = call ptr @g(), !align !{i64 2}                 | align applies only to load instructions, use attributes for calls or invokes
                    %v = load ptr, ptr %p, !align !{}                   | align takes one operand!
                    %v = load ptr, ptr %p, !align !{i32 2}              | align metadata value must be an i64!
                    %v = load ptr, ptr %p, !align !{i64 3}              | align metadata value must be a power of 2!
                    %v = load ptr, ptr %p, !align !{i64 8589934592}     | alignment is larger that implementation defined limit
                    %v = load i8, ptr %p, !fpmath !{float 1.0}          | fpmath requires a floating point result!
                    %v = fadd float %x, %x, !fpmath !{}                 | fpmath takes one operand!
                    %v = fadd float %x, %x, !fpmath !{i32 1}            | invalid fpmath accuracy!
                    %v = fadd float %x, %x, !fpmath !{double 1.0}       | fpmath accuracy must have float type
                    %v = fadd float %x, %x, !fpmath !{float 0.0}        | fpmath accuracy not a positive number!
                    %v = fadd float %x, %x, !invariant.group !{}        | invariant.group metadata is only for loads and stores
                    %v = load ptr, ptr %p, !annotation !{}              | annotation must have at least one operand
                    %v = load ptr, ptr %p, !annotation !{i32 1}         | operands must be a string or a tuple of strings
                    %v = select i1 %c, i8 1, i8 2, !prof !{}            | !prof annotations should have no less than 2 operands
                    %v = select i1 %c, i8 1, i8 2, !prof !{i32 1, i32 2} | expected string with name of the !prof annotation
                    %v = select i1 %c, i8 1, i8 2, !prof !{!"branch_weights", i32 1} | Wrong number of operands
                    %v = load ptr, ptr %p, !prof !{!"branch_weights", i32 1} | !prof branch_weights are not allowed for this instruction
                    %v = load ptr, ptr %p, !memprof !{}                 | !memprof metadata should only exist on calls
                    %v = call ptr @g(), !memprof !{}                    | !memprof annotations should have at least 1 metadata operand (MemInfoBlock)
                    %v = call ptr @g(), !memprof !{!{null, !"cold"}}    | !memprof MemInfoBlock first operand should not be null
                    %v = call ptr @g(), !memprof !{!{i64 0, !"cold"}}   | !memprof MemInfoBlock first operand should be an MDNode
                    %v = call ptr @g(), !memprof !{!{i64 0}}            | Each !memprof MemInfoBlock should have at least 2 operands
                    %v = load ptr, ptr %p, !callsite !{i64 1}           | !callsite metadata should only exist on calls
                    %v = call ptr @g(), !callsite !{}                   | call stack metadata should have at least 1 operand
                    %v = call ptr @g(), !callsite !{!"x"}               | call stack metadata operand should be constant integer
                    %v = fadd float %x, %x, !mmra !{}                   | !mmra metadata attached to unexpected instruction kind
                    %v = load ptr, ptr %p, !mmra !DIExpression()        | !mmra expected to be a metadata tuple
                    %v = load ptr, ptr %p, !mmra !{!"a", !"b", !"c"}    | !mmra metadata tuple operand is not an MMRA tag
                    """)
    void invalidAttachments(String instruction, String message) {
        rejects(text(instruction), message, "%v = ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    %v = load ptr, ptr %p, !nonnull !{}, !align !{i64 8}, !dereferenceable !{i64 8}
                    %v = inttoptr i64 8 to ptr, !dereferenceable_or_null !{i64 8}
                    %v = fadd float %x, %x, !fpmath !{float 2.5}, !annotation !{!"a", !{!"b", !"c"}}
                    %v = load ptr, ptr %p, !invariant.group !{}, !mmra !{!{!"a", !"b"}, !{!"c", !"d"}}
                    %v = select i1 %c, i8 1, i8 2, !prof !{!"branch_weights", i32 1, i32 2}
                    %v = select i1 %c, i8 1, i8 2, !prof !{!"branch_weights", !"expected", i32 1, i32 2}
                    %v = call ptr @g(), !memprof !{!{!{i64 1, i64 2}, !"cold"}}, !callsite !{i64 1}
                    """)
    void validAttachments(String instruction) {
        accepts(text(instruction));
    }

    @Test
    void accessGroupsAreDistinctAndEmpty() {
        String text = text("%v = load ptr, ptr %p, !llvm.access.group !0") + "!0 = !{!1}\n!1 = distinct !{}\n";
        accepts(19, text);
        accepts(text.replace("distinct", ""));
        rejects(19, text.replace("distinct", ""), "Access scope list contains invalid access scope", "%v = load");
        rejects(19, text.replace("!{!1}", "!{!\"x\"}"), "Access scope list must consist of MDNodes", "%v = load");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    !{!"x"}            | scope list must consist of MDNodes
                    !{!{!"a"}}         | scope must have two or three operands
                    !{!{i32 1, !{!"d"}}} | first scope operand must be self-referential or string
                    !{!{!"a", !"b"}}   | second scope operand must be MDNode
                    !{!{!"a", !{!"d"}, i32 1}} | third scope operand must be string (if used)
                    !{!{!"a", !{}}}    | domain must have one or two operands
                    !{!{!"a", !{i32 1}}} | first domain operand must be self-referential or string
                    !{!{!"a", !{!"d", i32 1}}} | second domain operand must be string (if used)
                    """)
    void aliasScopesHaveNamesAndDomains(String list, String message) {
        String text = text("%v = load ptr, ptr %p, !alias.scope !0") + "!0 = ";
        accepts(19, text + "!{!{!\"a\", !{!\"d\"}}}\n");
        accepts(text + list + "\n");
        rejects(19, text + list + "\n", message, "%v = load");
    }
}
