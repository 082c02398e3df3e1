/**
 * What the tests of all modules share.
 */
@NullMarked
package dev.jci.testsupport;

import org.jspecify.annotations.NullMarked;
