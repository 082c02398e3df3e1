package dev.jci.ir.verify;

import dev.jci.ir.ArrayType;
import dev.jci.ir.Constant;
import dev.jci.ir.ConstantAggregate;
import dev.jci.ir.ConstantExpr;
import dev.jci.ir.DataLayout;
import dev.jci.ir.DllStorageClass;
import dev.jci.ir.Function;
import dev.jci.ir.GlobalAlias;
import dev.jci.ir.GlobalValue;
import dev.jci.ir.GlobalVariable;
import dev.jci.ir.IntegerType;
import dev.jci.ir.Linkage;
import dev.jci.ir.MDNode;
import dev.jci.ir.MDNull;
import dev.jci.ir.MetadataAttachment;
import dev.jci.ir.Module;
import dev.jci.ir.PointerType;
import dev.jci.ir.SimpleConstant;
import dev.jci.ir.StructType;
import dev.jci.ir.Type;
import dev.jci.ir.ValueAsMetadata;
import dev.jci.ir.VectorType;
import dev.jci.ir.Visibility;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules about global variables and aliases (LangRef, "Global Variables", "Aliases", "Intrinsic Global Variables"). */
final class GlobalRules {
    private static final Set<Linkage> ALIAS_LINKAGES = EnumSet.of(
            Linkage.PRIVATE,
            Linkage.INTERNAL,
            Linkage.LINKONCE,
            Linkage.LINKONCE_ODR,
            Linkage.WEAK,
            Linkage.WEAK_ODR,
            Linkage.EXTERNAL,
            Linkage.AVAILABLE_EXTERNALLY);

    private final Module module;
    private final Findings findings;
    private final DebugInfoRules debugInfo;
    private final NodeShapeRules nodeShapes;
    private final IdentityHashMap<GlobalAlias, AliasEnd> aliasEnds = new IdentityHashMap<>();

    private GlobalRules(Module module, ModuleRules rules) {
        this.module = module;
        this.findings = rules.findings();
        this.debugInfo = rules.debugInfo();
        this.nodeShapes = rules.nodeShapes();
    }

    static void check(Module module, ModuleRules shared) {
        GlobalRules rules = new GlobalRules(module, shared);
        for (List<? extends GlobalValue> globals :
                List.of(module.globals(), module.aliases(), module.ifuncs(), module.functions())) {
            globals.forEach(rules::checkLinkage);
        }
        module.globals().forEach(rules::checkVariable);
        module.aliases().forEach(rules::checkAlias);
        module.functions().forEach(rules::checkFunction);
    }

    private void error(String message, GlobalValue at) {
        findings.error(message, at.position());
    }

    /** A reader checks this too, since LLVM's model cannot hold it. */
    private void checkLinkage(GlobalValue global) {
        boolean local = global.linkage() == Linkage.PRIVATE || global.linkage() == Linkage.INTERNAL;
        if (local && global.visibility() != Visibility.DEFAULT) {
            error("symbol with local linkage must have default visibility", global);
        }
        if (local && global.dllStorageClass() != DllStorageClass.DEFAULT) {
            error("symbol with local linkage cannot have a DLL storage class", global);
        }
    }

    /** A reader checks this too, in these words, since LLVM's model cannot hold it. */
    private void checkFunction(Function function) {
        checkDeclaration(function);
        switch (function.linkage()) {
            case APPENDING, COMMON -> error("invalid function linkage type", function);
            case EXTERN_WEAK -> {
                if (!function.isDeclaration()) {
                    error("invalid linkage for function definition", function);
                }
            }
            default -> {}
        }
    }

    private void checkDeclaration(GlobalValue global) {
        if (global.isDeclaration() && global.linkage() != Linkage.EXTERNAL && global.linkage() != Linkage.EXTERN_WEAK) {
            error("Global is external, but doesn't have external or weak linkage!", global);
        }
        if (global.dllStorageClass() == DllStorageClass.DLLIMPORT
                && !(global.isDeclaration() || global.linkage() == Linkage.AVAILABLE_EXTERNALLY)) {
            error("Global is marked as dllimport, but not external", global);
        }
    }

    private void checkVariable(GlobalVariable variable) {
        checkDeclaration(variable);
        checkAttachments(variable);
        Constant initializer = variable.initializer();
        if (initializer != null && variable.linkage() == Linkage.EXTERN_WEAK) {
            error("invalid linkage type for global definition", variable);
        }
        if (initializer != null && !initializer.type().equals(variable.valueType())) {
            error("Global variable initializer type does not match global variable type! " + variable, variable);
        }
        if (!BlockAddresses.areThere(initializer, null)) {
            error(BlockAddresses.COMPLAINT, variable);
        }
        if (variable.linkage() == Linkage.COMMON) {
            checkCommon(variable);
        }
        if (variable.linkage() == Linkage.APPENDING && !(variable.valueType() instanceof ArrayType)) {
            error("Only global arrays can have appending linkage!", variable);
        }
        if (containsScalableVector(variable.valueType())) {
            error("Globals cannot contain scalable vectors", variable);
        }
        if (initializer instanceof Function function && IntrinsicRules.isIntrinsic(function)) {
            error("Invalid user of intrinsic instruction!", variable);
        }
        if (initializer instanceof GlobalVariable used
                && ("llvm.global_ctors".equals(used.name()) || "llvm.global_dtors".equals(used.name()))) {
            error("invalid uses of intrinsic global variable", used);
        }
        switch (variable.name()) {
            case "llvm.global_ctors", "llvm.global_dtors" -> checkStructors(variable);
            case "llvm.used", "llvm.compiler.used" -> checkUsed(variable);
            case null, default -> {}
        }
    }

    private void checkCommon(GlobalVariable variable) {
        if (variable.initializer() != null && !isZero(variable.initializer())) {
            error("'common' global must have a zero initializer!", variable);
        }
        if (variable.isConstant()) {
            error("'common' global may not be marked constant!", variable);
        }
        if (variable.comdat() != null) {
            error("'common' global may not be in a Comdat!", variable);
        }
    }

    private static boolean isZero(Constant constant) {
        return switch (constant) {
            case dev.jci.ir.ConstantInt integer -> integer.isZero();
            case SimpleConstant simple ->
                simple.kind() == SimpleConstant.Kind.ZERO || simple.kind() == SimpleConstant.Kind.NULL;
            case GlobalValue global -> false;
            default -> true;
        };
    }

    private static boolean containsScalableVector(Type type) {
        return switch (type) {
            case VectorType vector -> vector.scalable();
            case ArrayType array -> containsScalableVector(array.element());
            case StructType struct -> struct.elements().stream().anyMatch(GlobalRules::containsScalableVector);
            default -> false;
        };
    }

    private void checkStructors(GlobalVariable variable) {
        if (variable.initializer() != null && variable.linkage() != Linkage.APPENDING) {
            error("invalid linkage for intrinsic global variable", variable);
        }
        boolean valid = variable.valueType() instanceof ArrayType array
                && array.element() instanceof StructType struct
                && (struct.elements().size() == 2 || struct.elements().size() == 3)
                && struct.elements().get(0).equals(IntegerType.I32)
                && struct.elements().get(1) instanceof PointerType pointer
                && pointer.addressSpace() == programAddressSpace();
        if (variable.valueType() instanceof ArrayType array && array.element() instanceof dev.jci.ir.NamedStruct) {
            valid = true;
        }
        if (!valid) {
            error("wrong type for intrinsic global variable", variable);
        }
    }

    /** The address space of functions; what the layout says wrongly is for the reader to refuse. */
    private int programAddressSpace() {
        return module.dataLayout() == null ? 0 : DataLayout.of(module).programAddressSpace();
    }

    private void checkAttachments(GlobalVariable variable) {
        for (MetadataAttachment attachment : variable.attachments()) {
            MDNode node = attachment.node();
            nodeShapes.check(node, variable.position());
            debugInfo.checkAttachment(attachment.kind(), node, variable.position());
            switch (attachment.kind()) {
                case "absolute_symbol" -> {
                    if (findings.since(17)) {
                        int bits = DataLayout.of(module)
                                .pointerBits(variable.type().addressSpace());
                        new RangeRules(findings).check(node, IntegerType.of(bits), true, variable.position());
                    }
                }
                case "associated" -> {
                    if (findings.since(19)) {
                        checkAssociation(variable, node);
                    }
                }
                default -> {}
            }
        }
    }

    private void checkAssociation(GlobalVariable variable, MDNode node) {
        if (node.operandCount() != 1) {
            error("associated metadata must have one operand", variable);
        } else if (node.operand(0) == MDNull.NULL) {
            error("associated metadata must have a global value", variable);
        } else if (!(node.operand(0) instanceof ValueAsMetadata wrapped)) {
            error("associated metadata must be ValueAsMetadata", variable);
        } else if (!(wrapped.value().type() instanceof PointerType)) {
            error("associated value must be pointer typed", variable);
        } else if (wrapped.value() instanceof Constant target && base(target) == variable) {
            error("global values should not associate to themselves", variable);
        }
    }

    private void checkUsed(GlobalVariable variable) {
        if (!(variable.valueType() instanceof ArrayType array)) {
            return;
        }
        if (!(array.element() instanceof PointerType)) {
            error("wrong type for intrinsic global variable", variable);
            return;
        }
        if (variable.initializer() instanceof ConstantAggregate members) {
            for (Constant member : members.elements()) {
                if (!(base(member) instanceof GlobalValue)) {
                    error("invalid " + variable.name() + " member", variable);
                }
            }
        } else if (variable.initializer() != null && array.length() > 0) {
            error("wrong initalizer for intrinsic global variable", variable);
        }
    }

    /** The constant below casts and address computations. */
    static Constant base(Constant constant) {
        Constant at = constant;
        while (at instanceof ConstantExpr.Conversion || at instanceof ConstantExpr.ElementPointer) {
            at = ((ConstantExpr) at).operands().get(0);
        }
        return at;
    }

    private void checkAlias(GlobalAlias alias) {
        if (!ALIAS_LINKAGES.contains(alias.linkage())) {
            error(
                    "Alias should have private, internal, linkonce, weak, linkonce_odr, weak_odr, external, or"
                            + " available_externally linkage!",
                    alias);
        }
        AliasEnd end = endOf(alias);
        if (end.complaint != null) {
            error(end.complaint, alias);
        } else if (end.target instanceof GlobalValue target
                && target.isDeclaration()
                && alias.linkage() != Linkage.AVAILABLE_EXTERNALLY) {
            error("Alias must point to a definition", alias);
        }
    }

    /** What a chain of aliases leads to, or what is wrong with it. */
    private record AliasEnd(
            @Nullable String complaint, @Nullable Constant target) {}

    /** Follows a chain of aliases; what is found holds for all aliases on the way, so that no link is followed twice. */
    private AliasEnd endOf(GlobalAlias alias) {
        Set<GlobalAlias> way = Collections.newSetFromMap(new IdentityHashMap<>());
        GlobalAlias at = alias;
        AliasEnd end = aliasEnds.get(at);
        while (end == null) {
            if (!way.add(at)) {
                end = new AliasEnd("Aliases cannot form a cycle", null);
            } else if (at.aliasee() == null) {
                end = new AliasEnd(null, null);
            } else if (!(base(at.aliasee()) instanceof GlobalAlias next)) {
                end = new AliasEnd(null, base(at.aliasee()));
            } else if (next == alias) {
                end = new AliasEnd("Aliases cannot form a cycle", null);
            } else if (isInterposable(next.linkage())) {
                end = new AliasEnd("Alias cannot point to an interposable alias", null);
            } else {
                at = next;
                end = aliasEnds.get(at);
            }
        }
        for (GlobalAlias passed : way) {
            aliasEnds.put(passed, end);
        }
        return end;
    }

    /** Whether the linker may put another definition in place of one with that linkage. */
    private static boolean isInterposable(Linkage linkage) {
        return switch (linkage) {
            case WEAK, LINKONCE, COMMON, EXTERN_WEAK -> true;
            default -> false;
        };
    }
}
