package dev.jci.emit;

import dev.jci.ir.Diagnostic;
import java.util.List;

/**
 * A module as text for an LLVM, and what it took to get there.
 *
 * @param text the text
 * @param changes a note for each thing that was dropped or written in another way, with the first place where that was done
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
public record Conversion(byte[] text, List<Diagnostic> changes) {}
