package dev.jci.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.Attribute;
import dev.jci.ir.BlockAddress;
import dev.jci.ir.Call;
import dev.jci.ir.ConstantExpr;
import dev.jci.ir.ConstantFP;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.Function;
import dev.jci.ir.GlobalVariable;
import dev.jci.ir.Instruction;
import dev.jci.ir.Linkage;
import dev.jci.ir.MDInteger;
import dev.jci.ir.MDNode;
import dev.jci.ir.Module;
import dev.jci.ir.Phi;
import dev.jci.ir.PointerType;
import dev.jci.ir.TailCallKind;
import dev.jci.ir.ThreadLocalMode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LlvmIrReaderTest {
    private static Module read(String text) {
        return LlvmIrReader.read("test.ll", text).orThrow();
    }

    private static List<Instruction> instructions(Function function) {
        List<Instruction> all = new ArrayList<>();
        function.blocks().forEach(block -> block.instructions().forEach(all::add));
        return all;
    }

    @Test
    void globalsKeepTheirClauses() {
        Module module = read("""
                @counter = internal thread_local(initialexec) unnamed_addr global i32 7, section ".data.x", align 8
                @outside = external dso_local constant [2 x i8]
                """);

        GlobalVariable counter = module.global("counter");
        assertThat(counter).isNotNull();
        assertThat(counter.linkage()).isEqualTo(Linkage.INTERNAL);
        assertThat(counter.threadLocalMode()).isEqualTo(ThreadLocalMode.INITIALEXEC);
        assertThat(counter.section()).isEqualTo(".data.x");
        assertThat(counter.alignment()).isEqualTo(8);
        assertThat(counter.initializer()).isEqualTo(ConstantInt.i32(7));
        assertThat(module.global("outside").isDeclaration()).isTrue();
        assertThat(module.global("outside").isConstant()).isTrue();
    }

    @Test
    void constantsReferToGlobalsThatComeLater() {
        Module module = read("""
                @table = global [2 x ptr] [ptr @late, ptr getelementptr (i8, ptr @bytes, i64 3)]
                @bytes = global [4 x i8] c"ab\\00c"
                declare void @late()
                """);

        assertThat(module.global("table").initializer().toString())
                .contains("@late")
                .contains("@bytes");
        assertThat(module.function("late").isDeclaration()).isTrue();
    }

    @Test
    void valuesUsedBeforeTheirDefinitionAreResolved() {
        Module module = read("""
                define i32 @count(i32 %n) {
                entry:
                  br label %loop
                loop:
                  %i = phi i32 [ 0, %entry ], [ %next, %loop ]
                  %next = add nsw i32 %i, 1
                  %more = icmp slt i32 %next, %n
                  br i1 %more, label %loop, label %done
                done:
                  ret i32 %next
                }
                """);

        List<Instruction> body = instructions(module.function("count"));
        assertThat(((Phi) body.get(1)).incomingValue(1)).isSameAs(body.get(2));
        assertThat(((Phi) body.get(1)).incomingBlock(0))
                .isSameAs(module.function("count").entry());
    }

    @Test
    void unnamedValuesAndBlocksAreNumberedTogether() {
        Module module = read("""
                define i32 @f(i32 %0) {
                  %2 = add i32 %0, 1
                  br label %3
                3:
                  %4 = mul i32 %2, %2
                  ret i32 %4
                }
                """);

        assertThat(instructions(module.function("f"))).hasSize(4);
    }

    @Test
    void numbersOfArgumentsMayBeLeftOut() {
        Module module = read("""
                define i32 @f(i32 %named, i32 %1, i32 %4) {
                entry:
                  %5 = sub i32 %1, %4
                  ret i32 %5
                }
                """);

        Function function = module.function("f");
        Instruction difference = instructions(function).get(0);
        assertThat(difference.operand(0)).isSameAs(function.arguments().get(1));
        assertThat(difference.operand(1)).isSameAs(function.arguments().get(2));
    }

    @Test
    void callsKeepAttributesBundlesAndMarkers() {
        Module module = read("""
                declare fastcc noundef i32 @g(ptr, ...)
                define void @f(ptr %p) {
                  %r = tail call fastcc noundef i32 (ptr, ...) @g(ptr noundef nonnull align 8 %p, i32 5) nounwind #1 [ "deopt"(i32 1, ptr %p) ]
                  ret void
                }
                attributes #1 = { cold "key"="value" memory(argmem: read) }
                """);

        Call call = (Call) instructions(module.function("f")).get(0);
        assertThat(call.tailCallKind()).isEqualTo(TailCallKind.TAIL);
        assertThat(call.callingConvention().keyword()).isEqualTo("fastcc");
        assertThat(call.functionType().varArg()).isTrue();
        assertThat(call.argumentAttributes(0).get("align")).isEqualTo(new Attribute.Numbered("align", 8));
        assertThat(call.attributes().has("nounwind")).isTrue();
        assertThat(call.attributes().get("memory")).isEqualTo(new Attribute.WithArguments("memory", "argmem: read"));
        assertThat(call.bundles())
                .singleElement()
                .satisfies(bundle -> assertThat(bundle.inputs()).hasSize(2));
    }

    @Test
    void blockAddressesMayNameBlocksOfLaterFunctions() {
        Module module = read("""
                @where = global ptr blockaddress(@f, %there)
                define void @f() {
                  br label %there
                there:
                  ret void
                }
                """);

        BlockAddress address = (BlockAddress) module.global("where").initializer();
        assertThat(address.block().parent()).isSameAs(module.function("f"));
    }

    @Test
    void metadataNodesMayReferToEachOtherInCircles() {
        Module module = read("""
                !llvm.ident = !{!0}
                !0 = !{!"jci", !1}
                !1 = distinct !DILexicalBlock(scope: !0, file: null, line: 7)
                """);

        MDNode first = module.namedMetadata().get("llvm.ident").operands().get(0);
        MDNode second = (MDNode) first.operand(1);
        assertThat(second.isDistinct()).isTrue();
        assertThat(second.field("line")).isEqualTo(new MDInteger(7));
        assertThat(second.nodeField("scope")).isSameAs(first);
    }

    @Test
    void typedPointersMakeATypedModule() {
        Module module = read("""
                @g = global i32 0
                define i32* @f(i32** %p) {
                  %v = load i32*, i32** %p
                  ret i32* %v
                }
                """);

        assertThat(module.hasTypedPointers()).isTrue();
        assertThat(module.global("g").type()).isEqualTo(PointerType.to(dev.jci.ir.IntegerType.I32, 0));
    }

    @Test
    void floatingPointLiteralsAreKeptAsBits() {
        Module module = read("""
                @a = global double 1.500000e+00
                @b = global float 0x3FF8000000000000
                @c = global half 0xH3E00
                @d = global x86_fp80 0xK3FFFC000000000000000
                @e = global fp128 0xL00000000000000003FFF800000000000
                """);

        assertThat(module.global("a").initializer()).isEqualTo(ConstantFP.of(1.5));
        assertThat(module.global("b").initializer()).isEqualTo(ConstantFP.of(1.5f));
        assertThat(((ConstantFP) module.global("c").initializer()).low()).isEqualTo(0x3e00);
        assertThat(((ConstantFP) module.global("d").initializer()).high()).isEqualTo(0x3fff);
        assertThat(((ConstantFP) module.global("e").initializer()).high()).isEqualTo(0x3fff800000000000L);
    }

    @Test
    void hexadecimalIntegersAreSignedByTheirHighestBitWhenTheySaySo() {
        Module module = read("@u = global i32 u0x012312\n@s = global i32 s0x012312\n");

        assertThat(module.global("u").initializer()).isEqualTo(ConstantInt.i32(74514));
        assertThat(module.global("s").initializer()).isEqualTo(ConstantInt.i32(-56558));
    }

    @Test
    void wordsOfALaterLlvmAreKept() {
        Module module = read("""
                declare brandnew(1, 2) i32 @f(i32 shiny) sparkling
                define i32 @g(i32 %x) {
                  %y = add glittering i32 %x, 1
                  ret i32 %y
                }
                """);

        assertThat(module.function("f").attributes().has("sparkling")).isTrue();
        assertThat(module.function("f").arguments().get(0).attributes().has("shiny"))
                .isTrue();
        assertThat(module.function("f").returnAttributes().has("brandnew")).isTrue();
    }

    @Test
    void constantExpressionsHaveTheTypeThatFollowsFromThem() {
        Module module = read("@p = global i64 ptrtoint (ptr @p to i64)");

        assertThat(module.global("p").initializer()).isInstanceOf(ConstantExpr.Conversion.class);
    }
}
