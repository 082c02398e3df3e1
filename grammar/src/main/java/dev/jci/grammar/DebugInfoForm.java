package dev.jci.grammar;

import java.util.List;

/** In which form variables are described to debuggers: a module has debug records or calls of debug intrinsics, not both. */
final class DebugInfoForm {
    private boolean records;
    private boolean intrinsics;

    /** Whether both forms were noted, by whichever of those that read a part of a module. */
    static boolean isMixed(List<DebugInfoForm> parts) {
        return parts.stream().anyMatch(part -> part.records) && parts.stream().anyMatch(part -> part.intrinsics);
    }

    /** Notes a debug record. */
    void noteRecord(int position) {
        if (intrinsics) {
            throw new IrSyntaxError(
                    "debug record should not appear in a module containing debug info intrinsics", position);
        }
        records = true;
    }

    /** Notes a call of a debug intrinsic. */
    void noteIntrinsic(int position) {
        if (records) {
            throw new IrSyntaxError(
                    "llvm.dbg intrinsic should not appear in a module using non-intrinsic debug info", position);
        }
        intrinsics = true;
    }
}
