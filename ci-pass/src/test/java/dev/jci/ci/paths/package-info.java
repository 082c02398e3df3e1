/**
 * A bound for the work without a probe on every path of an instrumented module, found from the code that the pass wrote and not from what
 * it planned. {@link dev.jci.ci.paths.PathAudit} is where to begin.
 */
@NullMarked
package dev.jci.ci.paths;

import org.jspecify.annotations.NullMarked;
