package dev.jci.toolchain;

import java.nio.file.Path;

/**
 * A native tool that was found.
 *
 * @param name what it is: {@code llc}, {@code cc}
 * @param path where it is
 * @param version the major version that it says it has, 0 when it does not say
 */
public record Tool(String name, Path path, int version) {}
