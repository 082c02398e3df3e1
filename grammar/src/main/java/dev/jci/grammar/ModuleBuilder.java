package dev.jci.grammar;

import dev.jci.ir.Argument;
import dev.jci.ir.Attribute;
import dev.jci.ir.AttributeGroup;
import dev.jci.ir.AttributePlaces;
import dev.jci.ir.AttributeSet;
import dev.jci.ir.Comdat;
import dev.jci.ir.Constant;
import dev.jci.ir.DataLayout;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionAttributes;
import dev.jci.ir.FunctionType;
import dev.jci.ir.GlobalAlias;
import dev.jci.ir.GlobalIFunc;
import dev.jci.ir.GlobalValue;
import dev.jci.ir.GlobalVariable;
import dev.jci.ir.LanguageVersion;
import dev.jci.ir.Module;
import dev.jci.ir.PointerType;
import dev.jci.ir.SpecialType;
import dev.jci.ir.SummaryEntry;
import dev.jci.ir.ThreadLocalMode;
import dev.jci.ir.Type;
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
    private final LanguageVersion version;
    private final Module module;
    private final Globals globals;
    private final TypeBuilder types;
    private final TokenSource tokens;
    private final AttributeWords words;
    private final Attachments attachments = new Attachments();
    private final Map<String, Attribute> wordAttributes = new HashMap<>();
    private final List<Body> bodies = new ArrayList<>();
    private final GlobalWords globalWords = new GlobalWords();
    final DebugInfoForm debugInfo = new DebugInfoForm();
    final AttributeGroups groups;
    final Comdats comdats;
    final UseLists useLists;
    final SignatureBuilder signature;

    private DataLayout dataLayout = DataLayout.parse("");
    private GlobalValue global;
    private String globalName = "";
    private int globalPosition;
    private int addressSpace;
    private ThreadLocalMode threadLocalMode = ThreadLocalMode.NONE;
    private final List<AttributeGroup> groupReferences = new ArrayList<>();
    private @Nullable String comdatName;
    private int comdatPosition;
    private long summaryNumber;
    private int summaryStart;

    ModuleBuilder(
            Source source,
            Module module,
            Globals globals,
            TypeBuilder types,
            TokenSource tokens,
            LanguageVersion version) {
        this.source = source;
        this.version = version;
        this.module = module;
        this.globals = globals;
        this.types = types;
        this.tokens = tokens;
        this.words = new AttributeWords(this, AttributeWords.newSets());
        this.groups = new AttributeGroups(module, globals, words);
        this.comdats = new Comdats(module);
        this.useLists = new UseLists(module, globals);
        this.signature = new SignatureBuilder(this, types);
        this.global = new Function(null, new FunctionType(SpecialType.VOID, List.of(), false));
    }

    /** A builder for bodies that are read beside others, when all headers are known. */
    ModuleBuilder beside(Source text, TypeBuilder ownTypes, TokenSource ownTokens) {
        return new ModuleBuilder(this, text, ownTypes, ownTokens);
    }

    private ModuleBuilder(ModuleBuilder headers, Source text, TypeBuilder ownTypes, TokenSource ownTokens) {
        this.source = text;
        this.version = headers.version;
        this.module = headers.module;
        this.globals = headers.globals;
        this.types = ownTypes;
        this.tokens = ownTokens;
        this.words = new AttributeWords(this, AttributeWords.newSets());
        this.groups = headers.groups;
        this.comdats = headers.comdats;
        this.useLists = new UseLists(module, globals);
        this.signature = new SignatureBuilder(this, ownTypes);
        this.global = headers.global;
        this.dataLayout = headers.dataLayout;
    }

    /** The LLVM that the text is for. */
    LanguageVersion version() {
        return version;
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

    /** Whether the number at that place is written as a signed one. */
    boolean isSigned(int start) {
        return source.bytes[start] == '-' || source.bytes[start] == 's';
    }

    long number(int start, int end) {
        return source.number(start, end);
    }

    String spaced(int from, int to) {
        return source.spaced(from, to);
    }

    /** The number of a local value, digits only. */
    int localNumber(int start, int end, int position) {
        if (end - start > 9) {
            throw new IrSyntaxError("invalid value number (too large)", position);
        }
        return (int) source.number(start, end);
    }

    boolean isDigit(int at) {
        return source.isDigit(at);
    }

    boolean isQuote(int at) {
        return source.isQuote(at);
    }

    /** The attribute of a word alone. Words of the language have no capital letters. */
    Attribute wordAttribute(String word, int position) {
        Attribute known = wordAttributes.get(word);
        if (known == null) {
            if (word.chars().anyMatch(c -> c >= 'A' && c <= 'Z')) {
                throw new IrSyntaxError("expected attribute or type", position);
            }
            known = new Attribute.Word(word);
            wordAttributes.put(word, known);
        }
        return known;
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

    /** The text of the instruction that begins there. */
    InstructionText instructionText(int position) {
        return new InstructionText(source.bytes, position);
    }

    /** The place of the token behind that which begins there. */
    int behind(int position) {
        TokenSource text = new TokenSource(source.bytes, 0, source.bytes.length);
        text.jump(position);
        text.consume();
        return text.start();
    }

    /** Where the token matched last begins. */
    int lastStart() {
        return tokens.lastStart();
    }

    // --- Module level

    void sourceFileName(String name) {
        module.setSourceFileName(name);
    }

    void targetTriple(String triple) {
        module.setTargetTriple(triple);
    }

    void dataLayout(String layout, int position) {
        LayoutString.check(layout, position, version);
        try {
            dataLayout = DataLayout.parse(layout);
        } catch (IllegalArgumentException malformed) {
            // A number that LLVM has room for and the model has not.
            throw new IrSyntaxError(malformed.getMessage(), position);
        }
        module.setDataLayout(layout);
    }

    /** The address space of functions that do not name one. */
    int programAddressSpace() {
        return dataLayout.programAddressSpace();
    }

    /** The address space that the data layout gives to a letter, as {@code addrspace("A")} asks for it (LLVM 20). */
    int addressSpaceOf(String letter, int position) {
        return switch (letter) {
            case "A" -> dataLayout.allocaAddressSpace();
            case "G" -> dataLayout.globalsAddressSpace();
            case "P" -> dataLayout.programAddressSpace();
            default -> throw new IrSyntaxError("invalid symbolic addrspace '" + letter + "'", position);
        };
    }

    void moduleAsm(String line) {
        module.moduleAsm().add(line);
    }

    /** Says that a function is changed by the body being read. */
    void requireOrder(Function changed) {
        globals.requireOrder(changed.toString());
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

    void group(int number) {
        groupReferences.add(groups.numbered(number));
    }

    void ownComdat(int position) {
        comdatName = globalName;
        comdatPosition = position;
        setComdat();
    }

    void comdatReference(String name, int position) {
        if (comdatName != null && comdatName.equals(globalName)) {
            comdats.forget(globalName, comdatPosition);
        }
        comdatName = name;
        comdatPosition = position;
        setComdat();
    }

    private void setComdat() {
        Comdat comdat = comdats.named(comdatName == null ? "" : comdatName, comdatPosition);
        switch (global) {
            case GlobalVariable variable -> variable.setComdat(comdat);
            case Function function -> function.setComdat(comdat);
            default -> throw new IrSyntaxError("comdat cannot be used here", comdatPosition);
        }
    }

    private FunctionAttributes functionAttributes(AttributeSet direct) {
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
        globalWords.apply(words.takeAll(), global, words::positionOf);
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
                || type == SpecialType.METADATA
                || type == SpecialType.TOKEN
                || type == SpecialType.X86_AMX) {
            throw new IrSyntaxError("invalid type for global variable", globals.typePosition(global));
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
        if (globals.typedPointers()) {
            TypeBuilder.requirePointable(type, globals.typePosition(global));
        }
        global.setValueType(type);
        global.setType(pointerTo(type));
    }

    /**
     * @param type the type written before the value
     */
    void aliasee(Value value, Type type) {
        if (!(value instanceof Constant constant)) {
            throw new IrSyntaxError("invalid aliasee", tokens.lastStart());
        }
        if (!(type instanceof PointerType pointer)) {
            throw new IrSyntaxError("An alias or ifunc must have pointer type", tokens.lastStart());
        }
        if (!globals.typedPointers()) {
            global.setType(PointerType.opaque(pointer.addressSpace()));
        }
        switch (global) {
            case GlobalAlias alias -> {
                types.requirePointee(alias.valueType(), pointer, globals.typePosition(alias));
                alias.setAliasee(constant);
            }
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
        variable.setSanitizers(variable.sanitizers().with(wordAttribute(word, tokens.lastStart())));
    }

    void endGlobal() {
        global.setAttachments(attachments.take());
        FunctionAttributes attributes = functionAttributes(words.take(AttributePlaces.Place.FUNCTION));
        if (global instanceof GlobalVariable variable) {
            variable.setAttributes(attributes);
        }
    }

    // --- Functions

    /** The function whose header is being read, known by the place of its name; the words before the name are its own. */
    Function declare(String name, int position) {
        globalName = name;
        globalPosition = position;
        Function function = (Function) globals.definedAt(position, name);
        global = function;
        function.setPosition(position);
        List<Attribute> rest = globalWords.apply(words.takeAll(), function, words::positionOf);
        function.setReturnAttributes(words.set(rest, AttributePlaces.Place.RESULT));
        return function;
    }

    /** Ends the header of a function with the attributes and attachments since its parameters. */
    void endFunction(Function function) {
        List<Attribute> rest = globalWords.applyClauses(words.takeAll(), function);
        function.setAttributes(functionAttributes(words.set(rest, AttributePlaces.Place.FUNCTION)));
        function.setType(pointerTo(function.functionType()));
        function.setAttachments(attachments.take());
    }

    // --- Bodies

    void body(int open) {
        int end = globals.bodies().bodyEnd(open);
        if (end < 0) {
            bodies.add(signature.body((Function) global, open, source.bytes.length));
            throw new IrSyntaxError("found end of file when expecting more instructions", source.bytes.length);
        }
        bodies.add(signature.body((Function) global, open, end));
        tokens.jump(end - 1);
    }
}
