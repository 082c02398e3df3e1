package dev.jci.ir.transform;

import dev.jci.ir.Argument;
import dev.jci.ir.ArrayType;
import dev.jci.ir.AttributeGroup;
import dev.jci.ir.AttributeSet;
import dev.jci.ir.Constant;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionType;
import dev.jci.ir.GlobalAlias;
import dev.jci.ir.GlobalIFunc;
import dev.jci.ir.GlobalValue;
import dev.jci.ir.GlobalVariable;
import dev.jci.ir.IntegerType;
import dev.jci.ir.MDNode;
import dev.jci.ir.Module;
import dev.jci.ir.NamedMetadata;
import dev.jci.ir.PointerType;
import dev.jci.ir.SpecialType;
import dev.jci.ir.StructType;
import dev.jci.ir.Type;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives a module with opaque pointers typed ones, as LLVM 14 reads them by default and LLVM 16 is the last to read ({@code ptr} to
 * {@code i32*}; LangRef 14, "Pointer Type").
 *
 * <p>A pointee is only a name for what memory holds: a {@code bitcast} from one pointer type to another changes nothing at run time. So any
 * pointees do that agree with what each use asks for. Here the address of a global, an {@code alloca} and a {@code getelementptr} are
 * pointers to the type that they name, and all other pointers, in memory, parameters and phis too, are {@code i8*}. Where a user asks for
 * another pointee there is a {@code bitcast}, in constants a constant expression. Since no structure refers to another one through a pointer
 * any more, recursive types need no care.
 *
 * <p>Parameters whose attributes name a type, such as {@code byval} and {@code sret}, point to that type, and so do those of intrinsics
 * for which LLVM asks that; the names of intrinsics follow.
 */
public final class TypedPointers {
    private final Module module;
    private final PointeeTypes types = new PointeeTypes();
    private final TypedConstants constants = new TypedConstants(types);
    private final TypedSignatures signatures = new TypedSignatures(types);
    private final TypedMetadata metadata = new TypedMetadata(constants);
    private final IdentityHashMap<Function, FunctionType> opaqueTypes = new IdentityHashMap<>();
    private final IdentityHashMap<Function, String> opaqueNames = new IdentityHashMap<>();

    private TypedPointers(Module module) {
        this.module = module;
    }

    /**
     * Edits the module in place; one that has typed pointers already stays as it is. Use-list orders, which count uses that change, are
     * dropped.
     *
     * @param module the module
     */
    public static void derive(Module module) {
        if (!module.hasTypedPointers()) {
            new TypedPointers(module).derive();
        }
    }

    private void derive() {
        module.namedStructs().forEach(types::define);
        module.attributeGroups().forEach(this::group);
        List<Function> functions = List.copyOf(module.functions());
        functions.forEach(this::signature);
        module.globals().forEach(this::variable);
        module.aliases().forEach(alias -> address(alias, types.typed(alias.valueType())));
        module.ifuncs().forEach(ifunc -> address(ifunc, types.typed(ifunc.valueType())));
        contents();
        functions.forEach(this::body);
        metadata();
        module.useListOrders().clear();
        module.setTypedPointers(true);
    }

    private void group(AttributeGroup group) {
        group.setAttributes(types.typed(group.attributes()));
    }

    private static void address(GlobalValue global, Type valueType) {
        global.setValueType(valueType);
        global.setType(PointerType.to(valueType, global.type().addressSpace()));
    }

    private void signature(Function function) {
        String name = function.name();
        FunctionType original = function.functionType();
        List<Argument> arguments = function.arguments();
        FunctionType typed = signatures.of(
                name,
                original,
                index -> index < arguments.size() ? arguments.get(index).attributes() : AttributeSet.EMPTY);
        opaqueTypes.put(function, original);
        address(function, typed);
        for (int i = 0; i < arguments.size(); i++) {
            Argument argument = arguments.get(i);
            argument.retype(typed.parameters().get(i));
            argument.setAttributes(types.typed(argument.attributes()));
        }
        function.setReturnAttributes(types.typed(function.returnAttributes()));
        function.setAttributes(types.typed(function.attributes()));
        if (name != null && name.startsWith("llvm.")) {
            opaqueNames.put(function, name);
            rename(function, TypedSignatures.mangled(name, typed));
        }
    }

    /** A name that is taken stays as it is: LLVM mangles the names of intrinsics again when it reads them. */
    private void rename(Function function, String name) {
        if (module.find(name) == null) {
            function.setName(name);
        }
    }

    private void variable(GlobalVariable variable) {
        String name = variable.name();
        boolean isStructors = "llvm.global_ctors".equals(name) || "llvm.global_dtors".equals(name);
        address(variable, isStructors ? structors(variable.valueType()) : types.typed(variable.valueType()));
        variable.setAttributes(types.typed(variable.attributes()));
    }

    /** The elements of {@code llvm.global_ctors} hold pointers to functions (LangRef, "The 'llvm.global_ctors' Global Variable"). */
    private Type structors(Type type) {
        if (type instanceof ArrayType array
                && array.element() instanceof StructType struct
                && struct.elements().size() == 3
                && struct.elements().get(1) instanceof PointerType pointer) {
            PointerType function = PointerType.to(FunctionType.of(SpecialType.VOID), pointer.addressSpace());
            return new ArrayType(
                    array.length(),
                    StructType.of(
                            IntegerType.I32,
                            function,
                            types.typed(struct.elements().get(2))));
        }
        return types.typed(type);
    }

    private void contents() {
        for (GlobalVariable variable : module.globals()) {
            variable.setInitializer(typed(variable.initializer(), variable.valueType()));
        }
        for (GlobalAlias alias : module.aliases()) {
            Constant aliasee = alias.aliasee();
            if (aliasee != null) {
                int space = ((PointerType) aliasee.type()).addressSpace();
                alias.setAliasee(constants.typed(aliasee, PointerType.to(alias.valueType(), space)));
            }
        }
        for (GlobalIFunc ifunc : module.ifuncs()) {
            Constant resolver = ifunc.resolver();
            if (resolver != null) {
                int space = ((PointerType) resolver.type()).addressSpace();
                Type resolved = FunctionType.of(PointerType.to(ifunc.valueType(), 0));
                ifunc.setResolver(constants.typed(resolver, PointerType.to(resolved, space)));
            }
        }
    }

    private @Nullable Constant typed(@Nullable Constant constant, @Nullable Type type) {
        return constant == null ? null : constants.typed(constant, type);
    }

    private void body(Function function) {
        function.setPrefixData(typed(function.prefixData(), null));
        function.setPrologueData(typed(function.prologueData(), null));
        function.setPersonality(typed(function.personality(), null));
        function.useListOrders().clear();
        new TypedInstructions(types, constants, signatures, metadata, opaqueTypes, this::specialized).type(function);
    }

    /** The overload of an intrinsic for a type that a call of it has, when its arguments name the types that they point to. */
    private Function specialized(Function intrinsic, FunctionType type) {
        String name =
                TypedSignatures.mangled(opaqueNames.getOrDefault(intrinsic, String.valueOf(intrinsic.name())), type);
        Function found = module.function(name);
        if (found != null) {
            return found;
        }
        Function overload = new Function(name, type);
        List<Argument> arguments = new ArrayList<>();
        for (int i = 0; i < type.parameters().size(); i++) {
            arguments.add(new Argument(
                    type.parameters().get(i), null, intrinsic.arguments().get(i).attributes()));
        }
        overload.setArguments(arguments);
        overload.setAttributes(intrinsic.attributes());
        overload.setReturnAttributes(intrinsic.returnAttributes());
        overload.setImplied(intrinsic.isImplied());
        address(overload, type);
        module.add(overload);
        return overload;
    }

    private void metadata() {
        module.metadata().forEach(metadata::type);
        for (NamedMetadata named : module.namedMetadata().values()) {
            for (MDNode node : named.operands()) {
                metadata.type(node);
            }
        }
        module.globals().forEach(this::attachments);
        module.functions().forEach(this::attachments);
    }

    private void attachments(GlobalValue global) {
        global.attachments().forEach(attachment -> metadata.type(attachment.node()));
    }
}
