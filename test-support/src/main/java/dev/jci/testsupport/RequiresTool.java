package dev.jci.testsupport;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The annotated test class or method runs a native tool.
 *
 * <p>Where the tool is missing the test is skipped, with a reason that names the package that brings it. With the
 * environment variable {@value NativeTool#REQUIRE_VARIABLE} set to 1 it fails instead, so that a build server cannot
 * pass by skipping.
 *
 * <pre>{@code
 * @RequiresTool("llc-14")
 * @RequiresTool("cc")
 * class NativeCodeTest { ... }
 * }</pre>
 *
 * <p>A parameterized test asks with {@link NativeTool#require()} in its body.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(RequiresTool.All.class)
@ExtendWith(RequiresToolCondition.class)
public @interface RequiresTool {
    /** {@return the tool's command name as found on the PATH, such as {@code llc-14}} */
    String value();

    /** Holds several {@link RequiresTool} annotations on one element. */
    @Documented
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @ExtendWith(RequiresToolCondition.class)
    @interface All {
        /** {@return the annotations} */
        RequiresTool[] value();
    }
}
