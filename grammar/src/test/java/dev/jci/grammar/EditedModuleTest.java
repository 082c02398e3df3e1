package dev.jci.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.Attribute;
import dev.jci.ir.AttributeSet;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.Call;
import dev.jci.ir.CallSite;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.Diagnostic;
import dev.jci.ir.Flags;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionAttributes;
import dev.jci.ir.FunctionType;
import dev.jci.ir.GlobalVariable;
import dev.jci.ir.InlineAsm;
import dev.jci.ir.Instruction;
import dev.jci.ir.IntegerType;
import dev.jci.ir.IrBuilder;
import dev.jci.ir.Linkage;
import dev.jci.ir.MDInteger;
import dev.jci.ir.MDNode;
import dev.jci.ir.MDNull;
import dev.jci.ir.MDOperand;
import dev.jci.ir.MetadataAsValue;
import dev.jci.ir.Module;
import dev.jci.ir.PointerType;
import dev.jci.ir.SpecialType;
import dev.jci.ir.TailCallKind;
import dev.jci.ir.UseListOrder;
import dev.jci.ir.Value;
import dev.jci.ir.verify.Verifier;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a pass may do to a module that was read, although no text could say it; the verifier tells. Found by fuzzing. */
class EditedModuleTest {
    private final Module module = LlvmIrReader.read("edited.ll", """
                    %pair = type { i32, [4 x i8] }

                    @g = global i32 1

                    define void @f(ptr %p, <2 x i32> %v, { i32, i8 } %s, i32 %x, ptr addrspace(1) %q) !dbg !4 {
                      %1 = getelementptr %pair, ptr %p, i64 0, i32 1, i64 2
                      %2 = shufflevector <2 x i32> %v, <2 x i32> %v, <2 x i32> <i32 0, i32 3>
                      %3 = extractvalue { i32, i8 } %s, 1
                      %4 = insertvalue { i32, i8 } %s, i8 %3, 1
                      %5 = bitcast <2 x i32> %v to i64
                      %6 = add i32 %x, 1
                        #dbg_value(i32 %6, !6, !DIExpression(), !7)
                      ret void
                    }

                    !llvm.dbg.cu = !{!0}
                    !llvm.module.flags = !{!8}

                    !0 = distinct !DICompileUnit(language: DW_LANG_C99, file: !1)
                    !1 = !DIFile(filename: "a.c", directory: "/")
                    !2 = !{null}
                    !3 = !DISubroutineType(types: !2)
                    !4 = distinct !DISubprogram(name: "f", file: !1, line: 1, type: !3, unit: !0, spFlags: DISPFlagDefinition)
                    !5 = !DIBasicType(name: "int", size: 32, encoding: DW_ATE_signed)
                    !6 = !DILocalVariable(name: "x", scope: !4, type: !5)
                    !7 = !DILocation(line: 1, column: 2, scope: !4)
                    !8 = !{i32 2, !"Debug Info Version", i32 3}
                    """).orThrow();
    private final Function function = module.functions().get(0);

    private List<String> complaints() {
        return Verifier.verify(module).stream().map(Diagnostic::message).toList();
    }

    private Instruction instruction(int index) {
        BasicBlock entry = function.entry();
        Instruction at = entry.first();
        for (int i = 0; i < index && at != null; i++) {
            at = at.next();
        }
        assertThat(at).isNotNull();
        return at;
    }

    private List<String> complaintsWith(int instruction, int operand, Value value) {
        instruction(instruction).setOperand(operand, value);
        return complaints();
    }

    private List<String> complaintsWith(int node, String field, MDOperand value) {
        module.metadata().get(node).set(field, value);
        return complaints();
    }

    @Test
    void theModuleIsValid() {
        assertThat(complaints()).isEmpty();
    }

    @Test
    void indicesOfAStructureAreConstants() {
        assertThat(complaintsWith(0, 2, function.arguments().get(3)))
                .containsExactly("Invalid operands for getelementptr instruction!");
    }

    @Test
    void anAddressStaysInItsAddressSpace() {
        assertThat(complaintsWith(0, 0, function.arguments().get(4)))
                .containsExactly("Invalid operands for getelementptr instruction!");
    }

    @Test
    void aVectorOfIndicesMakesAVectorOfAddresses() {
        assertThat(complaintsWith(0, 1, function.arguments().get(1)))
                .containsExactly("Invalid operands for getelementptr instruction!");
    }

    @Test
    void assemblyFitsItsConstraints() {
        InlineAsm text = new InlineAsm(PointerType.OPAQUE, "", "r", false, false, false, false);
        FunctionType type = FunctionType.of(IntegerType.I32, IntegerType.I32);
        IrBuilder.before(instruction(6))
                .insert(new Call(CallSite.of(type, text, function.arguments().get(3)), TailCallKind.NONE, Flags.NONE));
        assertThat(complaints()).containsExactly("inline asm without outputs must return void");
    }

    @Test
    void aTypedPointerIsCalledAsWhatItPointsTo() {
        Module typed = LlvmIrReader.read("typed.ll", """
                        define void @f(void (i32)* %p, i32* %q) {
                          call void %p(i32 1)
                          ret void
                        }
                        """).orThrow();
        assertThat(Verifier.verify(typed)).isEmpty();
        Function caller = typed.functions().get(0);
        assertThat(caller.entry().first())
                .isInstanceOf(Call.class)
                .satisfies(call -> call.setOperand(0, caller.arguments().get(1)));
        assertThat(Verifier.verify(typed))
                .extracting(Diagnostic::message)
                .containsExactly("Invalid operands for call instruction!");
    }

    @Test
    void theAddressOfABlockIsOfOneThatIsThere() {
        Module addresses = LlvmIrReader.read("addresses.ll", """
                        @g = global [1 x ptr] [ptr blockaddress(@f, %b)]

                        define ptr @f() {
                          ret ptr blockaddress(@f, %b)

                        b:
                          ret ptr null
                        }
                        """).orThrow();
        assertThat(Verifier.verify(addresses)).isEmpty();
        Function holder = addresses.functions().get(0);
        holder.remove(holder.lastBlock());
        assertThat(Verifier.verify(addresses))
                .extracting(Diagnostic::message)
                .hasSize(2)
                .containsOnly("blockaddress of a block that is not in the function!");
    }

    @Test
    void aMaskIsAConstantVector() {
        assertThat(complaintsWith(1, 2, function.arguments().get(1)))
                .containsExactly("Invalid operands for shufflevector instruction!");
    }

    @Test
    void indicesReachAnElement() {
        Value number = function.arguments().get(3);
        assertThat(complaintsWith(2, 0, number)).containsExactly("Invalid operands for extractvalue instruction!");
        instruction(2).setOperand(0, function.arguments().get(2));
        assertThat(complaintsWith(3, 1, number)).containsExactly("Invalid operands for insertvalue instruction!");
    }

    @Test
    void aBitcastKeepsTheSize() {
        assertThat(complaintsWith(4, 0, ConstantInt.i32(1)))
                .containsExactly("invalid cast opcode for cast from 'i32' to 'i64'");
    }

    @Test
    void whatADebugRecordDescribesIsInTheFunction() {
        instruction(5).remove();
        assertThat(complaints()).containsExactly("function-local metadata used in wrong function");
    }

    @Test
    void fieldsOfDebugInformationHoldWhatTheirKindSays() {
        assertThat(complaintsWith(1, "directory", module.metadata().get(5)))
                .containsExactly("expected string constant");
        assertThat(complaintsWith(7, "line", module.metadata().get(5)))
                .containsExactly("expected string constant", "expected unsigned integer");
        assertThat(complaintsWith(7, "scope", MDNull.NULL)).contains("expected unsigned integer");
    }

    @Test
    void elementsOfATupleAreMetadata() {
        MDNode tuple = module.metadata().get(2);
        tuple.operands().set(0, new MDInteger(7));
        assertThat(complaints()).containsExactly("expected metadata");
    }

    @Test
    void anAttributeStandsWhereItSaysSomething() {
        function.setReturnAttributes(AttributeSet.of(new Attribute.Word("alwaysinline")));
        assertThat(complaints()).containsExactly("this attribute does not apply to return values");
        function.setReturnAttributes(AttributeSet.of(new Attribute.Word("inreg")));
        function.setAttributes(FunctionAttributes.NONE.with(new Attribute.Word("byval")));
        assertThat(complaints()).containsExactly("this attribute does not apply to functions");
    }

    @Test
    void metadataArgumentsHaveNoAttributes() {
        Function described = module.declare("llvm.pseudo", FunctionType.of(SpecialType.VOID, SpecialType.METADATA));
        CallSite plain =
                CallSite.of(described, new MetadataAsValue(module.metadata().get(2)));
        IrBuilder.before(instruction(6))
                .insert(new Call(
                        new CallSite(
                                plain.convention(),
                                plain.returnAttributes(),
                                plain.addressSpace(),
                                plain.functionType(),
                                plain.callee(),
                                plain.arguments(),
                                List.of(AttributeSet.of(new Attribute.Text("key", ""))),
                                plain.attributes(),
                                plain.bundles()),
                        TailCallKind.NONE,
                        Flags.NONE));
        assertThat(complaints()).containsExactly("a metadata argument has no attributes");
    }

    @Test
    void anOrderOfUsesListsThemAll() {
        Value argument = function.arguments().get(1);
        function.useListOrders().add(new UseListOrder(argument, List.of(2, 1, 0)));
        assertThat(complaints()).isEmpty();
        instruction(4).remove();
        assertThat(complaints()).containsExactly("wrong number of indexes, expected 2");
    }

    @ParameterizedTest
    @EnumSource(names = {"APPENDING", "COMMON", "EXTERN_WEAK"})
    void aDefinitionOfAFunctionIsNot(Linkage linkage) {
        function.setLinkage(linkage);
        assertThat(complaints())
                .containsExactly(
                        linkage == Linkage.EXTERN_WEAK
                                ? "invalid linkage for function definition"
                                : "invalid function linkage type");
    }

    @Test
    void aWeakReferenceHasNoInitializer() {
        GlobalVariable global = module.globals().get(0);
        global.setLinkage(Linkage.EXTERN_WEAK);
        assertThat(complaints()).containsExactly("invalid linkage type for global definition");
    }
}
