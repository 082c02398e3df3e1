package dev.jci.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A module: all that one {@code .ll} file holds (LangRef, "Module Structure"). One thread owns it. */
public final class Module {
    private @Nullable String sourceFileName;
    private @Nullable String dataLayout;
    private @Nullable String targetTriple;
    private final List<String> moduleAsm = new ArrayList<>();
    private final List<NamedStruct> namedStructs = new ArrayList<>();
    private final Map<String, Comdat> comdats = new LinkedHashMap<>();
    private final List<GlobalVariable> globals = new ArrayList<>();
    private final List<GlobalAlias> aliases = new ArrayList<>();
    private final List<GlobalIFunc> ifuncs = new ArrayList<>();
    private final List<Function> functions = new ArrayList<>();
    private final Map<String, GlobalValue> symbols = new HashMap<>();
    private final List<AttributeGroup> attributeGroups = new ArrayList<>();
    private final Map<String, NamedMetadata> namedMetadata = new LinkedHashMap<>();
    private final List<MDNode> metadata = new ArrayList<>();
    private final List<UseListOrder> useListOrders = new ArrayList<>();
    private final List<SummaryEntry> summary = new ArrayList<>();
    private boolean typedPointers;

    /** The name of the source file, null when not given. */
    public @Nullable String sourceFileName() {
        return sourceFileName;
    }

    /** Changes the name of the source file. */
    public void setSourceFileName(@Nullable String sourceFileName) {
        this.sourceFileName = sourceFileName;
    }

    /** The data layout string, null when not given. */
    public @Nullable String dataLayout() {
        return dataLayout;
    }

    /** Changes the data layout string. */
    public void setDataLayout(@Nullable String dataLayout) {
        this.dataLayout = dataLayout;
    }

    /** The target triple, null when not given. */
    public @Nullable String targetTriple() {
        return targetTriple;
    }

    /** Changes the target triple. */
    public void setTargetTriple(@Nullable String targetTriple) {
        this.targetTriple = targetTriple;
    }

    /** The strings of {@code module asm}, one for each directive, a live list. */
    public List<String> moduleAsm() {
        return moduleAsm;
    }

    /** Whether the module has typed pointers ({@code i32*}) rather than {@code ptr}. */
    public boolean hasTypedPointers() {
        return typedPointers;
    }

    /** Says whether the module has typed pointers. */
    public void setTypedPointers(boolean typedPointers) {
        this.typedPointers = typedPointers;
    }

    /** The identified structure types in order of definition, a live list. */
    public List<NamedStruct> namedStructs() {
        return namedStructs;
    }

    /** The comdats by name, in order, a live map. */
    public Map<String, Comdat> comdats() {
        return comdats;
    }

    /** The global variables in order; to add or remove use {@link #add} and {@link #remove}. */
    public List<GlobalVariable> globals() {
        return globals;
    }

    /** The aliases in order; to add or remove use {@link #add} and {@link #remove}. */
    public List<GlobalAlias> aliases() {
        return aliases;
    }

    /** The ifuncs in order; to add or remove use {@link #add} and {@link #remove}. */
    public List<GlobalIFunc> ifuncs() {
        return ifuncs;
    }

    /** The functions in order; to add or remove use {@link #add} and {@link #remove}. */
    public List<Function> functions() {
        return functions;
    }

    /** The attribute groups in order, a live list. */
    public List<AttributeGroup> attributeGroups() {
        return attributeGroups;
    }

    /** The named metadata by name, in order, a live map. */
    public Map<String, NamedMetadata> namedMetadata() {
        return namedMetadata;
    }

    /** The metadata nodes that stand on lines of their own, in order, a live list. Nodes reachable from elsewhere need not be in it. */
    public List<MDNode> metadata() {
        return metadata;
    }

    /** The use-list orders of globals and constants, a live list. */
    public List<UseListOrder> useListOrders() {
        return useListOrders;
    }

    /** The entries of the module summary, a live list. */
    public List<SummaryEntry> summary() {
        return summary;
    }

    /** The global of that name, null when there is none. */
    public @Nullable GlobalValue find(String name) {
        return symbols.get(name);
    }

    /** The function of that name, null when there is none. */
    public @Nullable Function function(String name) {
        return symbols.get(name) instanceof Function function ? function : null;
    }

    /** The variable of that name, null when there is none. */
    public @Nullable GlobalVariable global(String name) {
        return symbols.get(name) instanceof GlobalVariable variable ? variable : null;
    }

    /**
     * Adds a global at the end of its kind.
     *
     * @throws IllegalArgumentException when the name is taken
     */
    public void add(GlobalValue global) {
        if (global.parent() != null) {
            throw new IllegalArgumentException(global + " is already in a module");
        }
        renameGlobal(global, null, global.name());
        global.setParent(this);
        switch (global) {
            case GlobalVariable variable -> globals.add(variable);
            case GlobalAlias alias -> aliases.add(alias);
            case GlobalIFunc ifunc -> ifuncs.add(ifunc);
            case Function function -> functions.add(function);
        }
    }

    /** Takes a global out. Its uses are the caller's to change. */
    public void remove(GlobalValue global) {
        boolean removed = switch (global) {
            case GlobalVariable variable -> globals.remove(variable);
            case GlobalAlias alias -> aliases.remove(alias);
            case GlobalIFunc ifunc -> ifuncs.remove(ifunc);
            case Function function -> functions.remove(function);
        };
        if (removed) {
            renameGlobal(global, global.name(), null);
            global.setParent(null);
        }
    }

    /** A function with parameters for its type, in the address space for programs; it is not in the module yet. */
    Function newFunction(String name, FunctionType type) {
        Function function = new Function(name, type);
        function.setArguments(type.parameters().stream()
                .map(parameter -> new Argument(parameter, null, AttributeSet.EMPTY))
                .toList());
        int space = DataLayout.of(this).programAddressSpace();
        function.setType(typedPointers ? PointerType.to(type, space) : PointerType.opaque(space));
        return function;
    }

    /**
     * The function of that name and type, declared now when the module does not have it.
     *
     * @throws IllegalArgumentException when the name belongs to something else or to a function of another type
     */
    public Function declare(String name, FunctionType type) {
        GlobalValue found = symbols.get(name);
        if (found == null) {
            Function function = newFunction(name, type);
            add(function);
            return function;
        }
        if (found instanceof Function function && function.valueType().equals(type)) {
            return function;
        }
        throw new IllegalArgumentException("@" + name + " is already something else than " + type);
    }

    void renameGlobal(GlobalValue global, @Nullable String from, @Nullable String to) {
        if (to != null) {
            GlobalValue holder = symbols.putIfAbsent(to, global);
            if (holder != null && holder != global) {
                throw new IllegalArgumentException("redefinition of @" + to);
            }
        }
        if (from != null && !from.equals(to)) {
            symbols.remove(from, global);
        }
    }
}
