package dev.jci.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The options of the published pass under their own names, as {@code -inst-gran=2} or {@code --inst-gran 2}, so that existing scripts go on
 * working. Each becomes the option of this command that does what it really did.
 */
final class PublishedOptions {
    private static final Map<String, String> NAMES = Map.of(
            "commit-intv", "--commit-interval",
            "all-dev", "--library-call-cost",
            "mem-ops-cost", "--memory-cost",
            "in-cost-file", "--import-costs",
            "out-cost-file", "--export-costs",
            "config-file", "--cost-config");
    private static final Map<String, String> GRANULARITIES =
            Map.of("2", "ci", "14", "ci", "12", "ci-cycles", "4", "naive", "16", "naive", "6", "coredet", "10", "cnb");
    /** Without effect: settled by the runtime, or never implemented. */
    private static final List<String> IGNORED =
            List.of("config", "defclock", "clock-type", "push-intv", "target-cycles", "fiber-config");

    private PublishedOptions() {}

    /** The arguments with published options replaced. */
    static String[] translate(String[] arguments) {
        List<String> translated = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("--")) {
                translated.addAll(List.of(arguments).subList(i, arguments.length));
                break;
            }
            String name = argument.startsWith("-") ? argument.replaceFirst("^--?", "") : "";
            int equals = name.indexOf('=');
            String value = equals < 0 ? null : name.substring(equals + 1);
            name = equals < 0 ? name : name.substring(0, equals);
            boolean known = NAMES.containsKey(name) || IGNORED.contains(name) || name.equals("inst-gran");
            if (!known) {
                translated.add(argument);
                continue;
            }
            if (value == null && i + 1 < arguments.length) {
                value = arguments[++i];
            }
            add(translated, name, value == null ? "" : value);
        }
        return translated.toArray(String[]::new);
    }

    private static void add(List<String> translated, String name, String value) {
        if (IGNORED.contains(name)) {
            return;
        }
        if (name.equals("inst-gran")) {
            translated.add("--mode");
            translated.add(GRANULARITIES.getOrDefault(value, "inst-gran " + value));
        } else {
            translated.add(NAMES.getOrDefault(name, name));
            translated.add(value);
        }
    }
}
