package dev.jci.grammar;

import dev.jci.ir.Argument;
import dev.jci.ir.AttributePlaces;
import dev.jci.ir.CallingConvention;
import dev.jci.ir.Constant;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionType;
import dev.jci.ir.SpecialType;
import dev.jci.ir.Type;
import dev.jci.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the header of a function: its result, its parameters and what may stand behind them (LangRef, "Functions"). */
final class SignatureBuilder {
    private static final int ATTRIBUTE = 1;
    private static final int ALIGNMENT = 5;

    private final ModuleBuilder module;
    private final TypeBuilder types;
    private final List<Argument> parameters = new ArrayList<>();
    private final List<Type> parameterTypes = new ArrayList<>();
    private final Map<String, Argument> parameterNames = new HashMap<>();
    private final Map<Integer, Argument> parameterNumbers = new HashMap<>();
    private Function function = new Function(null, new FunctionType(SpecialType.VOID, List.of(), false));
    private boolean definition;
    private int headerPosition;
    private int lastClause;
    private @Nullable String convention;
    private Type parameterType = SpecialType.VOID;
    private @Nullable String parameterName;
    private int parameterNumber;
    private int parameterPosition;
    private int numberedCount;
    private boolean countsNumbered = true;
    private boolean varArg;
    private Type resultType = SpecialType.VOID;

    SignatureBuilder(ModuleBuilder module, TypeBuilder types) {
        this.module = module;
        this.types = types;
    }

    /**
     * @param at where the words behind {@code define} or {@code declare} begin
     */
    void begin(boolean isDefinition, int at) {
        headerPosition = at;
        lastClause = 0;
        definition = isDefinition;
        module.addressSpace(module.programAddressSpace());
        parameters.clear();
        parameterTypes.clear();
        parameterNames.clear();
        parameterNumbers.clear();
        parameterNumber = 0;
        numberedCount = 0;
        countsNumbered = true;
        varArg = false;
        convention = null;
    }

    /** Where the words of the header begin when attachments stand before them. */
    void headerAt(int at) {
        headerPosition = at;
    }

    void callingConvention(String written) {
        convention = written;
    }

    void function(Type result, String name, boolean number, int position) {
        if (result instanceof FunctionType || result == SpecialType.LABEL || result == SpecialType.METADATA) {
            throw new IrSyntaxError("invalid function return type", position);
        }
        resultType = result;
        function = module.declare(name, position);
        function.setDefinition(definition);
        checkLinkage();
        if (convention != null) {
            function.setCallingConvention(new CallingConvention(convention));
        }
    }

    private void checkLinkage() {
        switch (function.linkage()) {
            case EXTERNAL -> {}
            case EXTERN_WEAK -> {
                if (definition) {
                    throw new IrSyntaxError("invalid linkage for function definition", headerPosition);
                }
            }
            case APPENDING, COMMON -> throw new IrSyntaxError("invalid function linkage type", headerPosition);
            default -> {
                if (!definition) {
                    throw new IrSyntaxError("invalid linkage for function declaration", headerPosition);
                }
            }
        }
    }

    /**
     * Notes a clause behind the parameters; they come in one order, and only attributes more than once.
     *
     * @param rank the place of the clause in that order, 1 for attributes
     */
    void clause(int rank, int position) {
        if (rank < lastClause || (rank == lastClause && rank != ATTRIBUTE)) {
            throw new IrSyntaxError(
                    definition ? "expected '{' in function body" : "expected top-level entity", position);
        }
        lastClause = rank;
    }

    /** Alignment may stand among the attributes, too. */
    void alignmentClause(int position) {
        clause(lastClause <= ATTRIBUTE ? ATTRIBUTE : ALIGNMENT, position);
    }

    void varArg() {
        varArg = true;
    }

    void beginParameter(Type type, int position) {
        parameterPosition = position;
        if (!type.isFirstClass() || varArg) {
            throw new IrSyntaxError(
                    "argument can not have " + (type == SpecialType.VOID ? "void" : "this") + " type",
                    module.lastStart());
        }
        parameterType = type;
        parameterName = null;
    }

    void parameterName(String name, boolean number, int position) {
        if (number) {
            int written = LocalValues.parse(name, position);
            countsNumbered &= written == numberedCount;
            if (module.version().isBefore(LocalValues.NUMBERS_LEFT_OUT) && written != numberedCount) {
                throw new IrSyntaxError("argument expected to be numbered '%" + numberedCount + "'", parameterPosition);
            }
            numberedCount++;
            if (written < parameterNumber && countsNumbered) {
                return; // before LLVM 19 a written number did not count the parameters without one
            }
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
        Argument argument =
                new Argument(parameterType, parameterName, module.words().take(AttributePlaces.Place.PARAMETER));
        if (parameterName == null) {
            parameterNumbers.put(parameterNumber++, argument);
        } else if (parameterNames.put(parameterName, argument) != null) {
            throw new IrSyntaxError("redefinition of argument '%" + parameterName + "'", module.lastStart());
        }
        parameters.add(argument);
        parameterTypes.add(parameterType);
    }

    void endParameters() {
        FunctionType type = types.function(resultType, parameterTypes, varArg);
        function.setValueType(type);
        function.setArguments(parameters);
    }

    void garbageCollector(String name) {
        function.setGarbageCollector(name);
    }

    void prefix(Value value) {
        function.setPrefixData((Constant) value);
    }

    void prologue(Value value) {
        function.setPrologueData((Constant) value);
    }

    void personality(Value value) {
        function.setPersonality((Constant) value);
    }

    void end() {
        module.endFunction(function);
    }

    /** The body of the function whose header was read last. */
    ModuleBuilder.Body body(Function of, int open, int end) {
        return new ModuleBuilder.Body(of, open, end, Map.copyOf(parameterNames), Map.copyOf(parameterNumbers));
    }
}
