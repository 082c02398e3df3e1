package dev.jci.emit;

import dev.jci.ir.Attribute;
import dev.jci.ir.CastOpcode;
import dev.jci.ir.Comdat;
import dev.jci.ir.Constant;
import dev.jci.ir.ConstantExpr;
import dev.jci.ir.DllStorageClass;
import dev.jci.ir.GlobalAlias;
import dev.jci.ir.GlobalIFunc;
import dev.jci.ir.GlobalValue;
import dev.jci.ir.GlobalVariable;
import dev.jci.ir.Instruction;
import dev.jci.ir.Linkage;
import dev.jci.ir.MetadataAttachment;
import dev.jci.ir.PointerType;
import dev.jci.ir.RuntimePreemption;
import dev.jci.ir.ThreadLocalMode;
import dev.jci.ir.UnnamedAddr;
import dev.jci.ir.Visibility;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes comdats, global variables, aliases and ifuncs, and the clauses that functions share with them. */
final class GlobalWriter {
    private final TextBuffer out;
    private final TypeWriter types;
    private final ConstantWriter constants;
    private final ValueWriter values;
    private final AttributeWriter attributes;
    private final Dialect dialect;

    GlobalWriter(
            TextBuffer out,
            TypeWriter types,
            ConstantWriter constants,
            ValueWriter values,
            AttributeWriter attributes,
            Dialect dialect) {
        this.out = out;
        this.types = types;
        this.constants = constants;
        this.values = values;
        this.attributes = attributes;
        this.dialect = dialect;
    }

    /** {@code $name = comdat any} */
    void comdat(Comdat comdat) {
        out.putName('$', comdat.name())
                .put(" = comdat ")
                .put(comdat.selectionKind().keyword())
                .put('\n');
    }

    /** {@code @name = <clauses> global <type> <initializer>, <clauses>} */
    void variable(GlobalVariable variable) {
        dialect.at(variable.position());
        constants.name(variable);
        out.put(" = ");
        Constant initializer = variable.initializer();
        if (initializer == null && variable.linkage() == Linkage.EXTERNAL) {
            out.put("external ");
        }
        linkageClauses(variable);
        storageClauses(variable);
        if (variable.type().addressSpace() != 0) {
            out.put("addrspace(").put(variable.type().addressSpace()).put(") ");
        }
        if (variable.isExternallyInitialized()) {
            out.put("externally_initialized ");
        }
        out.put(variable.isConstant() ? "constant " : "global ");
        dialect.layout().check(variable.valueType());
        types.write(variable.valueType());
        if (initializer != null) {
            out.put(' ');
            constants.write(initializer);
        }
        string(", section ", variable.section());
        string(", partition ", variable.partition());
        if (variable.codeModel() != null) {
            dialect.require(18, "code_model of a global variable", variable.position());
            string(", code_model ", variable.codeModel());
        }
        for (Attribute sanitizer : variable.sanitizers().attributes()) {
            if (!dialect.drops(15, sanitizer.name())) {
                out.put(", ").put(sanitizer.name());
            }
        }
        comdat(", comdat", variable, variable.comdat());
        long alignment = variable.alignment() == 0
                ? dialect.layout().impliedAlignment(variable.valueType())
                : variable.alignment();
        if (alignment != 0) {
            out.put(", align ").putUnsigned(alignment);
        }
        attachments(", ", variable.attachments());
        attributes.function(variable.attributes());
        out.put('\n');
    }

    /** {@code @name = <clauses> alias <type>, <aliasee>} */
    void alias(GlobalAlias alias) {
        Constant aliasee = alias.aliasee();
        if (aliasee == null) {
            throw new IllegalStateException("alias without aliasee: " + alias);
        }
        if (alias.linkage() == Linkage.AVAILABLE_EXTERNALLY) {
            dialect.require(16, "an available_externally alias", alias.position());
        }
        indirect(alias, "alias ", aliasee);
    }

    /** {@code @name = <clauses> ifunc <type>, <resolver>} */
    void ifunc(GlobalIFunc ifunc) {
        Constant resolver = ifunc.resolver();
        if (resolver == null) {
            throw new IllegalStateException("ifunc without resolver: " + ifunc);
        }
        boolean elsewhere = resolver.type() instanceof PointerType pointer
                && pointer.addressSpace() != ifunc.type().addressSpace();
        if (elsewhere || resolver instanceof GlobalAlias) {
            dialect.require(
                    16, elsewhere ? "a resolver in another address space" : "an alias as resolver", ifunc.position());
        }
        if (ifunc.type().addressSpace() != 0) {
            dialect.require(16, "an ifunc in an address space", ifunc.position());
        }
        indirect(ifunc, "ifunc ", resolver);
    }

    private void indirect(GlobalValue global, String keyword, Constant target) {
        dialect.at(global.position());
        constants.name(global);
        out.put(" = ");
        linkageClauses(global);
        storageClauses(global);
        out.put(keyword);
        types.write(global.valueType());
        out.put(", ");
        if (impliesItsType(target)) {
            constants.write(target);
        } else {
            constants.writeTyped(target);
        }
        string(", partition ", global.partition());
        attachments(", ", global.attachments());
        out.put('\n');
    }

    /** The expressions before which the grammar of aliases has no type. */
    private static boolean impliesItsType(Constant target) {
        return switch (target) {
            case ConstantExpr.ElementPointer pointer -> true;
            case ConstantExpr.Conversion conversion ->
                conversion.opcode() == CastOpcode.BITCAST
                        || conversion.opcode() == CastOpcode.ADDRSPACECAST
                        || conversion.opcode() == CastOpcode.INTTOPTR;
            default -> false;
        };
    }

    /** Linkage, preemption, visibility and DLL storage class, each with a space behind it. */
    void linkageClauses(GlobalValue global) {
        if (global.linkage() != Linkage.EXTERNAL) {
            out.put(global.linkage().keyword()).put(' ');
        }
        if (global.preemption() != RuntimePreemption.NONE) {
            out.put(global.preemption().keyword()).put(' ');
        }
        if (global.visibility() != Visibility.DEFAULT) {
            out.put(global.visibility().keyword()).put(' ');
        }
        if (global.dllStorageClass() != DllStorageClass.DEFAULT) {
            out.put(global.dllStorageClass().keyword()).put(' ');
        }
    }

    private void storageClauses(GlobalValue global) {
        ThreadLocalMode mode = global.threadLocalMode();
        if (mode == ThreadLocalMode.GENERALDYNAMIC) {
            out.put("thread_local ");
        } else if (mode != ThreadLocalMode.NONE) {
            out.put("thread_local(").put(mode.keyword()).put(") ");
        }
        if (global.unnamedAddr() != UnnamedAddr.NONE) {
            out.put(global.unnamedAddr().keyword()).put(' ');
        }
    }

    /** A clause with a string, when there is one. */
    void string(String keyword, @Nullable String text) {
        if (text != null) {
            out.put(keyword).putQuoted(text);
        }
    }

    /** {@code comdat} or {@code comdat($name)}, when there is one. */
    void comdat(String keyword, GlobalValue global, @Nullable Comdat comdat) {
        if (comdat != null) {
            out.put(keyword);
            if (!comdat.name().equals(global.name())) {
                out.put('(').putName('$', comdat.name()).put(')');
            }
        }
    }

    /** Attachments, {@code !kind !7}, each with a separator before it. */
    void attachments(String separator, List<MetadataAttachment> attachments) {
        for (int i = 0; i < attachments.size(); i++) {
            MetadataAttachment attachment = attachments.get(i);
            if (dialect.metadata().keepsAttachment(attachment)) {
                attachment(separator, attachment);
            }
        }
    }

    /** The attachments of an instruction. */
    void attachments(Instruction instruction) {
        List<MetadataAttachment> attachments = instruction.attachments();
        for (int i = 0; i < attachments.size(); i++) {
            MetadataAttachment attachment = attachments.get(i);
            if (dialect.metadata().keepsAttachment(attachment, instruction.type())) {
                attachment(", ", attachment);
            }
        }
    }

    private void attachment(String separator, MetadataAttachment attachment) {
        out.put(separator).putMetadataName(attachment.kind()).put(' ');
        values.metadata(attachment.node());
    }
}
