package dev.jci.ir.verify;

import dev.jci.ir.Constant;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.Function;
import dev.jci.ir.MDNode;
import dev.jci.ir.MDNull;
import dev.jci.ir.MDOperand;
import dev.jci.ir.MDString;
import dev.jci.ir.Module;
import dev.jci.ir.NamedMetadata;
import dev.jci.ir.ValueAsMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rules about module flags and the other named metadata of a fixed form (LangRef, "Module Flags Metadata"). */
final class ModuleFlagRules {
    private static final int ERROR = 1;
    private static final int REQUIRE = 3;
    private static final int APPEND = 5;
    private static final int APPEND_UNIQUE = 6;
    private static final int MAX = 7;
    private static final int MIN = 8;

    private final Module module;
    private final Findings findings;
    private final Map<String, MDNode> flags = new HashMap<>();
    private final List<MDNode> requirements = new ArrayList<>();

    private ModuleFlagRules(Module module, Findings findings) {
        this.module = module;
        this.findings = findings;
    }

    static void check(Module module, Findings findings) {
        ModuleFlagRules rules = new ModuleFlagRules(module, findings);
        NamedMetadata flags = module.namedMetadata().get("llvm.module.flags");
        if (flags != null) {
            flags.operands().forEach(rules::checkFlag);
            rules.requirements.forEach(rules::checkRequirement);
        }
        rules.checkStrings("llvm.ident");
        rules.checkStrings("llvm.commandline");
    }

    private void error(String message, MDNode at) {
        findings.error(message, at.position());
    }

    private void checkStrings(String name) {
        NamedMetadata entries = module.namedMetadata().get(name);
        if (entries == null) {
            return;
        }
        for (MDNode entry : entries.operands()) {
            if (entry.operandCount() != 1) {
                error("incorrect number of operands in " + name + " metadata", entry);
            } else if (!NodeOperands.isString(entry, 0)) {
                error("invalid value for " + name + " metadata entry operand(the operand should be a string)", entry);
            }
        }
    }

    private void checkFlag(MDNode flag) {
        if (flag.operandCount() != 3) {
            error("incorrect number of operands in module flag", flag);
            return;
        }
        ConstantInt behavior = NodeOperands.integer(flag, 0);
        if (behavior == null) {
            error("invalid behavior operand in module flag (expected constant integer)", flag);
            return;
        }
        int kind = behavior.fitsLong() && behavior.longValue() >= ERROR && behavior.longValue() <= MIN
                ? (int) behavior.longValue()
                : 0;
        if (kind == 0 || (kind == MIN && findings.until(14))) {
            error("invalid behavior operand in module flag (unexpected constant)", flag);
            return;
        }
        if (!(flag.operand(1) instanceof MDString name)) {
            error("invalid ID operand in module flag (expected metadata string)", flag);
            return;
        }
        if (!hasFittingValue(flag, kind)) {
            return;
        }
        if (kind != REQUIRE && flags.putIfAbsent(name.bytes(), flag) != null) {
            error("module flag identifiers must be unique (or of 'require' type)", flag);
            return;
        }
        checkNamedFlag(flag, name.bytes());
    }

    private boolean hasFittingValue(MDNode flag, int kind) {
        MDOperand value = flag.operand(2);
        ConstantInt number = NodeOperands.integer(value);
        switch (kind) {
            case MIN -> {
                if (number == null || (findings.since(19) && number.value().signum() < 0)) {
                    error("invalid value for 'min' module flag (expected constant non-negative integer)", flag);
                    return false;
                }
            }
            case MAX -> {
                if (number == null) {
                    error("invalid value for 'max' module flag (expected constant integer)", flag);
                    return false;
                }
            }
            case REQUIRE -> {
                if (!(value instanceof MDNode pair) || pair.operandCount() != 2) {
                    error("invalid value for 'require' module flag (expected metadata pair)", flag);
                    return false;
                }
                if (!NodeOperands.isString(pair, 0)) {
                    error("invalid value for 'require' module flag (first value operand should be a string)", flag);
                    return false;
                }
                requirements.add(pair);
            }
            case APPEND, APPEND_UNIQUE -> {
                if (!(value instanceof MDNode)) {
                    error("invalid value for 'append'-type module flag (expected a metadata node)", flag);
                    return false;
                }
            }
            default -> {}
        }
        return true;
    }

    private void checkNamedFlag(MDNode flag, String name) {
        switch (name) {
            case "wchar_size", "SemanticInterposition" -> {
                if (NodeOperands.integer(flag, 2) == null) {
                    error(name + " metadata requires constant integer argument", flag);
                }
            }
            case "Linker Options" -> {
                if (!module.namedMetadata().containsKey("llvm.linker.options")) {
                    error("'Linker Options' named metadata no longer supported", flag);
                }
            }
            case "CG Profile" -> {
                MDNode profile = NodeOperands.node(flag, 2);
                if (profile != null) {
                    profile.operands().forEach(entry -> checkProfileEntry(entry, flag));
                }
            }
            default -> {}
        }
    }

    private void checkProfileEntry(MDOperand entry, MDNode flag) {
        if (!(entry instanceof MDNode edge) || edge.operandCount() != 3) {
            error("expected a MDNode triple", flag);
            return;
        }
        for (int i = 0; i < 2; i++) {
            if (edge.operand(i) != MDNull.NULL
                    && !(edge.operand(i) instanceof ValueAsMetadata wrapped
                            && wrapped.value() instanceof Constant constant
                            && GlobalRules.base(constant) instanceof Function)) {
                error("expected a Function or null", flag);
            }
        }
        if (NodeOperands.integer(edge, 2) == null) {
            error("expected an integer constant", flag);
        }
    }

    private void checkRequirement(MDNode requirement) {
        MDNode flag = flags.get(((MDString) requirement.operand(0)).bytes());
        if (flag == null) {
            error("invalid requirement on flag, flag is not present in module", requirement);
            return;
        }
        MDOperand required = requirement.operand(1);
        // Nodes of equal contents are one node for LLVM; whether they are equal is not looked at here.
        boolean same =
                flag.operand(2).equals(required) || (required instanceof MDNode && flag.operand(2) instanceof MDNode);
        if (!same) {
            error("invalid requirement on flag, flag does not have the required value", requirement);
        }
    }
}
