package dev.jci.toolchain;

/** A native tool is missing or failed. The message names the tool, its command line and what it said. */
public final class ToolException extends Exception {
    private static final long serialVersionUID = 1;

    private ToolException(String message) {
        super(message);
    }

    /**
     * No such tool is installed.
     *
     * @param name the tool
     * @param hint which package brings it
     */
    static ToolException missing(String name, String hint) {
        return new ToolException(name + " not found; " + hint);
    }

    /**
     * An environment variable names something that cannot be used.
     *
     * @param variable the variable
     * @param value what it is set to
     * @param problem what that is instead
     */
    static ToolException misnamed(String variable, String value, String problem) {
        return new ToolException("the environment variable " + variable + " names '" + value + "', which is " + problem
                + "; correct or unset it");
    }

    /**
     * The tool ran and failed.
     *
     * @param commandLine what was run
     * @param exitCode what it ended with
     * @param output what it said
     */
    static ToolException failed(String commandLine, int exitCode, String output) {
        return new ToolException(
                "exit code " + exitCode + " of: " + commandLine + (output.isBlank() ? "" : "\n" + output.strip()));
    }

    /** The tool could not be run at all, or not to its end. */
    static ToolException notRun(String commandLine, String reason) {
        return new ToolException(reason + ": " + commandLine);
    }
}
