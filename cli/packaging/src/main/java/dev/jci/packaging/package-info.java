/**
 * Prepares the jars of the command while it is built: what the Java virtual machine would have to put together at every start
 * stands in them as plain code.
 */
@NullMarked
package dev.jci.packaging;

import org.jspecify.annotations.NullMarked;
