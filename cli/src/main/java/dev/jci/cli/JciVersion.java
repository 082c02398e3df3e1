package dev.jci.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of this program. */
final class JciVersion implements IVersionProvider {
    /** Its name and version. */
    static String text() {
        String version = JciVersion.class.getPackage().getImplementationVersion();
        return "jci " + (version == null ? "(not packaged)" : version);
    }

    @Override
    public String[] getVersion() {
        return new String[] {text()};
    }
}
