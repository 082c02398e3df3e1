package dev.jci.emit;

import dev.jci.ir.AttributeGroup;
import dev.jci.ir.Comdat;
import dev.jci.ir.DataLayout;
import dev.jci.ir.Function;
import dev.jci.ir.GlobalAlias;
import dev.jci.ir.GlobalIFunc;
import dev.jci.ir.GlobalVariable;
import dev.jci.ir.MDNode;
import dev.jci.ir.Module;
import dev.jci.ir.NamedMetadata;
import dev.jci.ir.SummaryEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a module section by section, in LLVM's order (LangRef, "Module Structure"). */
final class ModuleWriter {
    private static final int FLUSH_SIZE = 1 << 20;

    private final Module module;
    private final TextBuffer out = new TextBuffer();
    private final ModuleNumbers numbers;
    private final TypeWriter types;
    private final ValueWriter values;
    private final AttributeWriter attributes;
    private final GlobalWriter globals;
    private final FunctionWriter functions;
    private final Dialect dialect;
    private final @Nullable OutputStream sink;
    private boolean started;

    /**
     * @param sink where the text goes while it is written; null to keep all of it
     */
    ModuleWriter(Module module, Dialect dialect, @Nullable OutputStream sink) {
        this.module = module;
        this.dialect = dialect;
        this.sink = sink;
        this.numbers = new ModuleNumbers(module);
        this.types = new TypeWriter(out, numbers, dialect);
        ConstantWriter constants = new ConstantWriter(out, types, numbers, dialect);
        this.values = new ValueWriter(out, types, constants, numbers, dialect);
        this.attributes = new AttributeWriter(out, types, numbers, dialect);
        this.globals = new GlobalWriter(out, types, constants, values, attributes, dialect);
        this.functions = new FunctionWriter(
                out,
                types,
                constants,
                values,
                attributes,
                globals,
                dialect,
                DataLayout.of(module).programAddressSpace());
    }

    /** Writes everything; what has not gone to the sink is in the buffer that is given back. */
    TextBuffer write() throws IOException {
        header();
        types();
        globals();
        for (Function function : module.functions()) {
            if (!dialect.intrinsics().dropsDeclaration(function)) {
                separate();
                functions.write(function);
                spill();
            }
        }
        for (String declaration : dialect.debugRecords().declarations()) {
            separate();
            out.put(declaration).put('\n');
        }
        functions.useListOrders(module.useListOrders(), "\n; uselistorder directives\n", "uselistorder ");
        attributeGroups();
        metadata();
        summary();
        return out;
    }

    /** A blank line between sections, but none at the top. */
    private void separate() {
        if (started || out.size() > 0) {
            out.put('\n');
        }
    }

    private void spill() throws IOException {
        if (sink != null && out.size() > FLUSH_SIZE) {
            started = true;
            out.flushTo(sink);
        }
    }

    private void header() {
        string("source_filename = ", module.sourceFileName());
        string("target datalayout = ", dialect.layout().spoken());
        string("target triple = ", module.targetTriple());
        if (!module.moduleAsm().isEmpty()) {
            separate();
            module.moduleAsm().forEach(text -> string("module asm ", text));
        }
    }

    private void string(String keyword, @Nullable String text) {
        if (text != null) {
            out.put(keyword).putQuoted(text).put('\n');
        }
    }

    private void types() {
        if (!module.namedStructs().isEmpty()) {
            separate();
            module.namedStructs().forEach(types::define);
        }
    }

    private void globals() throws IOException {
        for (Comdat comdat : module.comdats().values()) {
            separate();
            globals.comdat(comdat);
        }
        if (!module.globals().isEmpty()) {
            separate();
            for (GlobalVariable variable : module.globals()) {
                globals.variable(variable);
                spill();
            }
        }
        if (!module.aliases().isEmpty()) {
            separate();
            for (GlobalAlias alias : module.aliases()) {
                globals.alias(alias);
            }
        }
        if (!module.ifuncs().isEmpty()) {
            separate();
            for (GlobalIFunc ifunc : module.ifuncs()) {
                globals.ifunc(ifunc);
            }
        }
    }

    private void attributeGroups() {
        List<AttributeGroup> groups = new ArrayList<>(module.attributeGroups());
        groups.addAll(numbers.addedGroups());
        groups.removeIf(group -> !attributes.isPrinted(group));
        if (!groups.isEmpty()) {
            separate();
            groups.forEach(attributes::define);
        }
    }

    private void metadata() throws IOException {
        if (!module.namedMetadata().isEmpty()) {
            separate();
            module.namedMetadata().values().forEach(this::named);
        }
        List<MDNode> added = numbers.addedNodes();
        boolean blank = true;
        for (Iterator<MDNode> listed = module.metadata().iterator(); listed.hasNext(); ) {
            MDNode node = listed.next();
            if (!ValueWriter.isInline(node)) {
                blank = define(node, blank);
            }
        }
        for (int i = 0; i < added.size(); i++) {
            blank = define(added.get(i), blank);
        }
    }

    private boolean define(MDNode node, boolean blank) throws IOException {
        if (blank) {
            separate();
        }
        dialect.at(node.position());
        out.put('!').put(numbers.of(node)).put(" = ");
        values.contents(node);
        out.put('\n');
        spill();
        return false;
    }

    private void named(NamedMetadata named) {
        out.putMetadataName(named.name()).put(" = !{");
        for (int i = 0; i < named.operands().size(); i++) {
            if (i > 0) {
                out.put(", ");
            }
            values.metadata(named.operands().get(i));
        }
        out.put("}\n");
    }

    private void summary() {
        List<SummaryEntry> summary = dialect.isAsWritten() ? module.summary() : SummaryDialect.spoken(module, dialect);
        if (!summary.isEmpty()) {
            separate();
            for (SummaryEntry entry : summary) {
                out.put('^').put(entry.number()).put(" = ").put(entry.text()).put('\n');
            }
        }
    }
}
