package dev.jci.grammar;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionType;
import dev.jci.ir.GlobalAlias;
import dev.jci.ir.GlobalIFunc;
import dev.jci.ir.GlobalValue;
import dev.jci.ir.GlobalVariable;
import dev.jci.ir.LanguageVersion;
import dev.jci.ir.Module;
import dev.jci.ir.PointerType;
import dev.jci.ir.SpecialType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The globals of the module, known by name and kind before anything is parsed: constants are immutable, so what they refer to must be
 * there already.
 */
final class Globals {
    private static final FunctionType UNKNOWN = new FunctionType(SpecialType.VOID, List.of(), false);

    private final Source source;
    private final Module module;
    private final GlobalIndex index;
    private final boolean typedPointers;
    private final Map<Integer, GlobalValue> numbered = new HashMap<>();
    private final Map<Integer, GlobalValue> byPosition = new HashMap<>();
    private final Map<Function, LocalBlocks> blocks = new ConcurrentHashMap<>();
    private final List<Reference> references = new ArrayList<>();
    private final Map<Integer, Integer> wrongNumbers = new HashMap<>();
    private final boolean exact;
    private final boolean strictPointers;
    private boolean typesKnown;
    private boolean shared;
    private int nextNumber;

    /**
     * A use of a global whose type is not known yet.
     *
     * @param block the label of the block of the function that is meant, null when the global itself is
     */
    private record Reference(
            GlobalValue global, PointerType type, @Nullable String block, int position) {}

    Globals(Source source, Module module, LanguageVersion version) {
        this.source = source;
        this.module = module;
        this.index = new GlobalIndex(source.bytes);
        this.strictPointers = hasStrictPointers(source, version);
        this.typedPointers = strictPointers || index.hasTypedPointers();
        this.exact = version.isBefore(LocalValues.NUMBERS_LEFT_OUT);
    }

    /** LLVM 14 has typed pointers only; LLVM 15 has them in a text whose first pointer is a typed one. */
    private static boolean hasStrictPointers(Source source, LanguageVersion version) {
        if (version.number() == LanguageVersion.FIRST) {
            return true;
        }
        if (!version.isBefore(TypeBuilder.OPAQUE_ONLY)) {
            return false;
        }
        TokenSource tokens = new TokenSource(source.bytes, 0, source.bytes.length);
        while (tokens.type() != TokenSource.EOF
                && tokens.type() != LlvmIrLexer.PTR
                && tokens.type() != LlvmIrLexer.STAR) {
            tokens.consume();
        }
        return tokens.type() == LlvmIrLexer.STAR;
    }

    /** Where the bodies are. */
    GlobalIndex bodies() {
        return index;
    }

    /** Whether the text is for an LLVM that tells pointers apart by what they point to. */
    boolean strictPointers() {
        return strictPointers;
    }

    boolean typedPointers() {
        return typedPointers;
    }

    /** Finds all global entities of the text. */
    void index() {
        TokenSource tokens = new TokenSource(source.bytes, 0, source.bytes.length);
        while (tokens.type() != TokenSource.EOF) {
            switch (tokens.type()) {
                case LlvmIrLexer.DEFINE, LlvmIrLexer.DECLARE -> function(tokens);
                case LlvmIrLexer.GLOBAL -> variable(tokens);
                case LlvmIrLexer.LBRACE -> skipBraces(tokens);
                case LlvmIrLexer.METADATA_ID -> skipLine(tokens);
                case LlvmIrLexer.GLOBAL_VARIABLE, LlvmIrLexer.CONSTANT -> {
                    add(new GlobalVariable(null, SpecialType.VOID, null), "", true, tokens.start());
                    tokens.consume();
                }
                default -> tokens.consume();
            }
        }
    }

    private void function(TokenSource tokens) {
        tokens.consume();
        int depth = 0;
        while (tokens.type() != TokenSource.EOF) {
            switch (tokens.type()) {
                case LlvmIrLexer.LPAREN, LlvmIrLexer.LBRACE -> depth++;
                case LlvmIrLexer.RPAREN, LlvmIrLexer.RBRACE -> depth--;
                case LlvmIrLexer.GLOBAL -> {
                    if (depth == 0) {
                        add(new Function(null, UNKNOWN), name(tokens), isNumber(tokens), tokens.start());
                        tokens.consume();
                        return;
                    }
                }
                case LlvmIrLexer.DEFINE, LlvmIrLexer.DECLARE -> {
                    return;
                }
                default -> {}
            }
            tokens.consume();
        }
    }

    private void variable(TokenSource tokens) {
        String name = name(tokens);
        boolean number = isNumber(tokens);
        int position = tokens.start();
        tokens.consume();
        if (tokens.type() != LlvmIrLexer.EQUALS) {
            return;
        }
        tokens.consume();
        while (true) {
            switch (tokens.type()) {
                case LlvmIrLexer.GLOBAL_VARIABLE, LlvmIrLexer.CONSTANT -> {
                    add(new GlobalVariable(null, SpecialType.VOID, null), name, number, position);
                    tokens.consume();
                    return;
                }
                case LlvmIrLexer.ALIAS -> {
                    add(new GlobalAlias(null, SpecialType.VOID, null), name, number, position);
                    return;
                }
                case LlvmIrLexer.IFUNC -> {
                    add(new GlobalIFunc(null, SpecialType.VOID, null), name, number, position);
                    return;
                }
                case TokenSource.EOF,
                        LlvmIrLexer.EQUALS,
                        LlvmIrLexer.LBRACE,
                        LlvmIrLexer.DEFINE,
                        LlvmIrLexer.DECLARE -> {
                    return;
                }
                default -> tokens.consume();
            }
        }
    }

    private void skipBraces(TokenSource tokens) {
        int end = index.bodyEnd(tokens.start());
        tokens.jump(end < 0 ? source.bytes.length : end);
    }

    private void skipLine(TokenSource tokens) {
        tokens.jump(index.lineEnd(tokens.start()));
    }

    private String name(TokenSource tokens) {
        return source.name(tokens.start() + 1, tokens.end());
    }

    private boolean isNumber(TokenSource tokens) {
        return source.isDigit(tokens.start() + 1);
    }

    private void add(GlobalValue global, String name, boolean number, int position) {
        if (number || name.isEmpty()) {
            int value = name.isEmpty() ? nextNumber : LocalValues.parse(name, position);
            if (value < nextNumber || (exact && value != nextNumber)) {
                wrongNumbers.put(position, nextNumber);
            }
            nextNumber = Math.max(nextNumber, value + 1);
            global.setNumber(value);
            if (numbered.putIfAbsent(value, global) != null) {
                return;
            }
        } else if (module.find(name) != null) {
            return;
        } else {
            global.setName(name);
        }
        byPosition.put(position, global);
        module.add(global);
    }

    /** The global that is defined at that place. */
    GlobalValue definedAt(int position, String name) {
        Integer expected = wrongNumbers.get(position);
        if (expected != null) {
            throw new IrSyntaxError(
                    "variable expected to be numbered '@" + expected + (exact ? "'" : "' or greater"), position);
        }
        GlobalValue global = byPosition.get(position);
        if (global == null) {
            throw new IrSyntaxError("redefinition of global '@" + name + "'", position);
        }
        return global;
    }

    /** The global of that name. */
    GlobalValue find(String name, boolean number, int position) {
        GlobalValue global = number ? numbered.get(LocalValues.parse(name, position)) : module.find(name);
        if (global == null && !number && name.startsWith("llvm.") && IntrinsicFamilies.mayHave(name)) {
            // From LLVM 19 on an intrinsic may be called without a declaration.
            requireOrder(name);
            Function intrinsic = new Function(name, UNKNOWN);
            intrinsic.setImplied(true);
            global = intrinsic;
            module.add(global);
        }
        if (global == null) {
            throw new IrSyntaxError("use of undefined value '@" + name + "'", position);
        }
        return global;
    }

    /** Says that bodies are read beside each other from now on, and no global can be added any more. */
    void share() {
        shared = true;
    }

    /**
     * Says that the body being read changes what it shares with others.
     *
     * @param changed what it changes
     * @throws OrderNeeded when bodies are read beside each other
     */
    void requireOrder(String changed) {
        if (shared) {
            throw new OrderNeeded(changed);
        }
    }

    /** Notes that a global is used with that type, or checks it once the types of all globals are known. */
    void refer(GlobalValue global, PointerType type, int position) {
        if (!typesKnown) {
            references.add(new Reference(global, type, null, position));
        } else if (global.type() != type) {
            check(global, type, position);
        }
    }

    /** Notes or checks the type that the address of a block is used with: it is in the address space of its function. */
    void referToBlock(Function function, PointerType type, String block, int position) {
        Reference reference = new Reference(function, type, block, position);
        if (typesKnown) {
            check(reference);
        } else {
            references.add(reference);
        }
    }

    /** Says that the headers of all globals have been read, and checks what they referred to. */
    void typesKnown() {
        typesKnown = true;
        references.forEach(this::check);
        references.clear();
    }

    private void check(Reference reference) {
        if (reference.block == null) {
            check(reference.global, reference.type, reference.position);
        } else if (reference.global.type().addressSpace() != reference.type.addressSpace()) {
            throw new IrSyntaxError(
                    "'" + reference.block + "' defined with type 'ptr"
                            + spaceOf(reference.global.type().addressSpace()) + "' but expected '" + reference.type
                            + "'",
                    reference.position);
        }
    }

    private static String spaceOf(int space) {
        return space == 0 ? "" : " addrspace(" + space + ")";
    }

    private void check(GlobalValue global, PointerType type, int position) {
        PointerType actual = global.type();
        boolean agrees =
                actual.addressSpace() == type.addressSpace() && (!strictPointers || agreeStrictly(actual, type));
        boolean implied = global instanceof Function function && function.isImplied();
        if (!agrees && !implied) {
            if (position < global.position() && !(global instanceof Function)) {
                throw new IrSyntaxError(
                        "forward reference and definition of " + (global instanceof GlobalVariable ? "global" : "alias")
                                + " have different types",
                        typePosition(global));
            }
            throw new IrSyntaxError(
                    "'" + global + "' defined with type '" + actual + "' but expected '" + type + "'", position);
        }
    }

    /** A callee whose type was not written is asked for as {@code ptr}. */
    private static boolean agreeStrictly(PointerType actual, PointerType type) {
        return type.isOpaque() || actual.isOpaque() || actual.equals(type);
    }

    /** Where the type of a global that is no function is written. */
    int typePosition(GlobalValue global) {
        TokenSource tokens = new TokenSource(source.bytes, global.position(), source.bytes.length);
        while (tokens.type() != TokenSource.EOF) {
            switch (tokens.type()) {
                case LlvmIrLexer.GLOBAL_VARIABLE, LlvmIrLexer.CONSTANT, LlvmIrLexer.ALIAS, LlvmIrLexer.IFUNC -> {
                    tokens.consume();
                    return tokens.start();
                }
                default -> tokens.consume();
            }
        }
        return global.position();
    }

    /** Whether this is an intrinsic that was called without a declaration and has no type so far. */
    static boolean isUndeclared(Function function) {
        return function.valueType() == UNKNOWN;
    }

    /** The block of that label; made now when the function's body has not been read so far. */
    BasicBlock block(Function function, String name, boolean number, int position) {
        return number
                ? blocksOf(function).refer(null, LocalValues.parse(name, position), position)
                : blocksOf(function).refer(name, -1, position);
    }

    /** Drops what is only needed until the body of a function is read. */
    void forget(Function function) {
        blocks.remove(function);
    }

    /** The blocks of a function that something refers to. */
    LocalBlocks blocksOf(Function function) {
        return blocks.computeIfAbsent(function, key -> new LocalBlocks());
    }
}
