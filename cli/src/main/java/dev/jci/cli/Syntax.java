package dev.jci.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What may stand behind the name of a command, and where the command prints. A command names its options and parameters here one by one,
 * and keeps an {@link Argument} of each. Picocli can gather the same from annotations, but by reflection, which took a third of the time
 * of a command on a small file.
 */
final class Syntax {
    private final CommandSpec spec;

    /**
     * Every command has the options that show its help and the version.
     *
     * @param command what runs
     * @param name of the command
     * @param description for its help, in paragraphs
     */
    Syntax(Callable<Integer> command, String name, String... description) {
        spec = CommandSpec.wrapWithoutInspection(command).name(name).versionProvider(new JciVersion());
        spec.usageMessage().description(description);
        spec.addOption(OptionSpec.builder("-h", "--help")
                .type(boolean.class)
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build());
        spec.addOption(OptionSpec.builder("-V", "--version")
                .type(boolean.class)
                .versionHelp(true)
                .description("Print version information and exit.")
                .build());
    }

    /** With a text at the end of the help. */
    Syntax footer(String text) {
        spec.usageMessage().footer(text);
        return this;
    }

    /** What picocli calls it. */
    CommandSpec spec() {
        return spec;
    }

    /** Where the command prints what it was asked for. */
    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Where the command says what there is to say besides. */
    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** An option without a value. */
    Argument<Boolean> flag(OptionSpec.Builder option) {
        return add(option.type(boolean.class).initialValue(false).build(), false);
    }

    /** An option that may be left out and then is null. */
    <T> Argument<@Nullable T> option(Class<T> type, OptionSpec.Builder option) {
        return add(option.type(type).initialValue(null).build(), null);
    }

    /** An option with a default. */
    <T> Argument<T> option(T byDefault, OptionSpec.Builder option) {
        return add(
                option.type(byDefault.getClass())
                        .defaultValue(byDefault.toString())
                        .build(),
                byDefault);
    }

    /** An option without which the command does not run. */
    <T> Argument<T> required(Class<T> type, OptionSpec.Builder option) {
        return add(option.type(type).required(true).initialValue(null).build(), null);
    }

    /** An option that may be repeated. */
    <T> Argument<List<T>> options(Class<T> type, OptionSpec.Builder option) {
        return add(
                option.type(List.class)
                        .auxiliaryTypes(type)
                        .initialValue(List.of())
                        .build(),
                List.of());
    }

    /** The parameter in a place, from 0; without it the command does not run. */
    <T> Argument<T> parameter(Class<T> type, int place, PositionalParamSpec.Builder parameter) {
        return add(single(type, place, parameter).required(true).build(), null);
    }

    /** The parameter in a place, from 0, which may be left out and then is null. */
    <T> Argument<@Nullable T> optionalParameter(Class<T> type, int place, PositionalParamSpec.Builder parameter) {
        return add(single(type, place, parameter).arity("0..1").build(), null);
    }

    private static PositionalParamSpec.Builder single(Class<?> type, int place, PositionalParamSpec.Builder parameter) {
        return parameter.index(Integer.toString(place)).type(type).initialValue(null);
    }

    /** All parameters. */
    <T> Argument<List<T>> parameters(Class<T> type, PositionalParamSpec.Builder parameters) {
        return add(
                parameters
                        .type(List.class)
                        .auxiliaryTypes(type)
                        .initialValue(List.of())
                        .build(),
                List.of());
    }

    private <T> Argument<T> add(ArgSpec argument, @Nullable T byDefault) {
        spec.add(argument);
        return new Argument<>(argument, byDefault);
    }
}
