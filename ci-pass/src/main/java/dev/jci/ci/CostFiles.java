package dev.jci.ci;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files that carry costs from one module to another, and the tables that people write.
 *
 * <p>A cost file begins with the line {@code Cost File}; each further line is {@code name:integer}, other lines are passed over. A table
 * ({@code --cost-config}) has class headers {@code class-NAME:cost-NUMBER} and below each the names of its functions, one a line.
 */
public final class CostFiles {
    private static final String HEAD = "Cost File";

    private CostFiles() {}

    /**
     * Reads a cost file.
     *
     * @param lines the lines
     * @return the costs by function name, in order
     * @throws IllegalArgumentException when it is none; the message names the line
     */
    public static Map<String, Long> readCosts(List<String> lines) {
        if (lines.isEmpty() || !lines.get(0).strip().equals(HEAD)) {
            throw new IllegalArgumentException("line 1: a cost file begins with the line '" + HEAD + "'");
        }
        Map<String, Long> costs = new LinkedHashMap<>();
        for (int i = 1; i < lines.size(); i++) {
            int colon = lines.get(i).lastIndexOf(':');
            if (colon > 0) {
                costs.put(
                        lines.get(i).substring(0, colon).strip(),
                        number(lines.get(i).substring(colon + 1), i + 1));
            }
        }
        return costs;
    }

    private static long number(String text, int line) {
        try {
            long number = Long.parseLong(text.strip());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException ignored) {
            // Falls through to the message below.
        }
        throw new IllegalArgumentException("line " + line + ": not a cost: '" + text.strip() + "'");
    }

    /** The lines of a cost file: the functions that have no probes and count with their callers. */
    public static List<String> writeCosts(Report report) {
        List<String> lines = new java.util.ArrayList<>();
        lines.add(HEAD);
        for (Report.FunctionReport function : report.functions()) {
            if (function.exportedCost() > 0) {
                lines.add(function.name() + ":" + function.exportedCost());
            }
        }
        return lines;
    }

    /**
     * Reads a table of function classes.
     *
     * @param lines the lines
     * @return the costs by function name, in order
     * @throws IllegalArgumentException when a line makes no sense; the message names it
     */
    public static Map<String, Long> readClasses(List<String> lines) {
        Map<String, Long> costs = new LinkedHashMap<>();
        Long current = null;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            if (colon >= 0) {
                String cost = line.substring(colon + 1);
                current = number(cost.substring(cost.indexOf('-') + 1), i + 1);
            } else if (current == null) {
                throw new IllegalArgumentException("line " + (i + 1) + ": a function before the first class header");
            } else {
                costs.put(line.split("\\s+", 2)[0], current);
            }
        }
        return costs;
    }
}
