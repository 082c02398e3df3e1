package dev.jci.ir;

/**
 * An entry of the module summary, {@code ^0 = module: (path: "a.o", hash: (0, 0, 0, 0, 0))} (LangRef, "ThinLTO Summary").
 *
 * @param number the number behind the caret
 * @param text what stands behind the equals sign, as written
 */
public record SummaryEntry(long number, String text) {}
