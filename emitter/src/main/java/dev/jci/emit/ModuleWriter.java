package dev.jci.emit;

import dev.jci.ir.AttributeGroup;
import dev.jci.ir.Comdat;
import dev.jci.ir.DataLayout;
import dev.jci.ir.DeepStack;
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
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Writes a module section by section, in LLVM's order (LangRef, "Module Structure"). */
final class ModuleWriter {
    /** So that nearly all functions still fit into what is left of a buffer. */
    private static final int FLUSH_SIZE = TextBuffer.USUAL * 7 / 8;

    /** Fewer functions are written by one thread; others would only begin when it is done. */
    private static final int WORTH_SHARING = 100;

    /** How many functions a thread takes at once. */
    private static final int PART = 16;

    private final Module module;
    private final TextBuffer out;
    private final ModuleNumbers numbers;
    private final TypeWriter types;
    private final ValueWriter values;
    private final AttributeWriter attributes;
    private final GlobalWriter globals;
    private final FunctionWriter functions;
    private final Dialect dialect;
    private final @Nullable OutputStream sink;
    private final int threads;
    private final int programAddressSpace;
    private final List<TextBuffer> written = new ArrayList<>();
    private boolean started;

    /**
     * @param sink where the text goes while it is written; null to keep all of it
     * @param threads how many may write functions at the same time
     */
    ModuleWriter(Module module, Dialect dialect, @Nullable OutputStream sink, int threads) {
        this.module = module;
        this.dialect = dialect;
        this.sink = sink;
        this.threads = threads;
        this.numbers = new ModuleNumbers(module);
        this.programAddressSpace = DataLayout.of(module).programAddressSpace();
        Writers writers = new Writers(numbers, dialect, programAddressSpace);
        this.out = writers.out;
        this.types = writers.types;
        this.values = writers.values;
        this.attributes = writers.attributes;
        this.globals = writers.globals;
        this.functions = writers.functions;
    }

    /** Writes everything; what has not gone to the sink is in the buffers that are given back. */
    List<TextBuffer> write() throws IOException {
        header();
        types();
        globals();
        List<Function> printed = module.functions().stream()
                .filter(function -> !dialect.intrinsics().dropsDeclaration(function))
                .toList();
        if (threads > 1 && dialect.isAsWritten() && printed.size() >= WORTH_SHARING) {
            functionsBesideEachOther(printed);
        } else {
            for (Function function : printed) {
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
        written.add(out);
        return written;
    }

    /** Each thread writes the next few functions that nobody has begun into a buffer, and the buffers are put together in order. */
    private void functionsBesideEachOther(List<Function> printed) throws IOException {
        separate();
        started = true;
        release(out.handOver());
        numbers.numberUses(printed);
        numbers.seal(true);
        TextBuffer[] parts = new TextBuffer[(printed.size() + PART - 1) / PART];
        AtomicInteger next = new AtomicInteger();
        Runnable task = () -> {
            Dialect own = new Dialect(module, 0);
            for (int part = next.getAndIncrement(); part < parts.length; part = next.getAndIncrement()) {
                Writers writers = new Writers(numbers, own, programAddressSpace);
                for (int i = part * PART; i < Math.min(printed.size(), (part + 1) * PART); i++) {
                    if (i > 0) {
                        writers.out.put('\n');
                    }
                    writers.functions.write(printed.get(i));
                }
                parts[part] = writers.out;
            }
        };
        DeepStack.run(LlvmIrPrinter.THREAD, Collections.nCopies(threads, task));
        numbers.seal(false);
        for (TextBuffer part : parts) {
            release(part);
        }
    }

    /** A blank line between sections, but none at the top. */
    private void separate() {
        if (started || out.size() > 0) {
            out.put('\n');
        }
    }

    private void spill() throws IOException {
        if (out.size() > FLUSH_SIZE) {
            started = true;
            if (sink == null) {
                written.add(out.handOver());
            } else {
                out.flushTo(sink);
            }
        }
    }

    private void release(TextBuffer part) throws IOException {
        if (sink == null) {
            written.add(part);
        } else {
            part.flushTo(sink);
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
