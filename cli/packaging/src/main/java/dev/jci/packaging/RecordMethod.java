package dev.jci.packaging;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code equals} or {@code hashCode} of a record, as {@link java.lang.runtime.ObjectMethods#bootstrap} makes them of its
 * components. {@code toString} is left to it: nothing that works without an error asks for one.
 *
 * @param isEquals {@code equals}; else {@code hashCode}
 * @param type the record
 * @param components its fields, in order
 */
record RecordMethod(boolean isEquals, ClassDesc type, List<Component> components) {
    /** A field of a record. */
    record Component(String name, ClassDesc type) {}

    private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
    private static final MethodTypeDesc EQUALS =
            MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_Object, ConstantDescs.CD_Object);
    private static final MethodTypeDesc HASH_CODE = MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_Object);

    /** The method whose body is the call site; empty where it is something else. */
    static Optional<RecordMethod> of(InvokeDynamicInstruction site) {
        String name = site.name().stringValue();
        if (!site.bootstrapMethod().owner().descriptorString().equals("Ljava/lang/runtime/ObjectMethods;")
                || !(name.equals("equals") || name.equals("hashCode"))) {
            return Optional.empty();
        }
        List<ConstantDesc> arguments = site.bootstrapArgs(); // the record, names with ; between them, getters
        List<Component> components = new ArrayList<>();
        for (ConstantDesc getter : arguments.subList(2, arguments.size())) {
            DirectMethodHandleDesc field = (DirectMethodHandleDesc) getter;
            components.add(
                    new Component(field.methodName(), field.invocationType().returnType()));
        }
        return Optional.of(new RecordMethod(name.equals("equals"), (ClassDesc) arguments.getFirst(), components));
    }

    /** Writes the body of a static method (this, other) or (this). */
    void write(CodeBuilder code) {
        if (isEquals) {
            writeEquals(code);
        } else {
            writeHashCode(code);
        }
    }

    private void writeEquals(CodeBuilder code) {
        Label different = code.newLabel();
        Label compare = code.newLabel();
        code.aload(0).aload(1).if_acmpne(compare).iconst_1().ireturn();
        code.labelBinding(compare);
        code.aload(1).instanceOf(type).ifeq(different);
        int other = code.allocateLocal(TypeKind.REFERENCE);
        code.aload(1).checkcast(type).astore(other);
        for (Component component : components) {
            code.aload(0).getfield(type, component.name, component.type);
            code.aload(other).getfield(type, component.name, component.type);
            switch (TypeKind.from(component.type)) {
                case BOOLEAN, BYTE, CHAR, SHORT, INT -> code.if_icmpne(different);
                case LONG -> code.lcmp().ifne(different);
                case FLOAT, DOUBLE -> {
                    MethodTypeDesc compares = MethodTypeDesc.of(ConstantDescs.CD_int, component.type, component.type);
                    code.invokestatic(box(component.type), "compare", compares).ifne(different);
                }
                default -> code.invokestatic(OBJECTS, "equals", EQUALS).ifeq(different);
            }
        }
        code.iconst_1().ireturn();
        code.labelBinding(different).iconst_0().ireturn();
    }

    private void writeHashCode(CodeBuilder code) {
        code.iconst_0();
        for (Component component : components) {
            code.bipush(31).imul();
            code.aload(0).getfield(type, component.name, component.type);
            if (component.type.isPrimitive()) {
                MethodTypeDesc hashes = MethodTypeDesc.of(ConstantDescs.CD_int, component.type);
                code.invokestatic(box(component.type), "hashCode", hashes);
            } else {
                code.invokestatic(OBJECTS, "hashCode", HASH_CODE);
            }
            code.iadd();
        }
        code.ireturn();
    }

    private static ClassDesc box(ClassDesc primitive) {
        return switch (TypeKind.from(primitive)) {
            case BOOLEAN -> ConstantDescs.CD_Boolean;
            case BYTE -> ConstantDescs.CD_Byte;
            case CHAR -> ConstantDescs.CD_Character;
            case SHORT -> ConstantDescs.CD_Short;
            case INT -> ConstantDescs.CD_Integer;
            case LONG -> ConstantDescs.CD_Long;
            case FLOAT -> ConstantDescs.CD_Float;
            case DOUBLE -> ConstantDescs.CD_Double;
            case REFERENCE, VOID -> throw new IllegalArgumentException(primitive.descriptorString());
        };
    }
}
