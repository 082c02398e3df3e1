package dev.jci.grammar;

import dev.jci.ir.Argument;
import dev.jci.ir.Attribute;
import dev.jci.ir.AttributeGroup;
import dev.jci.ir.AttributeSet;
import dev.jci.ir.CallingConvention;
import dev.jci.ir.Comdat;
import dev.jci.ir.Constant;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionAttributes;
import dev.jci.ir.FunctionType;
import dev.jci.ir.GlobalAlias;
import dev.jci.ir.GlobalIFunc;
import dev.jci.ir.GlobalValue;
import dev.jci.ir.GlobalVariable;
import dev.jci.ir.Module;
import dev.jci.ir.PointerType;
import dev.jci.ir.SpecialType;
import dev.jci.ir.SummaryEntry;
import dev.jci.ir.ThreadLocalMode;
import dev.jci.ir.Type;
import dev.jci.ir.UseListOrder;
import dev.jci.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds everything of a module but the bodies of functions. */
final class ModuleBuilder {
    /** A body to read when all globals are known. */
    record Body(Function function, int open, int end, Map<String, Argument> names, Map<Integer, Argument> numbers) {}

    private final Source source;
    private final Module module;
    private final Globals globals;
    private final TypeBuilder types;
    private final TokenSource tokens;
    private final AttributeWords words;
    private final Attachments attachments = new Attachments();
    private final Map<String, Attribute> wordAttributes = new HashMap<>();
    private final Map<Integer, AttributeGroup> groups = new HashMap<>();
    private final Map<AttributeGroup, Integer> undefinedGroups = new HashMap<>();
    private final Map<String, Integer> undefinedComdats = new HashMap<>();
    private final List<Body> bodies = new ArrayList<>();
    private final List<String> header = new ArrayList<>();
    private final GlobalWords globalWords = new GlobalWords();

    private GlobalValue global;
    private String globalName = "";
    private int globalPosition;
    private int addressSpace;
    private ThreadLocalMode threadLocalMode = ThreadLocalMode.NONE;
    private final List<AttributeGroup> groupReferences = new ArrayList<>();
    private @Nullable String comdatName;
    private int comdatPosition;
    private boolean definition;

    private final List<Argument> parameters = new ArrayList<>();
    private final List<Type> parameterTypes = new ArrayList<>();
    private final Map<String, Argument> parameterNames = new HashMap<>();
    private final Map<Integer, Argument> parameterNumbers = new HashMap<>();
    private Type parameterType = SpecialType.VOID;
    private @Nullable String parameterName;
    private int parameterNumber;
    private boolean varArg;
    private Type resultType = SpecialType.VOID;

    private @Nullable AttributeGroup group;
    private long summaryNumber;
    private int summaryStart;
    private Value useListValue;
    private @Nullable Function useListFunction;

    ModuleBuilder(Source source, Module module, Globals globals, TypeBuilder types, TokenSource tokens) {
        this.source = source;
        this.module = module;
        this.globals = globals;
        this.types = types;
        this.tokens = tokens;
        this.words = new AttributeWords(this, AttributeWords.newSets());
        this.global = new Function(null, new FunctionType(SpecialType.VOID, List.of(), false));
        this.useListValue = global;
    }

    // --- Text

    String text(int start, int end) {
        return source.text(start, end);
    }

    String name(int start, int end) {
        return source.name(start, end);
    }

    String string(int start, int end) {
        return source.string(start, end);
    }

    long number(int start, int end) {
        return source.number(start, end);
    }

    String spaced(int from, int to) {
        return source.spaced(from, to);
    }

    boolean isDigit(int at) {
        return source.isDigit(at);
    }

    boolean isQuote(int at) {
        return source.isQuote(at);
    }

    Attribute wordAttribute(String word) {
        return wordAttributes.computeIfAbsent(word, Attribute.Word::new);
    }

    AttributeWords words() {
        return words;
    }

    /** Another collector of attributes, which shares the sets that this one knows. */
    AttributeWords newWords() {
        return new AttributeWords(this, words.sets());
    }

    boolean typedPointers() {
        return globals.typedPointers();
    }

    Attachments attachments() {
        return attachments;
    }

    List<Body> bodies() {
        return bodies;
    }

    // --- Module level

    void sourceFileName(String name) {
        module.setSourceFileName(name);
    }

    void targetTriple(String triple) {
        module.setTargetTriple(triple);
    }

    void dataLayout(String layout) {
        module.setDataLayout(layout);
    }

    void moduleAsm(String line) {
        module.moduleAsm().add(line);
    }

    void beginComdat(String name, int position) {
        comdatName = name;
        comdatPosition = position;
    }

    void comdat(String kind, int position) {
        String name = comdatName == null ? "" : comdatName;
        comdatName = null;
        Comdat.SelectionKind selection;
        try {
            selection = Comdat.SelectionKind.valueOf(kind.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException exception) {
            throw new IrSyntaxError("unknown selection kind", position);
        }
        Comdat known = module.comdats().get(name);
        if (known != null && undefinedComdats.remove(name) == null) {
            throw new IrSyntaxError("redefinition of comdat '$" + name + "'", comdatPosition);
        }
        if (known == null) {
            module.comdats().put(name, new Comdat(name, selection));
        } else {
            known.setSelectionKind(selection);
        }
    }

    private Comdat comdatNamed(String name, int position) {
        return module.comdats().computeIfAbsent(name, key -> {
            undefinedComdats.put(key, position);
            return new Comdat(key, Comdat.SelectionKind.ANY);
        });
    }

    void beginGroup(int number, int position) {
        AttributeGroup known = groupNumbered(number, position);
        undefinedGroups.remove(known);
        if (!module.attributeGroups().contains(known)) {
            module.attributeGroups().add(known);
        }
        group = known;
    }

    void endGroup() {
        if (group != null) {
            group.setAttributes(words.take());
        }
    }

    private AttributeGroup groupNumbered(int number, int position) {
        return groups.computeIfAbsent(number, key -> {
            AttributeGroup made = new AttributeGroup(key, AttributeSet.EMPTY);
            undefinedGroups.put(made, position);
            return made;
        });
    }

    /** The group of that number, which a function or call refers to. */
    AttributeGroup groupReference(int number, int position) {
        return groupNumbered(number, position);
    }

    void beginSummary(int number, int start) {
        summaryNumber = number;
        summaryStart = start;
    }

    void summary(int lastStart, int end) {
        String text = source.spaced(summaryStart, end);
        module.summary()
                .add(new SummaryEntry(
                        summaryNumber, text.substring(text.indexOf('=') + 1).strip()));
    }

    // --- Use-list orders

    void useListValue(Value value) {
        useListValue = value;
    }

    void useListFunction(String name, boolean number, int position) {
        if (!(globals.find(name, number, position) instanceof Function function)) {
            throw new IrSyntaxError("expected function name in uselistorder_bb", position);
        }
        useListFunction = function;
    }

    void useListBlock(String name, boolean number, int position) {
        useListValue =
                globals.block(useListFunction == null ? (Function) global : useListFunction, name, number, position);
    }

    void useListOrder(List<Integer> indexes) {
        UseListOrder order = new UseListOrder(useListValue, indexes);
        boolean local = useListFunction == null && bodyFunction != null;
        if (local) {
            bodyFunction.useListOrders().add(order);
        } else {
            module.useListOrders().add(order);
        }
        useListFunction = null;
    }

    private @Nullable Function bodyFunction;

    /** Says whose body is read now, for the use-list orders in it; null for none. */
    void reading(@Nullable Function function) {
        bodyFunction = function;
    }

    // --- What globals and functions have in common

    void word(String word, int position) {
        words.word(word, position);
    }

    void threadLocal() {
        threadLocalMode = ThreadLocalMode.GENERALDYNAMIC;
    }

    void threadLocal(String model, int position) {
        try {
            threadLocalMode = ThreadLocalMode.valueOf(model.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException exception) {
            throw new IrSyntaxError("expected localdynamic, initialexec or localexec", position);
        }
    }

    void addressSpace(int space) {
        addressSpace = space;
    }

    void section(String name) {
        switch (global) {
            case GlobalVariable variable -> variable.setSection(name);
            case Function function -> function.setSection(name);
            default -> throw new IrSyntaxError("unknown alias or ifunc property!", tokens.lastStart());
        }
    }

    void partition(String name) {
        global.setPartition(name);
    }

    void alignment(long bytes) {
        if (bytes <= 0 || (bytes & (bytes - 1)) != 0) {
            throw new IrSyntaxError("alignment is not a power of two", tokens.lastStart());
        }
        switch (global) {
            case GlobalVariable variable -> variable.setAlignment(bytes);
            case Function function -> function.setAlignment(bytes);
            default -> throw new IrSyntaxError("unknown alias or ifunc property!", tokens.lastStart());
        }
    }

    void group(int number, int position) {
        groupReferences.add(groupNumbered(number, position));
    }

    void ownComdat(int position) {
        comdatName = globalName;
        comdatPosition = position;
        setComdat();
    }

    void comdatReference(String name, int position) {
        if (comdatName != null
                && comdatName.equals(globalName)
                && undefinedComdats.getOrDefault(globalName, -1) == comdatPosition) {
            undefinedComdats.remove(globalName);
            module.comdats().remove(globalName);
        }
        comdatName = name;
        comdatPosition = position;
        setComdat();
    }

    private void setComdat() {
        Comdat comdat = comdatNamed(comdatName == null ? "" : comdatName, comdatPosition);
        switch (global) {
            case GlobalVariable variable -> variable.setComdat(comdat);
            case Function function -> function.setComdat(comdat);
            default -> throw new IrSyntaxError("comdat cannot be used here", comdatPosition);
        }
    }

    private FunctionAttributes functionAttributes() {
        AttributeSet direct = words.take();
        FunctionAttributes attributes = direct.isEmpty() && groupReferences.isEmpty()
                ? FunctionAttributes.NONE
                : new FunctionAttributes(direct, groupReferences);
        groupReferences.clear();
        return attributes;
    }

    // --- Global variables, aliases, ifuncs

    void beginGlobal(String name, boolean number, int position) {
        globalName = name;
        globalPosition = position;
        addressSpace = 0;
        threadLocalMode = ThreadLocalMode.NONE;
    }

    void beginUnnamedGlobal(int position) {
        beginGlobal("", true, -1);
    }

    private void define() {
        int position = globalPosition < 0 ? tokens.lastStart() : globalPosition;
        global = globals.definedAt(position, globalName);
        global.setPosition(position);
        globalWords.apply(words.takeAll(), global, position);
        global.setThreadLocalMode(threadLocalMode);
    }

    void variable(boolean constant) {
        define();
        ((GlobalVariable) global).setConstant(constant);
    }

    void alias() {
        define();
    }

    void ifunc() {
        define();
    }

    void initializer(Type type, @Nullable Value value) {
        if (type instanceof FunctionType
                || type == SpecialType.VOID
                || type == SpecialType.LABEL
                || type == SpecialType.METADATA) {
            throw new IrSyntaxError("invalid type for global variable", globalPosition);
        }
        global.setValueType(type);
        global.setType(pointerTo(type));
        if (value != null) {
            if (!(value instanceof Constant constant)) {
                throw new IrSyntaxError("global initializer must be a constant", globalPosition);
            }
            ((GlobalVariable) global).setInitializer(constant);
        }
    }

    private PointerType pointerTo(Type type) {
        return globals.typedPointers() ? types.pointer(type, addressSpace) : PointerType.opaque(addressSpace);
    }

    void aliasType(Type type) {
        global.setValueType(type);
        global.setType(pointerTo(type));
    }

    void aliasee(Value value) {
        if (!(value instanceof Constant constant)) {
            throw new IrSyntaxError("invalid aliasee", tokens.lastStart());
        }
        if (!(constant.type() instanceof PointerType pointer)) {
            throw new IrSyntaxError("An alias or ifunc must have pointer type", tokens.lastStart());
        }
        if (!globals.typedPointers()) {
            global.setType(PointerType.opaque(pointer.addressSpace()));
        }
        switch (global) {
            case GlobalAlias alias -> alias.setAliasee(constant);
            case GlobalIFunc ifunc -> ifunc.setResolver(constant);
            default -> throw new IrSyntaxError("expected 'global' or 'constant'", tokens.lastStart());
        }
    }

    void codeModel(String model) {
        if (global instanceof GlobalVariable variable) {
            variable.setCodeModel(model);
        }
    }

    void sanitizer(String word) {
        if (!(global instanceof GlobalVariable variable)) {
            throw new IrSyntaxError("unknown alias or ifunc property!", tokens.lastStart());
        }
        if (!word.startsWith("no_sanitize") && !word.startsWith("sanitize")) {
            throw new IrSyntaxError("unknown global variable property!", tokens.lastStart());
        }
        variable.setSanitizers(variable.sanitizers().with(wordAttribute(word)));
    }

    void endGlobal() {
        global.setAttachments(attachments.take());
        FunctionAttributes attributes = functionAttributes();
        if (global instanceof GlobalVariable variable) {
            variable.setAttributes(attributes);
        }
    }

    // --- Functions

    void beginFunction(int position, boolean isDefinition) {
        definition = isDefinition;
        addressSpace = 0;
        parameters.clear();
        parameterTypes.clear();
        parameterNames.clear();
        parameterNumbers.clear();
        parameterNumber = 0;
        varArg = false;
        header.clear();
    }

    void callingConvention(String convention) {
        header.add(convention);
    }

    void function(Type result, String name, boolean number, int position) {
        if (result instanceof FunctionType || result == SpecialType.LABEL || result == SpecialType.METADATA) {
            throw new IrSyntaxError("invalid function return type", position);
        }
        globalName = name;
        globalPosition = position;
        Function function = (Function) globals.definedAt(position, name);
        global = function;
        resultType = result;
        function.setPosition(position);
        function.setDefinition(definition);
        List<Attribute> rest = globalWords.apply(words.takeAll(), function, position);
        function.setReturnAttributes(words.set(rest));
        if (!header.isEmpty()) {
            function.setCallingConvention(new CallingConvention(header.get(0)));
        }
    }

    void varArg() {
        varArg = true;
    }

    void beginParameter(Type type) {
        if (!type.isFirstClass() || type == SpecialType.LABEL || varArg) {
            throw new IrSyntaxError(
                    "argument can not have " + (type == SpecialType.VOID ? "void" : "this") + " type",
                    tokens.lastStart());
        }
        parameterType = type;
        parameterName = null;
    }

    void parameterName(String name, boolean number, int position) {
        if (number) {
            int written = LocalValues.parse(name, position);
            if (written < parameterNumber) {
                throw new IrSyntaxError(
                        "argument expected to be numbered '%" + parameterNumber + "' or greater", position);
            }
            parameterNumber = written;
            return;
        }
        parameterName = name;
    }

    void endParameter() {
        Argument argument = new Argument(parameterType, parameterName, words.take());
        if (parameterName == null) {
            parameterNumbers.put(parameterNumber++, argument);
        } else if (parameterNames.put(parameterName, argument) != null) {
            throw new IrSyntaxError("redefinition of argument '%" + parameterName + "'", tokens.lastStart());
        }
        parameters.add(argument);
        parameterTypes.add(parameterType);
    }

    void endParameters() {
        Function function = (Function) global;
        FunctionType type = types.function(resultType, parameterTypes, varArg);
        function.setValueType(type);
        function.setArguments(parameters);
    }

    void garbageCollector(String name) {
        ((Function) global).setGarbageCollector(name);
    }

    void prefix(Value value) {
        ((Function) global).setPrefixData((Constant) value);
    }

    void prologue(Value value) {
        ((Function) global).setPrologueData((Constant) value);
    }

    void personality(Value value) {
        ((Function) global).setPersonality((Constant) value);
    }

    void endHeader() {
        Function function = (Function) global;
        List<Attribute> rest = globalWords.applyClauses(words.takeAll(), function);
        AttributeSet direct = words.set(rest);
        function.setAttributes(
                direct.isEmpty() && groupReferences.isEmpty()
                        ? FunctionAttributes.NONE
                        : new FunctionAttributes(direct, groupReferences));
        groupReferences.clear();
        function.setType(pointerTo(function.functionType()));
        function.setAttachments(attachments.take());
    }

    void body(int open) {
        int end = GlobalIndex.bodyEnd(source.bytes, open);
        if (end < 0) {
            throw new IrSyntaxError("found end of file when expecting more instructions", source.bytes.length);
        }
        bodies.add(new Body((Function) global, open, end, Map.copyOf(parameterNames), Map.copyOf(parameterNumbers)));
        tokens.jump(end - 1);
    }

    /** Complains about what was used but never defined. */
    void end() {
        undefinedComdats.entrySet().stream().min(Map.Entry.comparingByValue()).ifPresent(entry -> {
            throw new IrSyntaxError("use of undefined comdat '$" + entry.getKey() + "'", entry.getValue());
        });
    }
}
