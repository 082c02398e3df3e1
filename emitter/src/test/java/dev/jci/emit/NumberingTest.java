package dev.jci.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.Attribute;
import dev.jci.ir.AttributeGroup;
import dev.jci.ir.AttributeSet;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionAttributes;
import dev.jci.ir.FunctionType;
import dev.jci.ir.GlobalVariable;
import dev.jci.ir.IntegerType;
import dev.jci.ir.MDNode;
import dev.jci.ir.MDString;
import dev.jci.ir.Module;
import dev.jci.ir.NamedMetadata;
import dev.jci.ir.NamedStruct;
import dev.jci.ir.SpecialType;
import dev.jci.ir.StructType;
import java.util.List;
import org.junit.jupiter.api.Test;

class NumberingTest {
    private static String print(Module module) throws UnprintableException {
        return LlvmIrPrinter.print(module, PrintOptions.AS_WRITTEN);
    }

    @Test
    void nodesKeepTheNumbersThatTheyWereReadWith() {
        String text = """
                !a = !{!7, !3}

                !3 = !{!"three"}
                !7 = !{!3}
                """;
        assertThat(Reprint.asWritten(text)).isEqualTo(text);
    }

    @Test
    void nodesThatTheModuleDoesNotListAreNumberedBehind() throws UnprintableException {
        Module module = Reprint.read("""
                !a = !{!4}

                !4 = !{}
                """);
        MDNode inner = MDNode.tuple(new MDString("inner"));
        NamedMetadata named = new NamedMetadata("b");
        named.operands().add(MDNode.tuple(inner, inner));
        module.namedMetadata().put("b", named);
        assertThat(print(module)).isEqualTo("""
                !a = !{!4}
                !b = !{!5}

                !4 = !{}
                !5 = !{!6, !6}
                !6 = !{!"inner"}
                """);
    }

    @Test
    void nodesOfTwoModulesThatClashAreToldApart() throws UnprintableException {
        Module module = Reprint.read("!0 = !{!\"first\"}\n");
        module.metadata().addAll(Reprint.read("!0 = !{!\"second\"}\n").metadata());
        assertThat(print(module)).isEqualTo("""
                !0 = !{!"first"}
                !1 = !{!"second"}
                """);
    }

    @Test
    void nodesInsideOthersGetALineOfTheirOwn() {
        assertThat(Reprint.asWritten("!0 = !{!{!\"inner\"}}\n")).isEqualTo("""
                !0 = !{!1}
                !1 = !{!"inner"}
                """);
    }

    @Test
    void unnamedGlobalsAreNumberedInTheOrderOfTheText() {
        assertThat(Reprint.asWritten("""
                declare void @0()
                @1 = global ptr @0
                """)).isEqualTo("""
                @0 = global ptr @1

                declare void @1()
                """);
    }

    @Test
    void groupsKeepTheirNumbersAndNewOnesFollow() throws UnprintableException {
        Module module = Reprint.read("""
                declare void @f() #2

                attributes #2 = { nounwind }
                """);
        Function added = new Function("g", FunctionType.of(SpecialType.VOID));
        AttributeGroup group = new AttributeGroup(2, AttributeSet.of(new Attribute.Word("cold")));
        added.setAttributes(new FunctionAttributes(AttributeSet.EMPTY, List.of(group)));
        module.add(added);
        assertThat(print(module)).isEqualTo("""
                declare void @f() #2

                declare void @g() #3

                attributes #2 = { nounwind }
                attributes #3 = { cold }
                """);
    }

    @Test
    void groupsThatBecameEmptyAreLeftOut() throws UnprintableException {
        Module module = Reprint.read("""
                declare void @f() #0

                attributes #0 = { nounwind }
                """);
        module.attributeGroups().get(0).setAttributes(AttributeSet.EMPTY);
        assertThat(print(module)).startsWith("declare void @f()\n").doesNotContain("#0");
    }

    @Test
    void unnamedTypesMadeByAProgramAreNumbered() throws UnprintableException {
        Module module = new Module();
        NamedStruct struct = new NamedStruct(null);
        struct.setBody(StructType.of(IntegerType.I8));
        module.namedStructs().add(struct);
        module.add(new GlobalVariable("g", struct, null));
        assertThat(print(module)).isEqualTo("""
                %0 = type { i8 }

                @g = external global %0
                """);
    }

    @Test
    void printingTwiceGivesTheSameBytes() {
        String once = Reprint.asWritten("""
                define void @f() #0 !x !{!"inline"} { ret void }
                attributes #0 = { cold }
                """);
        assertThat(Reprint.asWritten(once)).isEqualTo(once);
    }
}
