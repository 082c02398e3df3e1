package dev.jci.emit;

import dev.jci.ir.DebugRecord;
import dev.jci.ir.Metadata;
import java.util.List;

/** Writes debug records: as records, or for an LLVM before them as calls of {@code llvm.dbg.*}. */
final class DebugRecordWriter {
    private final TextBuffer out;
    private final ValueWriter values;
    private final Dialect dialect;

    DebugRecordWriter(TextBuffer out, ValueWriter values, Dialect dialect) {
        this.out = out;
        this.values = values;
        this.dialect = dialect;
    }

    /** The record, on a line of its own. */
    void write(DebugRecord record) {
        if (dialect.debugRecords().becomeCalls()) {
            call(record);
            return;
        }
        if (!dialect.debugRecords().has(record.kind())) {
            return;
        }
        out.put("    #dbg_").put(record.kind()).put('(');
        list(record.operands(), "");
        out.put(")\n");
    }

    private void call(DebugRecord record) {
        dialect.at(record.position());
        String intrinsic = dialect.debugRecords().intrinsic(record.kind());
        if (intrinsic == null) {
            return;
        }
        List<Metadata> operands = record.operands();
        int arguments = DebugRecordDialect.arguments(intrinsic);
        if (!dialect.debugRecords().understands(operands)) {
            if (record.kind().equals("declare")) {
                return;
            }
            operands = dialect.debugRecords().unknown(operands);
        }
        out.put("  call void @").put(intrinsic).put('(');
        list(operands.subList(0, arguments), "metadata ");
        out.put("), !dbg ");
        values.metadata(operands.get(operands.size() - 1));
        out.put('\n');
    }

    private void list(List<Metadata> operands, String prefix) {
        for (int i = 0; i < operands.size(); i++) {
            if (i > 0) {
                out.put(", ");
            }
            out.put(prefix);
            values.metadata(operands.get(i));
        }
    }
}
