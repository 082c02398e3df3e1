package dev.jci.ir.diff;

import dev.jci.ir.Argument;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.Comdat;
import dev.jci.ir.DataLayout;
import dev.jci.ir.Function;
import dev.jci.ir.GlobalAlias;
import dev.jci.ir.GlobalIFunc;
import dev.jci.ir.GlobalValue;
import dev.jci.ir.GlobalVariable;
import dev.jci.ir.Instruction;
import dev.jci.ir.Linkage;
import dev.jci.ir.Module;
import dev.jci.ir.RuntimePreemption;
import dev.jci.ir.Visibility;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of the two modules, with the hashes of its parts. Globals that the linker does not see get their identity from outside. */
final class Side {
    private final Module module;
    private final IdentityHashMap<GlobalValue, Long> identities;
    private final StructureHash structure;
    private final NodeHashes nodes;
    private final BodyHash bodies;

    /**
     * @param module the module
     * @param identities what stands for the globals that the linker does not see; those that are not in it are all the same
     */
    Side(Module module, IdentityHashMap<GlobalValue, Long> identities) {
        this.module = module;
        this.identities = identities;
        this.structure = new StructureHash(this::identity);
        this.nodes = NodeHashes.of(module, structure);
        this.bodies = new BodyHash(structure, nodes, DataLayout.of(module));
    }

    Module module() {
        return module;
    }

    NodeHashes nodes() {
        return nodes;
    }

    BodyHash bodies() {
        return bodies;
    }

    /** All globals of the module. */
    List<GlobalValue> globals() {
        List<GlobalValue> all = new ArrayList<>(module.globals());
        all.addAll(module.aliases());
        all.addAll(module.ifuncs());
        module.functions().stream().filter(function -> !isDropped(function)).forEach(all::add);
        return all;
    }

    /** Declarations of debug intrinsics go with their calls, and LLVM leaves out intrinsics that nothing calls. */
    private static boolean isDropped(Function function) {
        return isIntrinsic(function) && function.isDeclaration();
    }

    private static boolean isIntrinsic(GlobalValue global) {
        return global.name() != null && global.name().startsWith("llvm.") && global instanceof Function;
    }

    /** Whether the linker sees the name. */
    static boolean isVisible(GlobalValue global) {
        return global.name() != null && !isLocal(global);
    }

    private static boolean isLocal(GlobalValue global) {
        return global.linkage() == Linkage.PRIVATE || global.linkage() == Linkage.INTERNAL;
    }

    private long identity(GlobalValue global) {
        String name = global.name();
        return isVisible(global) && name != null ? Mix.of(name) : identities.getOrDefault(global, 0L);
    }

    /** The hash of a global: all but its name and its body. */
    long header(GlobalValue global) {
        boolean impliesLocal = isLocal(global) || global.visibility() != Visibility.DEFAULT;
        long hash = Mix.of(structure.of(global.valueType()), structure.of(global.type()));
        hash = Mix.of(hash, Mix.of(global.linkage()));
        hash = Mix.of(hash, impliesLocal || global.preemption() == RuntimePreemption.DSO_LOCAL ? 1 : 0);
        hash = Mix.of(hash, Mix.of(global.visibility()) * 100L + Mix.of(global.dllStorageClass()));
        hash = Mix.of(hash, Mix.of(global.threadLocalMode()) * 100L + Mix.of(global.unnamedAddr()));
        hash = Mix.of(hash, StructureHash.text(global.partition()));
        hash = Mix.of(hash, bodies.attachments(global.attachments()));
        return Mix.of(
                hash,
                switch (global) {
                    case GlobalVariable variable -> variable(variable);
                    case GlobalAlias alias -> Mix.of(2, structure.of(alias.aliasee()));
                    case GlobalIFunc ifunc -> Mix.of(3, structure.of(ifunc.resolver()));
                    case Function function -> function(function);
                });
    }

    private long variable(GlobalVariable variable) {
        long hash = (variable.isConstant() ? 1L : 0) + (variable.isExternallyInitialized() ? 2L : 0);
        hash = Mix.of(hash, structure.of(variable.initializer()));
        hash = Mix.of(Mix.of(hash, StructureHash.text(variable.section())), comdat(variable.comdat()));
        hash = Mix.of(Mix.of(hash, variable.alignment()), StructureHash.text(variable.codeModel()));
        hash = Mix.of(hash, structure.of(variable.sanitizers()));
        return Mix.of(hash, structure.of(variable.attributes().flattened()));
    }

    private long comdat(@Nullable Comdat comdat) {
        return comdat == null ? 0 : Mix.of(Mix.of(comdat.name()), Mix.of(comdat.selectionKind()));
    }

    private long function(Function function) {
        long hash = Mix.of(
                function.isDeclaration() ? 5 : 4,
                Mix.of(function.callingConvention().keyword()));
        hash = Mix.of(hash, structure.of(function.returnAttributes()));
        for (Argument argument : function.arguments()) {
            hash = Mix.of(hash, structure.of(argument.attributes()));
        }
        hash = Mix.of(hash, structure.of(function.attributes().flattened()));
        hash = Mix.of(Mix.of(hash, StructureHash.text(function.section())), comdat(function.comdat()));
        hash = Mix.of(Mix.of(hash, function.alignment()), function.preferredAlignment());
        hash = Mix.of(hash, StructureHash.text(function.garbageCollector()));
        hash = Mix.of(hash, structure.of(function.prefixData()));
        hash = Mix.of(hash, structure.of(function.prologueData()));
        return Mix.of(hash, structure.of(function.personality()));
    }

    /** The hash of a global with its body, to find the counterpart of one that has no name to go by. */
    long whole(GlobalValue global) {
        long hash = header(global);
        if (global instanceof Function function) {
            for (BasicBlock block : function.blocks()) {
                hash = Mix.of(hash, 1);
                for (Instruction instruction : block.instructions()) {
                    hash = Mix.of(hash, bodies.of(instruction));
                }
            }
        }
        return hash;
    }
}
