/**
 * The jci command: its subcommands, its messages and its exit codes.
 */
@NullMarked
package dev.jci.cli;

import org.jspecify.annotations.NullMarked;
