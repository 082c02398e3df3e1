/**
 * The structural difference of two modules: what is in one and not in the other, names and numbering aside.
 *
 * <p>{@link dev.jci.ir.diff.ModuleDiff#between} compares. What does not count: the names and numbers of local values, blocks, types,
 * attribute groups and metadata nodes, the order of declarations, attributes and metadata fields, and the names of private and internal
 * globals. Names that the linker sees do count. What LLVM itself writes out when it reads and prints a file does not count either:
 * alignments that are those of the type, {@code dso_local} where the linkage implies it, fields of metadata nodes that hold nothing,
 * aggregates of zeros, debug records in place of calls of {@code llvm.dbg} intrinsics. Use-list orders and module summaries are not
 * compared.
 *
 * <p>Parts are compared by 64-bit hashes of their structure.
 */
@NullMarked
package dev.jci.ir.diff;

import org.jspecify.annotations.NullMarked;
